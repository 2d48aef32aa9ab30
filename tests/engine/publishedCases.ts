/** Support events: configs with them, and what was published. */
import assert from "node:assert/strict";
import type { LocalRun } from "../support/localRun.ts";

export const operator = "serviceAccount:operator@ops-admin.iam.gserviceaccount.com";

export const eventsConfig = (supportEvents: unknown, hasProject = false) => ({
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "customer-care:plan": "enhanced",
  "customer-care:organization": { domain: "example.com", supportEvents },
  ...(hasProject && { "customer-care:projects": { "shop-dev": { services: ["cloudsupport.googleapis.com"] } } }),
});

interface PublishedCase {
  readonly topic: string;
  /** The case's state. */
  readonly state: string;
}

export async function publishedCases({ cloud }: LocalRun): Promise<readonly PublishedCase[]> {
  const reply = await fetch(`${cloud.address}/_local/messages`);
  assert.equal(reply.status, 200);
  const { messages } = (await reply.json()) as { messages: { topic: string; data: string }[] };
  return messages.map(({ topic, data }) => {
    const { state } = JSON.parse(Buffer.from(data, "base64").toString()) as { state: string };
    return { topic, state };
  });
}
