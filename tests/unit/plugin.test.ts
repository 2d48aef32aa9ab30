/** The component package without an engine: its words, its schema, and the case's provider with wrapped secrets. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { CustomerCareProvider } from "../../plugin/provider.ts";
import { secretKeys, unwrapped, wrapped } from "../../plugin/caseProvider.ts";
import { toConfig } from "../../plugin/words.ts";
import { packageSchema } from "../../plugin/schema/index.ts";
import type { ObjectType, Resource } from "../../plugin/schema/spec.ts";
import { withoutSection } from "../support/section.ts";

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")) as unknown;
const schema = packageSchema() as {
  readonly version: string;
  readonly types: Readonly<Record<string, ObjectType>>;
  readonly resources: Readonly<Record<string, Resource>>;
};
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

describe("the package's words", () => {
  it("are translated back into the config's, at each level", () => {
    const later = pulumi.output("user:later@example.com");
    assert.deepEqual(
      toConfig({
        plan: "enhanced",
        organization: { contacts: { productUpdates: ["a@example.com"], security: ["b@example.com"] } },
        folders: { shop: { editors: ["user:Ada@Example.com"], namedEditors: { bot: later } } },
        projects: {
          "shop-dev": { contacts: { byAddress: { "c@example.com": { categories: ["billing"] } } } },
        },
      }),
      {
        plan: "enhanced",
        organization: { contacts: { "product-updates": ["a@example.com"], security: ["b@example.com"] } },
        folders: { shop: { editors: { "user:ada@example.com": "user:Ada@Example.com", bot: later } } },
        projects: { "shop-dev": { contacts: { "c@example.com": { categories: ["billing"] } } } },
      },
    );
  });
});

describe("the package's errors", () => {
  const errorOf = (args: object) =>
    new CustomerCareProvider()
      .construct("care", "customer-care:index:CustomerCare", { plan: "enhanced", ...args }, {})
      .then(
        () => "none",
        (error: unknown) => withoutSection((error as Error).message, "config"),
      );

  it("name the package's own key for a member that is known only later", async () => {
    const later = pulumi.output("user:later@example.com");
    assert.equal(
      await errorOf({ projects: { "shop-dev": { editors: [later] } } }),
      "care:projects.shop-dev.editors[0]: is an Output or a Promise, which needs a name in the state; write it under a key, such as namedEditors: { supportBot: … }",
    );
  });

  it("explain that notifyContacts excludes notify", async () => {
    const serviceHealth = { notify: ["oncall@example.com"], notifyContacts: true };
    assert.equal(
      await errorOf({ projects: { "shop-dev": { alerts: { serviceHealth } } } }),
      "care:projects.shop-dev.alerts.serviceHealth.notifyContacts: cannot be used with notify; remove one of the two (in TypeScript and in the config: write notify: contacts)",
    );
  });

  it("name the package's own keys among those that a map may have", async () => {
    assert.equal(
      await errorOf({ projects: { "shop-dev": { namedEditor: {} } } }),
      'care:projects.shop-dev.namedEditor: "namedEditor" is not a key here (did you mean namedEditors?); write projectId, services, alerts, editors, namedEditors, contactAdministrators, namedContactAdministrators, contactViewers, namedContactViewers or contacts',
    );
  });
});

describe("the package's schema", () => {
  it("has the repository's version, as all of its manifests", () => {
    for (const manifest of ["package.json", "plugin/package.json"])
      assert.equal((read(manifest) as { version: string }).version, schema.version, manifest);
  });

  it("takes Outputs where the components do, and plain values elsewhere", () => {
    const plain = (name: string) =>
      Object.entries(schema.types[`customer-care:index:${name}`]?.properties ?? {})
        .filter(([, property]) => property.plain !== true)
        .map(([key]) => key);
    assert.deepEqual(
      ["Organization", "Folder", "Project", "TestCase", "Contacts", "Contact", "Escalation"].map(plain),
      [["id"], ["folderId"], ["projectId"], [], [], [], []],
    );
  });

  it("describes each input, and has no type that Python cannot have", () => {
    for (const [token, { inputProperties }] of Object.entries(schema.resources))
      for (const [key, property] of Object.entries(inputProperties))
        assert.ok((property.description ?? "") !== "" || property.$ref !== undefined, `${token}.${key}`);
    assert.ok(!JSON.stringify(schema).includes("oneOf"));
  });
});

describe("the case's provider", () => {
  const provider = new CustomerCareProvider();

  it("unwraps secrets at any depth, and wraps what was one", () => {
    const properties = { parent: secret("projects/shop-dev"), escalation: { reason: secret("x") }, priority: "P4" };
    assert.deepEqual(unwrapped(properties), {
      parent: "projects/shop-dev",
      escalation: { reason: "x" },
      priority: "P4",
    });
    const keys = secretKeys(properties);
    assert.deepEqual([...keys].sort(), ["escalation", "parent"]);
    assert.deepEqual(wrapped({ parent: "projects/shop-dev", priority: "P4" }, keys), {
      parent: secret("projects/shop-dev"),
      priority: "P4",
    });
  });

  const is = {
    version: 1,
    parent: "projects/shop-dev",
    marker: "m",
    keepOpen: true,
    displayName: "Test",
    state: "NEW",
  };
  const diff = (olds: object, news: object) => provider.diff("id", "urn", { ...is, ...olds }, { ...is, ...news });

  it("compares secrets by what they are", async () => {
    assert.equal((await diff({}, { displayName: secret("Test") })).changes, false);
    assert.equal((await diff({ displayName: secret("Test") }, { displayName: secret("Other") })).changes, true);
  });

  it("keeps a change of the gcp config, and no change of its order", async () => {
    const [one, other] = [{ billingProject: "a", userProjectOverride: "true" }, { billingProject: "b" }];
    assert.equal((await diff({ gcpConfig: one }, { gcpConfig: other })).changes, true);
    const reordered = Object.fromEntries(Object.entries(one).reverse());
    assert.equal((await diff({ gcpConfig: one }, { gcpConfig: reordered })).changes, false);
    assert.deepEqual((await diff({ gcpConfig: one }, { gcpConfig: other })).replaces, []);
  });

  it("reports the error of an input, and hands secrets back wrapped", async () => {
    const news = { ...is, parent: secret("folders/1"), adopt: "projects/shop-dev/cases/1" };
    const { inputs, failures } = (await provider.check("urn", {}, news)) as {
      readonly inputs: typeof news;
      readonly failures: readonly { readonly property: string }[];
    };
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["parent", "adopt"],
    );
    assert.deepEqual(inputs.parent, secret("folders/1"));
  });
});
