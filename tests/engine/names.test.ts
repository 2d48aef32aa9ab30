/** Names in the state: another key, another form or another place in the program changes nothing in Google Cloud. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import type { Deployment } from "@pulumi/pulumi/automation/index.js";
import { holdingsOf } from "../../local/stack/index.ts";
import { localRun } from "./localRun.ts";
import type { LocalRun, Outcome } from "./localRun.ts";
import { restoreCloud, shapes } from "./shapes.ts";
import type { CloudRecording, Shape } from "./shapes.ts";
import { writesSince } from "./writes.ts";

interface Recording {
  readonly state: Deployment;
  readonly cloud: CloudRecording;
}

type Config = Readonly<Record<string, unknown>>;

const folder = new URL("states/names/", import.meta.url);

/** The config under other keys and in other forms. */
const reworded: Readonly<Record<keyof typeof shapes, Config>> = {
  keys: {
    ...shapes.keys.config,
    "customer-care:folders": {
      "456789012345": {
        editors: ["group:shop-leads@example.com"],
        contacts: { "leads@example.com": { categories: ["suspension"] } },
      },
    },
    "customer-care:projects": {
      shop: {
        projectId: "shop-dev",
        editors: ["group:sre@example.com", "user:ada@example.com"],
        contacts: { billing: ["finops@example.com"], "oncall@example.com": { categories: ["technical"] } },
      },
      "pay-dev": { services: ["cloudsupport.googleapis.com"], contactViewers: ["user:bob@example.com"] },
    },
    "customer-care:testCase": { project: "shop" },
  },
  names: {
    ...shapes.names.config,
    "instances:all": {
      care: {
        plan: "enhanced",
        folders: { "456789012345": { editors: ["group:shop-leads@example.com"] } },
        projects: {
          "shop-dev": {
            editors: {
              someone: "later:user:ada@example.com",
              robot: "later:serviceAccount:bot@shop-dev.iam.gserviceaccount.com",
            },
            contacts: { "oncall@example.com": { categories: ["technical"] } },
          },
          "ops-admin": { editors: ["user:ada@example.com"], contacts: { legal: ["legal@example.com"] } },
        },
        testCase: { project: "shop-dev" },
      },
      second: {
        plan: "enhanced",
        projects: { pay: { projectId: "later:pay-dev", editors: { a: "user:ada@example.com" } } },
      },
    },
  },
};

const succeeded = (outcome: Outcome) => assert.equal(outcome.failed, false, outcome.messages.join("\n"));
/** The steps that are about something in Google Cloud. */
const inCloud = ({ steps }: Outcome) => steps.filter((step) => !step.includes(" customer-care:index:"));

describe("a stack whose names come from keys", async () => {
  const recordings = (await readdir(folder)).filter((file) => file.endsWith(".json"));
  for (const file of recordings) {
    const name = (Object.keys(shapes) as (keyof typeof shapes)[]).find((one) => file.endsWith(`-${one}.json`));
    const shape: Shape = shapes[name ?? assert.fail(file)];

    describe(file, () => {
      let run: LocalRun;
      let recording: Recording;
      before(async () => {
        recording = JSON.parse(await readFile(new URL(file, folder), "utf8")) as Recording;
        run = await localRun({ name: `names-${file}`, ...shape });
        restoreCloud(run.cloud, recording.cloud);
      });
      after(() => run.close());

      it("is the same stack for today's code", async () => {
        await run.stack.importStack(recording.state);
        const preview = await run.preview();
        succeeded(preview);
        assert.deepEqual(preview.steps, []);
      });

      it("stays as it is where the config is reworded in the same update", async () => {
        await run.setConfig(reworded[name ?? assert.fail()]);
        const held = holdingsOf(run.cloud.state);
        const preview = await run.preview();
        succeeded(preview);
        assert.deepEqual(inCloud(preview), []);
        const first = run.cloud.requests.length;
        succeeded(await run.up());
        assert.deepEqual(writesSince(run.cloud, first), []);
        assert.deepEqual(holdingsOf(run.cloud.state), held);
        assert.deepEqual((await run.preview()).steps, []);
      });
    });
  }
});
