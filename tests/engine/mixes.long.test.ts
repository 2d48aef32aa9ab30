/**
 * Whatever the providers of a program are, a green preview is a green update: mixes of a component's provider, its quota project, and
 * what of it is created, changed or deleted, with a person's credentials.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { afterAll, beforeAll, it } from "vitest";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

const by = ["own", "stack"] as const;
const quotas = ["quota project", "no quota project"] as const;
const kinds = ["contact", "grant", "service", "case"] as const;
const edits = ["new", "changed", "deleted"] as const;

type Kind = (typeof kinds)[number];
type Edit = (typeof edits)[number];

const mixes = by.flatMap((provider) =>
  quotas.flatMap((quota) => kinds.flatMap((kind) => edits.map((edit) => ({ provider, quota, kind, edit })))),
);

/** A tenth of all, with each value of each part. */
const step = 11;
const sample = mixes.filter((_, index) => index % step === 3);

const parts = {
  contact: {
    deployed: { contacts: { legal: ["l@example.com"] } },
    changed: { contacts: { billing: ["l@example.com"] } },
  },
  grant: { deployed: { editors: ["user:lead@example.com"] }, changed: { contactViewers: ["user:lead@example.com"] } },
  service: {
    deployed: { services: ["cloudsupport.googleapis.com"] },
    changed: { services: ["servicehealth.googleapis.com"] },
  },
} as const;

/** The args with what is deployed, and with one edit of it. */
function argsOf(edit: Edit | undefined, kind: Kind | undefined, hasAll: boolean) {
  const projects: Record<string, unknown> = { services: [] };
  for (const [name, { deployed, changed }] of Object.entries(parts))
    if (name !== kind) Object.assign(projects, deployed);
    else if (edit !== "deleted" && hasAll) Object.assign(projects, edit === "changed" ? changed : deployed);
  const testCase = {
    project: "shop-dev",
    keepOpen: true,
    ...(kind === "case" && edit === "changed" && { displayName: "X" }),
  };
  const hasCase = kind !== "case" || (edit !== "deleted" && hasAll);
  return { plan: "enhanced", projects: { "shop-dev": projects }, ...(hasCase && { testCase }) };
}

let run: LocalRun;
const person = "local-ada-token";
const operator = "local-operator-token";
const settings = { userProjectOverride: true, billingProject: "ops-admin" };

function keysOf(token: string, provider: string, quota: string, args: object) {
  const has = quota === "quota project";
  return {
    ...(has && provider === "stack" && { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" }),
    "mixed:providers": { own: { accessToken: token, ...(has && provider === "own" && settings) } },
    "mixed:all": { care: { by: provider, ...args } },
  };
}

beforeAll(async () => {
  run = await localRun({
    name: "mixes",
    projectName: "mixed",
    program: join(import.meta.dirname, "programs", "mixedProviders.ts"),
    config: {},
  });
});
afterAll(() => run.close());

for (const { provider, quota, kind, edit } of sample)
  it(`a ${kind} that is ${edit}, of the ${provider} provider, with ${quota}`, async () => {
    const deploy = async (args: object) => {
      run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: operator });
      await run.setConfig(keysOf(operator, provider, quota, args));
      const { failed, messages } = await run.up();
      assert.equal(failed, false, messages.join("\n"));
    };
    await deploy(argsOf(undefined, kind, edit !== "new"));
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: person });
    await run.setConfig(keysOf(person, provider, quota, argsOf(edit, kind, true)));
    const preview = await run.preview();
    const up = await run.up();
    assert.equal(up.failed, preview.failed, `${preview.messages.join("\n")}\n\n${up.messages.join("\n")}`);
    const isRefused = quota === "no quota project" && kind === "contact";
    if (isRefused) assert.equal(preview.failed, true, preview.messages.join("\n"));
  });
