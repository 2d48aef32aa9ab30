/** The guide by Pulumi: preview, update, an empty preview, destroy. */
import { join } from "node:path";
import { rm } from "node:fs/promises";
import type { Engine } from "../setup/index.ts";
import { createLocalStack } from "../stack/index.ts";
import { endpointsAt } from "./google.ts";
import type { Sandbox } from "./sandbox.ts";
import type { Answers } from "./steps.ts";

export interface GuideLifeOptions {
  readonly sandbox: Sandbox;
  readonly engine: Engine;
  /** Where the requests go. */
  readonly address: string;
  /** The stack's folder, in the clone. */
  readonly directory: string;
  readonly answers: Answers;
  readonly signal: AbortSignal;
}

function configOf({ project, folder, organization, member, marker, contact }: Sandbox): Record<string, unknown> {
  const at = (role: string, category: string) =>
    member === undefined ? {} : { [role]: [member], contacts: { [category]: [contact] } };
  return {
    "gcp:universeDomain": process.env.GOOGLE_CLOUD_UNIVERSE_DOMAIN || "googleapis.com",
    "gcp:userProjectOverride": "true",
    "gcp:billingProject": project,
    "customer-care:plan": "enhanced",
    ...(organization !== undefined && {
      "customer-care:organization": { id: organization, ...at("contactViewers", "product-updates") },
    }),
    ...(folder !== undefined && {
      "customer-care:folders": { [folder]: at("contactAdministrators", "billing") },
    }),
    "customer-care:projects": { [project]: at("editors", "technical") },
    "customer-care:testCase": { project, displayName: marker, comments: ["A comment of the guide's test case."] },
  };
}

/** The number of resources that would change, as words. */
function changes(summary: Readonly<Record<string, number | undefined>>): string {
  const changed = Object.entries(summary).filter(([operation]) => operation !== "same");
  return changed.length === 0
    ? "no changes"
    : changed.map(([operation, count = 0]) => `${String(count)} ${operation}`).join(", ");
}

export async function guideLife(options: GuideLifeOptions): Promise<void> {
  const { sandbox, engine, address, directory, answers, signal } = options;
  const stack = await createLocalStack({
    directory,
    stackName: "acceptance",
    config: configOf(sandbox),
    engine,
    cloudEnvironment: endpointsAt(address),
  });
  await stack.preview({ signal });
  const up = await stack.up({ signal });
  answers["What does the update create?"] = changes(up.summary.resourceChanges ?? {});
  answers["Does a second preview change something?"] = changes((await stack.preview({ signal })).changeSummary);
  await stack.destroy({ signal });
  await rm(join(directory), { recursive: true, force: true });
}
