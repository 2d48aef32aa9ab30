/** The config as the engine hands it to the program: texts under keys, some of them secret (onboarding/stackConfig.ts). */
import assert from "node:assert/strict";
import { homedir } from "node:os";
import { relative } from "node:path";
import { afterEach, beforeEach, describe, it } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { checkStackValues, stackConfig } from "../../onboarding/index.ts";
import { withoutSection } from "../support/section.ts";
import { planList } from "./configs.ts";

const good = {
  "customer-care:plan": "enhanced",
  "customer-care:projects": '{"shop-dev":{"editors":["user:Ada@example.com"]}}',
  "customer-care:testCase": '{"project":"shop-dev"}',
  "gcp:project": "shop-dev",
};

/** The lines that a user sees. */
function errorsOf(config: Record<string, string>, secrets: string[] = []): string[] {
  pulumi.runtime.setAllConfig(config, secrets);
  try {
    stackConfig();
  } catch (error) {
    // The engine shows the message of such an error alone.
    assert.ok(pulumi.RunError.isInstance(error), String(error));
    return withoutSection(error.message, "config").split("\n");
  }
  return [];
}

describe("the config of a stack", () => {
  let before: Record<string, string>;
  beforeEach(async () => {
    before = { ...pulumi.runtime.allConfig() };
    await pulumi.runtime.setMocks(
      { newResource: ({ name }) => ({ id: name, state: {} }), call: () => ({}) },
      "customer-care",
    );
  });
  afterEach(() => pulumi.runtime.setAllConfig(before));

  it("is the program's own keys, each as it was written", () => {
    pulumi.runtime.setAllConfig(good);
    assert.deepEqual(stackConfig(), {
      plan: "enhanced",
      projects: { "shop-dev": { editors: ["user:ada@example.com"] } },
      testCase: { project: "shop-dev" },
    });
  });

  it("is without a part that Pulumi.yaml leaves empty", () => {
    const parts = { organization: "{}", folders: "{}", valueAddedServices: "[]", testCase: "" };
    const config = Object.fromEntries(Object.entries(parts).map(([key, value]) => [`customer-care:${key}`, value]));
    pulumi.runtime.setAllConfig({ ...good, ...config });
    assert.deepEqual(Object.keys(stackConfig()), ["plan", "projects"]);
  });

  it("is read from the project's own keys, whatever the project is called", async () => {
    await pulumi.runtime.setMocks(
      { newResource: ({ name }) => ({ id: name, state: {} }), call: () => ({}) },
      "landing",
    );
    pulumi.runtime.setAllConfig({ "landing:plan": "basic", "customer-care:plan": "none" });
    assert.deepEqual(stackConfig(), { plan: "basic" });
  });

  it("is refused with the keys of the repository's files where pulumi new gave the project another name", () => {
    const files = { "customer-care:projects": '{"shop-dev":{}}', "customer-care:region": "x" };
    const values = Object.entries({ "landing:plan": "basic", "landing:projects": "{}", ...files });
    const { problems } = checkStackValues(
      "landing",
      values.map(([key, text]) => [key, { text, isSecret: false }]),
    );
    assert.deepEqual(problems, [
      { path: ["projects"], message: "is written as customer-care:projects; write landing:projects" },
    ]);
  });

  it("is refused with all of its mistakes, each by its key", () =>
    assert.deepEqual(
      errorsOf({
        ...good,
        "customer-care:plan": "true",
        "customer-care:folders": "456789012345",
        "customer-care:region": "x",
      })
        .map((line) => line.slice(0, line.indexOf(": ")))
        .sort(),
      ["customer-care:folders", "customer-care:plan", "customer-care:region"],
    ));

  it("is refused with a key whose namespace is misspelt, which nobody would read", () => {
    const { "customer-care:plan": plan, ...rest } = good;
    assert.deepEqual(errorsOf({ ...rest, "customercare:plan": plan, "costumer-care:organization": "{}" }), [
      "customer-care:plan: is written as customercare:plan; write customer-care:plan",
      "customer-care:organization: is written as costumer-care:organization; write customer-care:organization",
    ]);
  });

  it("takes the plan as the text that it is", () =>
    assert.deepEqual(errorsOf({ ...good, "customer-care:plan": "true" }), [
      `customer-care:plan: "true" is not a plan; write ${planList}`,
    ]));

  it("is refused where a part is not JSON", () =>
    assert.deepEqual(errorsOf({ ...good, "customer-care:projects": "{shop-dev: {}}" }), [
      'customer-care:projects: "{shop-dev: {}}" is not a map of projects; write {shop-dev: {editors: ["user:ada@example.com"]}}',
    ]));

  it("is refused where a part is secret, without a word of it, and without a second error for what needs it", () =>
    assert.deepEqual(errorsOf(good, ["customer-care:projects"]), [
      "customer-care:projects: is a secret, but names in the state come from it; write it as plain text (`pulumi config set`, without --secret)",
    ]));

  it("is refused for a key with a meaning in JavaScript", () =>
    assert.deepEqual(errorsOf({ ...good, "customer-care:__proto__": '{"region":"x"}' }), [
      'customer-care:__proto__: "__proto__" cannot be a key; write another name',
    ]));

  describe("with the gcp provider's own", () => {
    const keyFile = '{"type":"service_account","private_key":"planted"}';
    const refusal = (key: string) =>
      `gcp:${key}: is a credential in plain text, which the stack's state would contain; revoke it, then set another one with \`pulumi config set --secret gcp:${key}\`, or set none to use the Application Default Credentials`;

    it("is refused if a credential is plain text, in addition to other errors", () =>
      assert.deepEqual(
        errorsOf({
          ...good,
          "customer-care:plan": "none",
          "gcp:accessToken": "ya29.planted",
          "gcp:credentials": keyFile,
        }),
        [`customer-care:plan: "none" is not a plan; write ${planList}`, refusal("accessToken"), refusal("credentials")],
      ));

    it("may have a secret credential, or the path of a file", () => {
      assert.deepEqual(errorsOf({ ...good, "gcp:accessToken": "ya29.planted" }, ["gcp:accessToken"]), []);
      assert.deepEqual(errorsOf({ ...good, "gcp:credentials": import.meta.filename }), []);
    });

    it("may have the path of a token's file in the home directory, of which only that key expands ~", () => {
      const path = `~/${relative(process.env["HOME"] ?? homedir(), import.meta.filename)}`;
      const notExpanded = (value: string) =>
        `gcp:credentials: ${value} begins with ~, which the gcp provider does not expand in this key; write the whole path, or set GOOGLE_CREDENTIALS`;
      assert.deepEqual(errorsOf({ ...good, "gcp:accessToken": path }), []);
      assert.deepEqual(errorsOf({ ...good, "gcp:credentials": path }), [notExpanded(JSON.stringify(path))]);
      assert.deepEqual(errorsOf({ ...good, "gcp:credentials": path }, ["gcp:credentials"]), [notExpanded("its value")]);
    });

    it("is refused for the path of no file, which nobody need revoke", () => {
      const refusedPath = (key: string, value: string) => {
        const error = `gcp:${key}: ${JSON.stringify(value)} is not the path of a file; write the path of an existing one`;
        assert.deepEqual(errorsOf({ ...good, [`gcp:${key}`]: value }), [error]);
      };
      for (const path of ["~/no-such-token", "~ada/token", `${import.meta.filename} `, "./no-such-token"])
        refusedPath("accessToken", path);
      for (const path of [` ${import.meta.filename}`, "C:\\keys\\none.json", "none.json"])
        refusedPath("credentials", path);
    });

    it("is refused for a switch that is neither on nor off", () => {
      assert.deepEqual(errorsOf({ ...good, "gcp:userProjectOverride": "maybe" }), [
        'gcp:userProjectOverride: "maybe" is not true or false; write true or false',
      ]);
      assert.deepEqual(errorsOf({ ...good, "gcp:userProjectOverride": "true" }), []);
    });
  });
});
