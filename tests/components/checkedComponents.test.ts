/** Whose places are checked before anything is created. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { whenReady } from "../../components/readiness.ts";
import { RunContext } from "../../components/run.ts";
import { resources, useMocks } from "./mocks.ts";

/** A run whose components are checked, as with an engine. */
class Run extends RunContext {
  override get isMocked(): boolean {
    return false;
  }
}

async function isChecked(options: () => pulumi.ComponentResourceOptions): Promise<boolean> {
  await useMocks(true);
  const opts = options();
  const component = new pulumi.ComponentResource("test:index:Any", "any", {}, opts);
  const ready = whenReady(new Run(), "any", component, [], opts);
  await ready;
  await resources();
  return ready !== undefined;
}

class RandomProvider extends pulumi.ProviderResource {
  constructor(name: string) {
    super("random", name, {});
  }
}

const ofAnother = () => new RandomProvider("own");

describe("the places of a component are", () => {
  it("checked with the credentials of the stack, also if it has providers of other packages", async () => {
    assert.equal(await isChecked(() => ({})), true);
    assert.equal(await isChecked(() => ({ providers: [ofAnother()] })), true);
    assert.equal(await isChecked(() => ({ providers: { random: ofAnother() } })), true);
  });

  it("checked with the credentials of its own provider, or of its parent's", async () => {
    const own = () => new gcp.Provider("own");
    assert.equal(await isChecked(() => ({ provider: own() })), true);
    assert.equal(await isChecked(() => ({ providers: [ofAnother(), own()] })), true);
    const parent = () => new pulumi.ComponentResource("test:index:Any", "parent", {}, { providers: { gcp: own() } });
    assert.equal(await isChecked(() => ({ parent: parent() })), true);
  });

  it("not checked if it depends on other resources", async () => {
    assert.equal(await isChecked(() => ({ dependsOn: new gcp.Provider("first") })), false);
  });
});
