/** Each of Pulumi's resource options, for each public component: docs/how-to/landingZone.md has the table. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { documents } from "../support/documents.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun, Outcome } from "../support/localRun.ts";

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly provider?: string;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly dependencies?: readonly string[];
}

/** The components, each with the types of the custom resources below it. */
const components: Readonly<Record<string, readonly string[]>> = {
  whole: ["Contact", "IAMMember", "Service", "Stash", "SupportCase"],
  services: ["Service"],
  access: ["IAMMember"],
  addresses: ["Contact"],
  test: ["Stash", "SupportCase"],
};

const base = { "gcp:userProjectOverride": "true", "gcp:billingProject": "shop-dev" };

describe("a resource option of a component", () => {
  let run: LocalRun;
  beforeAll(async () => {
    const program = join(import.meta.dirname, "programs", "componentOptions.ts");
    run = await localRun({ name: "componentOptions", projectName: "component-options", program, config: {} });
    await change("dependsOn");
    succeeded(await run.up());
  });
  afterAll(() => run.close());

  const succeeded = ({ failed, messages }: Outcome) => assert.equal(failed, false, messages.join("\n"));

  const change = (option: string, others: Readonly<Record<string, string>> = {}) =>
    run.setConfig({ ...base, "options:option": option, ...others });

  /** The custom resources below the components, after an update with the option. */
  async function deployed(option: string): Promise<StateResource[]> {
    await change(option);
    succeeded(await run.up());
    const { deployment } = (await run.stack.exportStack()) as { deployment: { resources: StateResource[] } };
    const resources = deployment.resources.filter(({ urn, custom }) => custom === true && componentOf(urn) !== "");
    for (const [name, types] of Object.entries(components))
      assert.deepEqual(
        [...new Set(resources.filter(({ urn }) => componentOf(urn) === name).map(({ urn }) => typeOf(urn)))].sort(),
        types,
        name,
      );
    return resources;
  }

  /** The changes in a preview with the option, if the config has another language and another title. */
  async function previewOfChanges(option: string): Promise<string[]> {
    await change(option, { "options:language": "fr", "options:title": "Another title" });
    const outcome = await run.preview();
    succeeded(outcome);
    return outcome.steps.map((step) => `${step.split(" ")[0] ?? ""} ${typeOf(step)}`);
  }

  const nothingIgnored = ["update Contact", "update Contact", "update SupportCase", "update SupportCase"];

  /** The tests, by the option. */
  const effects: Readonly<Record<string, () => void | Promise<void>>> = {
    dependsOn: () => {
      const writes = run.cloud.requests.flatMap(({ method, path }) => (method === "GET" ? [] : [path]));
      const isOfGate = (path: string) => /shop-staging|100000000007/.test(path);
      const others = writes.filter((path) => !isOfGate(path));
      assert.ok(writes.some(isOfGate) && others.length >= 8, writes.join("\n"));
      assert.deepEqual(writes.slice(-others.length), others);
    },
    "providers: { gcp: … }": async () => {
      for (const option of ["providers", "providers as a list"])
        for (const { urn, type, provider = "" } of await deployed(option))
          if (type.startsWith("gcp:")) assert.match(provider, /::google::/, urn);
          else assert.doesNotMatch(provider, /::google::/, urn);
    },
    provider: async () => {
      for (const { urn, type, provider = "" } of await deployed("provider"))
        assert.equal(provider.includes("::google::"), type.startsWith("gcp:"), urn);
    },
    protect: async () => {
      for (const { urn, protect } of await deployed("protect")) assert.equal(protect, true, urn);
      const { failed, messages } = await run.destroy();
      assert.equal(failed, true);
      assert.match(messages.join("\n"), /protect/);
    },
    retainOnDelete: async () => {
      for (const { urn, retainOnDelete, protect = false } of await deployed("retainOnDelete")) {
        assert.equal(retainOnDelete, true, urn);
        assert.equal(protect, false, urn);
      }
    },
    transforms: async () => {
      for (const { urn, protect } of await deployed("transforms")) assert.equal(protect, true, urn);
    },
    ignoreChanges: async () => {
      assert.deepEqual(await previewOfChanges("none"), nothingIgnored);
      assert.deepEqual(await previewOfChanges("ignoreChanges"), nothingIgnored);
      assert.deepEqual(await previewOfChanges("ignoreChanges in a transform"), []);
    },
    replaceOnChanges: async () => {
      assert.deepEqual(await previewOfChanges("replaceOnChanges"), nothingIgnored);
    },
    customTimeouts: async () => {
      for (const resource of await deployed("customTimeouts")) {
        const { create } = (resource as { customTimeouts?: { create?: number } }).customTimeouts ?? {};
        assert.notEqual(create, 3600, resource.urn);
      }
    },
    aliases: async () => {
      await change("none", { "options:prefix": "renamed-" });
      const { steps, ...outcome } = await run.preview();
      succeeded({ steps, ...outcome });
      assert.deepEqual(steps, []);
    },
  };

  it("is in the table of the page if it is tested here, and the reverse", () => {
    const { text = "" } = documents.find(({ path }) => path === "docs/how-to/landingZone.md") ?? {};
    const [, rows = ""] = /\| option of a component.*\n\|[ |-]+\n((?:\|.*\n)+)/.exec(text) ?? [];
    const options = rows
      .split("\n")
      .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, option = ""]) => option));
    assert.deepEqual(options.sort(), Object.keys(effects).sort());
  });

  for (const [option, effect] of Object.entries(effects)) it(option, effect);
});

function componentOf(urn: string): string {
  const [name = ""] = (urn.split("::").at(-1) ?? "").split("/");
  return Object.hasOwn(components, name) && urn.includes("customer-care:index:") ? name : "";
}

/** Such as `Contact`, of a URN or of a step. */
function typeOf(text: string): string {
  const type = text.startsWith("urn:") ? text.split("::")[2]?.split("$").at(-1) : text.split(" ")[1];
  return type?.split(":").at(-1) ?? "";
}
