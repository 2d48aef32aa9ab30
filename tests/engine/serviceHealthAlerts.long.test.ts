/** Alerts of Service Health as the config and the cloud change: filters, people, places, and what the preview refuses. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

const folder = "456789012345";
const operator = "serviceAccount:operator@ops-admin.iam.gserviceaccount.com";
const provider = { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" };
const plan = { ...provider, "customer-care:plan": "enhanced" };

/** A config with the alerts of one project. */
const at = (serviceHealth: object, more: object = {}, id = "shop-dev") => ({
  ...plan,
  "customer-care:projects": { [id]: { alerts: { serviceHealth }, ...more } },
});

describe("Service Health alerts", () => {
  let cloud: Cloud;
  let run: LocalRun;
  let events = 0;

  beforeAll(async () => {
    cloud = await startCloud();
    cloud.state.projects.get("ops-admin")?.services.set("monitoring.googleapis.com", { enabledAt: 0 });
    run = await localRun({ name: "serviceHealthAlertsLong", config: at({ notify: ["one@example.com"] }), cloud });
  });
  afterAll(async () => {
    await run.close();
    await cloud.close();
  });

  /** Who is notified of an event, sorted. */
  const told = (event: object, project = "shop-dev", id = String(events++)) =>
    cloud
      .raiseEvents({ events: [{ name: `projects/${project}/locations/global/events/e${id}`, ...event }] })
      .flatMap(({ notifications }) => notifications.map(({ to }) => to["email_address"] ?? to["space"] ?? "?"))
      .sort();

  const impacts = (product: string, location: string) => ({
    eventImpacts: [{ product: { productName: product }, location: { locationName: location } }],
  });

  const updated = async (config: object) => {
    await run.setConfig(config as Readonly<Record<string, unknown>>);
    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
    assert.deepEqual((await run.preview()).steps, []);
    return up.steps;
  };

  const refused = async (config: object): Promise<string> => {
    await run.setConfig(config as Readonly<Record<string, unknown>>);
    const preview = await run.preview();
    assert.equal(preview.failed, true, preview.messages.join("\n"));
    return preview.messages.join("\n");
  };

  const policy = "gcp:monitoring/alertPolicy:AlertPolicy customer-care/projects/shop-dev/alerts/serviceHealth";
  const channel = (address: string) =>
    `gcp:monitoring/notificationChannel:NotificationChannel customer-care/projects/shop-dev/alerts/${address}`;

  it("notifies again of an update, and with new-incidents only once", async () => {
    await updated(at({ notify: ["one@example.com"] }));
    assert.deepEqual(told({ title: "A" }, "shop-dev", "same"), ["one@example.com"]);
    assert.deepEqual(told({ title: "A", state: "CLOSED" }, "shop-dev", "same"), ["one@example.com"]);
    assert.deepEqual(await updated(at({ notify: ["one@example.com"], on: "new-incidents" })), [`update ${policy}`]);
    assert.deepEqual(told({ title: "B" }, "shop-dev", "new"), ["one@example.com"]);
    assert.deepEqual(told({ title: "B", state: "CLOSED" }, "shop-dev", "new"), []);
  });

  it("notifies of the products, locations and relevance of the config", async () => {
    const filters = {
      products: ["Google Cloud SQL", 'A "product" \\ with ) OR true'],
      locations: ["europe-west1", "us-east1"],
      relevance: ["impacted", "partially-related"],
    };
    await updated(at({ notify: ["one@example.com"], ...filters }));
    const event = { title: "C", ...impacts("Google Cloud SQL", "europe-west1") };
    assert.deepEqual(told(event), ["one@example.com"]);
    assert.deepEqual(told({ ...event, title: "D", relevance: "PARTIALLY_RELATED" }), ["one@example.com"]);
    assert.deepEqual(told({ ...event, title: "E", relevance: "RELATED" }), []);
    assert.deepEqual(told({ title: "F", ...impacts("Google Cloud SQL", "europe-west10") }), []);
    assert.deepEqual(told({ title: "G", ...impacts("Google Cloud SQL", "us-east1-b") }), ["one@example.com"]);
    assert.deepEqual(told({ title: "H", ...impacts("Cloud Run", "us-east1") }), []);
  });

  it("changes only what another list changes, and deletes a channel after the policy is without it", async () => {
    const notify = ["one@example.com"];
    await updated(at({ notify }));
    assert.deepEqual(await updated(at({ notify: ["two@example.com", ...notify] })), [
      `create ${channel("two@example.com")}`,
      `update ${policy}`,
    ]);
    assert.deepEqual(await updated(at({ notify: ["ONE@example.com", "two@example.com"] })), []);
    const contacts = { "technical-incidents": ["two@example.com"] };
    const first = cloud.requests.length;
    const steps = await updated(at({ notify: "contacts" }, { contacts }));
    assert.deepEqual(
      steps.filter((step) => step.includes("/alerts/")),
      [`delete ${channel("one@example.com")}`, `update ${policy}`],
    );
    const writes = cloud.requests
      .slice(first)
      .flatMap(({ method, path }) => (/^(PATCH|DELETE)/.test(method) && path.includes("/v3/") ? [method] : []));
    assert.deepEqual(writes, ["PATCH", "DELETE"]);
    assert.deepEqual(told({ title: "I" }), ["two@example.com"]);
  });

  it("changes nothing for another key, nor for a project that moves to everyProject", async () => {
    const alerts = { serviceHealth: { notify: ["two@example.com"] } };
    await updated({ ...plan, "customer-care:projects": { "shop-dev": { alerts } } });
    assert.deepEqual(
      await updated({ ...plan, "customer-care:projects": { shop: { projectId: "shop-dev", alerts } } }),
      [],
    );
    const others = ["pay-dev", "pay-prod", "shop-prod", "shop-staging"];
    const steps = await updated({
      ...plan,
      "customer-care:folders": { [folder]: { everyProject: { alerts } } },
      "customer-care:projects": Object.fromEntries(others.map((id) => [id, {}])),
    });
    assert.deepEqual(
      steps.filter((step) => step.includes("/shop-dev/")),
      [],
    );
  });

  it("uses the contacts of the folder and of the organization in everyProject", async () => {
    const others = ["pay-dev", "pay-prod", "shop-prod", "shop-staging"];
    await updated({
      ...plan,
      "customer-care:organization": { domain: "example.com", contacts: { all: ["all@example.com"] } },
      "customer-care:folders": {
        [folder]: {
          contacts: { technical: ["folder@example.com"] },
          everyProject: { alerts: { serviceHealth: { notify: "contacts" } } },
        },
      },
      "customer-care:projects": Object.fromEntries(others.map((id) => [id, {}])),
    });
    assert.deepEqual(told({ title: "J" }), ["all@example.com", "folder@example.com"]);
  });

  it("uses an existing channel, and leaves it after a destroy", async () => {
    const name = "projects/shop-dev/notificationChannels/77";
    cloud.state.notificationChannels.set(name, {
      name,
      type: "google_chat",
      labels: { space: "spaces/A" },
      enabled: true,
      verificationStatus: "VERIFIED",
    } as never);
    await updated(at({ notify: [name] }));
    assert.deepEqual(told({ title: "K" }), ["spaces/A"]);
    assert.match(
      await refused(at({ notify: [name, "projects/shop-dev/notificationChannels/78"] })),
      /customer-care:projects\.shop-dev\.alerts\.serviceHealth\.notify: projects\/shop-dev\/notificationChannels\/78 does not exist; write the name/,
    );
    await run.setConfig(at({ notify: [name] }));
    const destroyed = await run.destroy();
    assert.equal(destroyed.failed, false, destroyed.messages.join("\n"));
    assert.deepEqual([...cloud.state.notificationChannels.keys()], [name]);
    assert.equal(cloud.state.alertPolicies.size, 0);
  });

  it("is refused in the preview for what an update would meet", async () => {
    const config = at({ notify: ["one@example.com", "projects/shop-dev/notificationChannels/79"] });
    assert.match(await refused(config), /notificationChannels\/79 does not exist/);
    const quota = cloud.state.projects.get("ops-admin");
    quota?.services.delete("monitoring.googleapis.com");
    assert.match(
      await refused(at({ notify: ["one@example.com"] })),
      /monitoring\.googleapis\.com is not enabled on projects\/ops-admin, the quota project of this caller's requests; run gcloud services enable monitoring\.googleapis\.com --project ops-admin/,
    );
    quota?.services.set("monitoring.googleapis.com", { enabledAt: 0 });
    const [organization] = cloud.state.organizations.values();
    const bindings = organization?.policy.bindings ?? [];
    const isOfAlerts = ({ role }: { role: string }) => role.startsWith("roles/monitoring.");
    const kept = bindings.filter(isOfAlerts);
    bindings.splice(0, bindings.length, ...bindings.filter((one) => !isOfAlerts(one)));
    assert.match(
      await refused(at({ notify: ["one@example.com"] })),
      /to manage alerts at projects\/shop-dev, this caller lacks monitoring\.alertPolicies\.create, .*; grant the caller Monitoring Editor \(roles\/monitoring\.editor\)/,
    );
    bindings.push(...kept);
    assert.ok(kept.some(({ members }) => members.includes(operator)));
  });

  it("prints a note for an address that is also an existing channel's, in other letters", async () => {
    await updated(at({ notify: ["dup@example.com"] }));
    const name = "projects/shop-dev/notificationChannels/99";
    const byHand = { name, type: "email", labels: { email_address: "DUP@example.com" }, enabled: true };
    cloud.state.notificationChannels.set(name, byHand as never);
    await run.setConfig(at({ notify: ["dup@example.com", name] }));
    const { failed, messages } = await run.preview();
    assert.equal(failed, false, messages.join("\n"));
    assert.match(
      messages.join("\n"),
      /serviceHealth\.notify: dup@example\.com is also the address of projects\/shop-dev\/notificationChannels\/99, so .* \[notified-twice\]/,
    );
  });

  it("prints a note for a policy that the stack does not manage, until it is acknowledged", async () => {
    await updated(at({ notify: ["one@example.com"] }));
    const { alertPolicies, notificationChannels } = cloud.state;
    const [[own], [ownChannel]] = [[...alertPolicies.values()], [...notificationChannels.values()]];
    assert.ok(own !== undefined && ownChannel !== undefined);
    await run.setConfig(plan);
    await run.up();
    const [name, channel] = ["projects/shop-dev/alertPolicies/5", "projects/shop-dev/notificationChannels/98"];
    notificationChannels.set(channel, { ...ownChannel, name: channel, labels: { email_address: "boss@example.com" } });
    const byHand = { ...own, name, displayName: "By hand" };
    alertPolicies.set(name, { ...byHand, notificationChannels: [] });
    await run.setConfig(at({ notify: ["one@example.com"] }));
    assert.ok(!(await run.preview()).messages.some((message) => message.includes("[alerts-exist]")));
    alertPolicies.set(name, { ...byHand, notificationChannels: [channel] });
    const { failed, messages } = await run.preview();
    assert.equal(failed, false, messages.join("\n"));
    const notes = messages.filter((message) => message.includes("[alerts-exist]"));
    assert.equal(notes.length, 1, messages.join("\n"));
    assert.match(
      notes[0] ?? "",
      /projects\/shop-dev already has the alert policy "By hand" \(projects\/shop-dev\/alertPolicies\/5\)/,
    );
    await run.setConfig({
      ...at({ notify: ["one@example.com"] }),
      "customer-care:acknowledge": { "alerts-exist projects/shop-dev": "It notifies the managers" },
    });
    assert.ok(!(await run.preview()).messages.some((message) => message.includes("[alerts-exist]")));
    assert.ok(cloud.state.alertPolicies.has(name));
  });
});
