/** The stand-in explicitly refuses what it does not support, and never guesses. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, it } from "vitest";
import { startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { version } from "../../tools/setup/gcpPlugin.ts";
import { standIn, startPlugin } from "../support/gcpPlugin/pluginClient.ts";
import type { PluginClient, Properties } from "../support/gcpPlugin/pluginClient.ts";

const localCloudPage = new URL("../../docs/reference/localCloud.md", import.meta.url);
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const remedy = `The real plugin is needed for it: pulumi plugin install resource gcp ${version}`;

const folder = {
  type: "gcp:organizations/folder:Folder",
  given: { displayName: "Payments", parent: "organizations/123456789012", deletionProtection: false },
};
const project = {
  type: "gcp:organizations/project:Project",
  given: { projectId: "payments-development", name: "Payments", folderId: "456789012345" },
};
const topic = { type: "gcp:pubsub/topic:Topic", given: { project: "ops-admin", name: "support-events" } };

const channel = {
  type: "gcp:monitoring/notificationChannel:NotificationChannel",
  given: { project: "ops-admin", type: "slack", labels: { channel_name: "#oncall" } },
};
const condition = { displayName: "An incident", conditionMatchedLog: { filter: 'resource.type = "x"' } };
const policy = {
  type: "gcp:monitoring/alertPolicy:AlertPolicy",
  given: { project: "ops-admin", displayName: "Incidents", combiner: "OR", conditions: [condition] },
};

/** What an alert policy can have in Google Cloud, but not with the stand-in, and where. */
const refusedInPolicies: readonly (readonly [string, Properties])[] = [
  ["conditions[0].conditionAbsent", { conditions: [{ displayName: "x", conditionAbsent: { duration: "60s" } }] }],
  ["conditions[0].conditionSql", { conditions: [{ displayName: "x", conditionSql: { query: "x" } }] }],
  [
    "conditions[0].conditionThreshold",
    { conditions: [{ displayName: "x", conditionThreshold: { comparison: "COMPARISON_GT", duration: "60s" } }] },
  ],
  [
    "conditions[0].conditionMonitoringQueryLanguage",
    { conditions: [{ displayName: "x", conditionMonitoringQueryLanguage: { query: "x", duration: "60s" } }] },
  ],
  [
    "conditions[0].conditionPrometheusQueryLanguage",
    { conditions: [{ displayName: "x", conditionPrometheusQueryLanguage: { query: "x" } }] },
  ],
  ["documentation", { documentation: {} }],
  ["documentation.links", { documentation: { content: "x", links: [{ displayName: "x", url: "https://x" }] } }],
  ["alertStrategy.notificationPrompts", { alertStrategy: { notificationPrompts: ["OPENED"] } }],
  [
    "alertStrategy.notificationChannelStrategies",
    { alertStrategy: { notificationChannelStrategies: [{ renotifyInterval: "1800s" }] } },
  ],
];

/** Of each kind with properties that are refused, those and some value. */
const refused: readonly (readonly [{ readonly type: string; readonly given: Properties }, Properties])[] = [
  [folder, { tags: { "tagKeys/1": "tagValues/1" } }],
  [project, { tags: { "tagKeys/1": "tagValues/1" }, autoCreateNetwork: false }],
  [
    topic,
    {
      ingestionDataSourceSettings: { cloudStorage: { bucket: "events" } },
      kmsKeyName: "projects/p/locations/l/keyRings/r/cryptoKeys/k",
      messageRetentionDuration: "600s",
      messageStoragePolicy: { allowedPersistenceRegions: ["europe-west9"] },
      messageTransforms: [{ javascriptUdf: { code: "", functionName: "f" } }],
      schemaSettings: { schema: "projects/p/schemas/s" },
      tags: { "tagKeys/1": "tagValues/1" },
    },
  ],
];

