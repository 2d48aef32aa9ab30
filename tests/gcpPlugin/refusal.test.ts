/** Nobody reaches the real cloud through the stand-in: an endpoint must be set, and on the loopback. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { standIn, startPlugin } from "../support/gcpPlugin/pluginClient.ts";
import type { Properties } from "../support/gcpPlugin/pluginClient.ts";
import { types } from "./scenarios.ts";

const token = { accessToken: "local-operator-token", universeDomain: "emulator.invalid" };
const given = {
  parent: "projects/shop-dev",
  email: "a@example.com",
  languageTag: "en",
  notificationCategorySubscriptions: ["LEGAL"],
};

/** The stand-in's errors, from its configuration to a contact. */
async function messageOf(config: Properties, environment: Record<string, string> = {}): Promise<string> {
  const plugin = await startPlugin(standIn, environment);
  try {
    const checked = await plugin.checkConfig({ ...token, ...config });
    if (!("ok" in checked)) return checked.error.message;
    const configured = await plugin.configure(checked.ok.inputs);
    if (!("ok" in configured)) return [...checked.ok.failures, configured.error.message].join("\n");
    const made = await plugin.create(types.contact, given, {});
    return "ok" in made ? "made" : made.error.message;
  } finally {
    await plugin.close();
  }
}

const refusal =
  /gcp:essentialContactsCustomEndpoint \(or GOOGLE_ESSENTIAL_CONTACTS_CUSTOM_ENDPOINT\): \S+ is not (on this machine|a URL that starts with http:\/\/)\. This is the stand-in for the gcp plugin: it calls only a local Google Cloud .* install the real plugin: pulumi plugin install resource gcp/m;

describe("the stand-in refuses", () => {
  it("to go without an endpoint: the default would be Google's", async () => {
    assert.match(await messageOf({}), /stand-in/);
  });

  for (const address of [
    "https://essentialcontacts.googleapis.com/v1/",
    "http://192.0.2.1/v1/",
    "http://127.0.0.1.example.com/v1/",
  ]) {
    it(`${address} of the config`, async () => {
      assert.match(await messageOf({ essentialContactsCustomEndpoint: address }), refusal);
    });

    it(`${address} of the environment`, async () => {
      const message = await messageOf({}, { GOOGLE_ESSENTIAL_CONTACTS_CUSTOM_ENDPOINT: address });
      assert.match(message, refusal);
    });
  }
});
