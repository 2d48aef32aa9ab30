/** Which deletions are rejected at the end of the program, given a state and what Google rejects. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { anyChange } from "../../components/callerRefusals.ts";
import { rejectedChanges, rejectedDeletions } from "../../components/deletions.ts";
import { keyFor, stackCaller } from "../../components/googleSettings.ts";
import { RunContext } from "../../components/run.ts";

const contact = "gcp:essentialcontacts/contact:Contact";
const grant = "gcp:projects/iAMMember:IAMMember";
const supportCase = "pulumi-nodejs:dynamic/customercare:SupportCase";
const place = { parent: "projects/shop-dev" };

/** A run that reads the state, as with an engine. */
class Run extends RunContext {
  override get isMocked(): boolean {
    return false;
  }
}

type Invoke = (request: unknown, done: (error: object | null, reply: unknown) => void) => unknown;

/** The engine's errors have the message in their details, which those of the mocks lack. */
function withDetails(): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as { invoke: Invoke };
  const invoke = monitor.invoke.bind(monitor);
  monitor.invoke = (request, done) =>
    invoke(request, (error, reply) => {
      done(error && Object.assign(error, { details: (error as Error).message }), reply);
    });
}

/** @returns The number of errors if the program does not have the resource any more */
async function rejected(type: string, outputs: object, what = anyChange): Promise<number> {
  const urn = `urn:pulumi:test::customer-care::customer-care:index:CustomerCare$${type}::care/x`;
  const call = () => ({ outputs: { [urn]: { type, outputs } } });
  const newResource = () => ({ id: "x", state: {} });
  await pulumi.runtime.setMocks({ call, newResource }, "customer-care", "test", false, "organization");
  withDetails();
  const run = new Run();
  run.shared(rejectedChanges).set(keyFor(stackCaller, what), { message: "Google rejects it", section: "refusal" });
  const found = await rejectedDeletions(run, (thing) => thing.includes("kept@example.com"));
  return found.length;
}

describe("a deletion that Google rejects is an error", () => {
  it("if it sends a request", async () => {
    assert.equal(await rejected(contact, { ...place, email: "l@example.com", deletionPolicy: "DELETE" }), 1);
    assert.equal(await rejected(contact, { ...place, email: "l@example.com", deletionPolicy: "ABANDON" }), 0);
    assert.equal(await rejected(grant, { project: "shop-dev", role: "roles/x", member: "user:l@example.com" }), 1);
    assert.equal(await rejected("gcp:projects/service:Service", { project: "shop-dev" }), 0);
    assert.equal(await rejected(supportCase, place), 1);
    assert.equal(await rejected(supportCase, { ...place, adopt: "projects/shop-dev/cases/1" }), 0);
    const closed = { ...place, adopt: "projects/shop-dev/cases/1", closeOnDestroy: true };
    assert.equal(await rejected(supportCase, closed), 1);
  });

  it("unless a resource of the program has the same", async () => {
    assert.equal(await rejected(contact, { ...place, email: "kept@example.com" }), 0);
  });

  it("for what needs a quota project, only of that kind", async () => {
    assert.equal(await rejected(contact, { ...place, email: "l@example.com" }, "each change of a contact"), 1);
    assert.equal(await rejected(supportCase, place, "each change of a contact"), 0);
  });
});