describe("the stand-in refuses what it has not been taught", () => {
  let cloud: Cloud;
  const plugins: PluginClient[] = [];
  let plugin: PluginClient;
  beforeAll(async () => {
    cloud = await startCloud();
    plugin = await configured({});
  });
  afterAll(async () => {
    for (const started of plugins) await started.close();
    await cloud.close();
  });

  async function configured(config: Properties): Promise<PluginClient> {
    const started = await startPlugin(standIn);
    plugins.push(started);
    const answer = await started.configure({ ...cloud.gcpConfig, accessToken: "local-operator-token", ...config });
    assert.ok("ok" in answer, JSON.stringify(answer));
    return started;
  }

  async function failuresOf(type: string, given: Properties): Promise<string> {
    const answer = await plugin.check(type, {}, given);
    assert.ok("ok" in answer, JSON.stringify(answer));
    return answer.ok.failures.join("\n");
  }

  for (const [{ type, given }, properties] of refused)
    for (const [name, value] of Object.entries(properties))
      it(`${name} of ${type}`, async () => {
        for (const asked of name === "autoCreateNetwork" ? [value, "false"] : [value, unknown]) {
          const failures = await failuresOf(type, { ...given, [name]: asked });
          const words = `The stand-in for the gcp plugin does not take ${name}: ${JSON.stringify(asked)}. ${remedy}`;
          assert.equal(failures, `: ${words}. Examine values at 'name.${name}'.`);
        }
      });

  for (const [place, change] of refusedInPolicies)
    it(`${place} of ${policy.type}`, async () => {
      const reported = await failuresOf(policy.type, { ...policy.given, ...change });
      const name = place.split(".").at(-1) ?? "";
      assert.match(reported, new RegExp(`^: The stand-in for the gcp plugin does not take ${name}: `));
      assert.ok(reported.endsWith(at(place)), reported);
    });

  it("the secrets of a channel, without showing them", async () => {
    for (const change of [
      { sensitiveLabels: { authToken: "hunter-2" } },
      { sensitiveLabels: { authTokenWo: "hunter-2" } },
      { labels: { ...channel.given.labels, auth_token: "hunter-2" } },
    ]) {
      const [name = ""] = Object.keys(change);
      const words = `The stand-in for the gcp plugin does not take ${name}: a secret. ${remedy}. ${at(name)}`;
      assert.equal(await failuresOf(channel.type, { ...channel.given, ...change }), `: ${words}`);
    }
    assert.doesNotMatch(JSON.stringify(plugin.logs), /hunter/);
  });

  it("to generate a name, which the real plugin does where the program gives none", async () => {
    for (const [type, names] of [
      [project.type, ["name", "projectId"]],
      [topic.type, ["name"]],
    ] as const)
      assert.equal(
        await failuresOf(type, {}),
        names
          .map((name) => `: The stand-in for the gcp plugin makes no names: write ${name}. ${remedy}. ${at(name)}`)
          .join("\n"),
      );
  });

  it("to read a policy with what it does not have", async () => {
    const members = ["serviceAccount:operator@ops-admin.iam.gserviceaccount.com"];
    cloud.state.projects.get("ops-admin")?.policy.bindings.push({ role: "roles/owner", members });
    const body = {
      displayName: "Load",
      combiner: "OR",
      conditions: [{ displayName: "x", conditionThreshold: { filter: "x", duration: "60s" } }],
    };
    const reply = await fetch(`${cloud.address}/monitoring/v3/projects/ops-admin/alertPolicies`, {
      method: "POST",
      headers: { authorization: "Bearer local-operator-token", "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const { name } = (await reply.json()) as { name: string };
    const read = await plugin.read(policy.type, name, {}, {});
    assert.ok("error" in read);
    assert.match(read.error.message, /The stand-in for the gcp plugin reads no alert policy with conditionThreshold\./);
  });

  it("other labels than the usual ones", async () => {
    for (const [setting, value] of [
      ["defaultLabels", JSON.stringify({ team: "payments" })],
      ["addPulumiAttributionLabel", "false"],
      ["pulumiAttributionLabelAdditionStrategy", "PROACTIVE"],
    ] as const) {
      const labelling = await configured({ [setting]: value });
      const planned = await labelling.create(project.type, project.given, { preview: true });
      assert.ok("error" in planned);
      const words = `The stand-in for the gcp plugin does not take gcp:${setting}. ${remedy}`;
      assert.ok(planned.error.message.includes(words), planned.error.message);
    }
  });

  it("any other resource type or function, and docs/reference/localCloud.md lists those that it has", async () => {
    const other = await plugin.check("gcp:storage/bucket:Bucket", {}, {});
    assert.ok("error" in other);
    const [, has = ""] =
      /^resource type \S+: the stand-in for the gcp plugin has only (.*)\. The real/.exec(other.error.message) ?? [];
    const called = await plugin.invoke("gcp:storage/getBucket:getBucket", {});
    assert.ok("error" in called);
    const [, functions = ""] = /^function \S+: .* has only (.*)\. The real/.exec(called.error.message) ?? [];
    const listed = [...(await readFile(localCloudPage, "utf8")).matchAll(/`(gcp:[\w/]+:\w+)`/g)].map(
      ([, token]) => token,
    );
    assert.deepEqual(listed.sort(), [...has.split(", "), ...functions.split(", ")].sort());
  });

  it("no property that @pulumi/gcp declares as if there were none", async () => {
    const taught = [folder, project, topic, channel, policy].map(({ type }) => type);
    for (const token of [...taught, "gcp:pubsub/topicIAMMember:TopicIAMMember"]) {
      const [, module = "", name = ""] = /^gcp:(.*):(.*)$/.exec(token) ?? [];
      const declarations = createRequire(import.meta.url).resolve(`@pulumi/gcp/${module}.d.ts`);
      const text = await readFile(declarations, "utf8");
      const args = text.slice(text.indexOf(`export interface ${name}Args {`));
      const properties = [...args.matchAll(/^ {4}(\w+)\??:/gm)].map(([, property = ""]) => property);
      assert.ok(properties.length > 3, token);
      for (const property of properties) {
        const failures = await failuresOf(token, { [property]: "x" });
        assert.ok(!failures.includes(`Invalid or unknown key. ${at(property)}`), failures);
      }
    }
  });
});

function at(name: string): string {
  return `Examine values at 'name.${name}'.`;
}
