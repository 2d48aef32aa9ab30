/** What Google has once, and a component and another resource of the program have: the preview refuses the second one. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "vitest";
import { localRun } from "../support/localRun.ts";

const settings = {
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "gcp:batching": { enableBatching: false },
};
const services = ["essentialcontacts.googleapis.com"];
const without = { plan: "enhanced", projects: { "pay-dev": { services } } };
const withContact = { plan: "enhanced", projects: { "pay-dev": { services, contacts: { legal: ["l@example.com"] } } } };
const shop = { plan: "enhanced", projects: { "shop-dev": { services: [] } } };
const own = (parent: string) => ({
  "instances:contacts": {
    own: { parent, email: "l@example.com", languageTag: "en", notificationCategorySubscriptions: ["LEGAL"] },
  },
});
const customer = (supportEvents?: object) => ({
  plan: "enhanced",
  organization: { domain: "example.com", supportEvents },
});
const all = (instances: object) => ({ ...settings, "instances:all": instances });
const [byId, byNumber] = [own("projects/pay-dev"), own("projects/100000000002")];
const contact = "the contact l@example.com of projects/pay-dev";
const name = "care/projects/pay-dev/l@example.com";
const both = `${name} and own both have ${contact}, and Google refuses a second one. Remove it from one of the two`;

const topic = { "instances:topics": { own: { project: "ops-admin", name: "support-events" } } };

const getsToo = "contact that a plain resource gets too";

const scenarios = [
  {
    what: "contact that a plain resource keeps",
    before: { ...all({ care: without }), ...byId },
    after: { ...all({ care: withContact }), ...byId },
    words: both,
  },
  {
    what: getsToo,
    before: all({ care: without }),
    after: { ...all({ care: withContact }), ...byId },
    words: both,
  },
  {
    what: "contact that a plain resource has under the number of the project",
    before: { ...all({ care: without }), ...byNumber },
    after: { ...all({ care: withContact }), ...byNumber },
    words: both,
  },
  {
    what: "contact that a plain resource had under the number of the project",
    before: { ...all({ care: without }), ...byNumber },
    after: all({ care: withContact }),
    words: `${name}: this update would delete ${contact}, which is in the state under another name`,
  },
  {
    what: "contact that another instance keeps",
    before: all({ care: withContact, other: shop }),
    after: all({ care: withContact, other: withContact }),
    words: "If both have the contact, remove it from one of the two",
  },
  {
    what: "topic that a plain resource keeps",
    before: { ...all({ care: customer() }), ...topic },
    after: { ...all({ care: customer({ project: "ops-admin" }) }), ...topic },
    words:
      "care/supportEvents/ops-admin/support-events and own both have the topic support-events of projects/ops-admin, and Google refuses a second one. Remove it from one of the two",
  },
];

for (const [index, { what, before, after, words }] of scenarios.entries())
  it(`refuses a ${what}`, async (t) => {
    const program = join(import.meta.dirname, "programs", "instances.ts");
    const run = await localRun({ name: `held-${String(index)}`, projectName: "instances", program, config: before });
    t.onTestFinished(() => run.close());
    run.cloud.state.projects.get("ops-admin")?.services.set("pubsub.googleapis.com", { enabledAt: 0 });
    assert.equal((await run.up()).failed, false);
    await run.setConfig({ ...after });
    const { failed, messages } = await run.preview();
    const text = messages.join("\n");
    assert.equal(failed, true, text);
    assert.ok(text.includes(words), text);
    assert.ok(!text.includes("is not in this stack"), text);
    // If both are new, an update without a preview may create the other one first.
    const update = await run.up();
    assert.equal(update.failed, true);
    if (what !== getsToo)
      assert.ok(!update.messages.join("\n").includes("is not in this stack"), update.messages.join("\n"));
  });
