/** A preview in a landing zone, where ids are not known yet, shows all that will be created. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare } from "../../components/index.ts";
import { resources, useMocks } from "./mocks.ts";

/** An id that only an update knows. */
class Later extends pulumi.CustomResource {
  declare readonly value: pulumi.Output<string>;
  constructor(name: string) {
    super("test:index:Later", name, { value: undefined });
  }
}

describe("a preview with unknown ids", () => {
  it("has the same resources as with known ones, each named by the key in place of the ID", async () => {
    const declare = (projectId: pulumi.Input<string>, folderId: pulumi.Input<string>) =>
      new CustomerCare("care", {
        plan: "enhanced",
        folders: { shop: { folderId, editors: ["group:leads@example.com"] } },
        projects: {
          shop: { projectId, editors: ["user:ada@example.com"], contacts: { legal: ["legal@example.com"] } },
        },
        testCase: { project: "shop" },
      });
    const ours = async () =>
      (await resources()).filter(({ type }) => type !== "test:index:Later").map(({ type, name }) => `${type} ${name}`);
    await useMocks(true);
    declare(new Later("project").value, new Later("folder").value);
    const unknown = await ours();
    await useMocks(false);
    declare("shop-dev", "456789012345");
    const known = (await ours()).map((line) => line.replace(/(projects|folders)\/(shop-dev|456789012345)/, "$1/shop"));
    assert.deepEqual(unknown, known);
    assert.equal(unknown.length, 13);
  });

  it("has a checklist that is unknown as a whole, since it lists what exists", async () => {
    await useMocks(true);
    const isKnown = async (projectId: pulumi.Input<string>) => {
      const { checklist } = new CustomerCare("care", { plan: "enhanced", projects: { shop: { projectId } } });
      return (checklist as unknown as { readonly isKnown: Promise<boolean> }).isKnown;
    };
    assert.equal(await isKnown(new Later("project").value), false);
    assert.equal(await isKnown("shop-dev"), false);
    await resources();
  });
});
