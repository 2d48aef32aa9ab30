/** Which alerts a preview and an update look up before they change a policy, and what follows from the answers. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it, onTestFinished } from "vitest";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { alertPolicyType, channelType } from "../../components/gcpTypes.ts";
import { goneAlertsOf } from "../../components/goneAlerts.ts";
import type { ChangedAlerts } from "../../components/goneAlerts.ts";
import { currentRun } from "../../components/run.ts";
import { resources, useMocks } from "./mocks.ts";

const policy = "projects/shop-dev/alertPolicies/1";
const channel = "projects/shop-dev/notificationChannels/7";
const inputs = { project: "shop-dev", notificationChannels: [channel, undefined] };

/** The error, and the lists that were requested. */
async function goneWith(status: number, isPreview: boolean, changed: ChangedAlerts) {
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url?.replace(/^.*\/shop-dev\/|\?.*$/g, ""));
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(status === 200 ? {} : { error: { code: status, status: "PERMISSION_DENIED" } }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  await useMocks(isPreview);
  const provider = new gcp.Provider("known", {
    accessToken: "planted-operator-token",
    monitoringCustomEndpoint: `http://127.0.0.1:${String(port)}/v3/`,
  });
  const component = new pulumi.ComponentResource("test:index:Any", "any", {}, { provider });
  const gone = await goneAlertsOf(currentRun(), component, changed);
  await resources();
  return { gone, asked: asked.sort() };
}

describe("a policy that changes", () => {
  const changed = { type: alertPolicyType, newInputs: inputs, oldOutputs: { name: policy } };

  it("and does not exist, with a channel that does not exist, is an error in a preview", async () => {
    const { gone = "", asked } = await goneWith(200, true, changed);
    assert.match(
      gone,
      /^the alert policy projects\/shop-dev\/alertPolicies\/1 was deleted .*--refresh, .*\nprojects\/shop-dev: .*\/7 does not exist/,
    );
    assert.deepEqual(asked, ["alertPolicies", "notificationChannels"]);
  });

  it("is not an error if the caller may not list the policies and the channels", async () => {
    assert.equal((await goneWith(403, true, changed)).gone, undefined);
  });

  it("is looked up in an update without the channels that the update may have created", async () => {
    const { gone = "", asked } = await goneWith(200, false, changed);
    assert.match(gone, /^the alert policy .* was deleted outside of Pulumi; run pulumi up --refresh, [^\n]*$/);
    assert.deepEqual(asked, ["alertPolicies"]);
  });
});

it("a new policy is not looked up, nor its new channels", async () => {
  for (const type of [alertPolicyType, channelType]) {
    const newInputs = { ...inputs, notificationChannels: [undefined] };
    assert.deepEqual(await goneWith(200, true, { type, newInputs, oldOutputs: undefined }), {
      gone: undefined,
      asked: [],
    });
  }
});

it("other resources are not looked up", async () => {
  const other = { type: "gcp:projects/service:Service", newInputs: inputs, oldOutputs: { name: policy } };
  assert.deepEqual(await goneWith(200, true, other), { gone: undefined, asked: [] });
});
