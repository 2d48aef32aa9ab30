/** Who is notified of incidents: as a contact, by an alert, or not at all. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { htmlOf } from "../../../care/report/html/page.ts";
import { markdownOf } from "../../../care/report/markdown.ts";
import type { Report } from "../../../care/report/report.ts";
import type { AlertPolicy } from "../../../google/index.ts";
import { alertServices, words } from "../../../guide/index.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { plantAlertPolicy, plantChannels } from "../../support/report/alerts.ts";
import { alertPolicy, newIncidents } from "../../support/previews/alerts.ts";
import { reportOn } from "../../support/report/reportOn.ts";

const config = { plan: "enhanced", projects: { "shop-dev": {}, "pay-dev": {} } };
const shop = "projects/shop-dev";
const unnamed = { urn: "", type: "", name: "", resource: shop } as const;

describe("who is notified of incidents", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  beforeEach(() => {
    cloud.reset();
    cloud.state.contacts.clear();
    plantChannels(cloud.state, "shop-dev");
  });
  afterAll(() => cloud.close());

  const addContact = (parent: string, email: string, category: string) =>
    cloud.state.contacts.set(`${parent}/contacts/${email}`, {
      name: `${parent}/contacts/${email}`,
      email,
      languageTag: "en",
      notificationCategorySubscriptions: [category],
      validationState: "VALID",
      validateTime: new Date().toISOString(),
    });
  const alertRow = ({ places }: Report, resource = shop) =>
    places.find((place) => place.resource === resource)?.rows.find(({ task }) => task === words.en.tasks.alerts);

  it("is in one table: contacts, alerts, and both", async () => {
    addContact("organizations/123456789012", "oncall@example.com", "TECHNICAL");
    addContact("organizations/123456789012", "legal@example.com", "LEGAL");
    plantAlertPolicy(cloud.state, "shop-dev", { channels: [0, 1] });
    const report = await reportOn(cloud, { config });
    assert.deepEqual(report.incidentRecipients, {
      people: [
        { recipient: "Team (slack)", contactOf: [], alertedOf: [shop], limitedOf: [] },
        {
          recipient: "oncall@example.com",
          contactOf: ["organizations/123456789012"],
          alertedOf: [shop],
          limitedOf: [],
        },
      ],
      nobody: [],
    });
    assert.deepEqual(alertRow(report)?.status, "done");
    assert.equal(alertRow(report)?.details, "Alerts go to Team (slack) and oncall@example.com.");
    assert.equal(alertRow(report, "projects/pay-dev")?.status, "notConfigured");
    assert.match(
      markdownOf(report),
      /\| oncall@⁠?example\.com +\| organizations\/123456789012 +\| projects\/shop-dev +\|/,
    );
    assert.match(htmlOf(report), /Who is notified of incidents/);
  });

  it("is marked if all alerts are limited to some products, locations or relevance", async () => {
    plantAlertPolicy(cloud.state, "shop-dev", {
      channels: [0, 1],
      filter: ['jsonPayload.impactedProducts:"Cloud Run"'],
    });
    plantAlertPolicy(cloud.state, "shop-dev", { channels: [1], filter: [newIncidents] });
    const report = await reportOn(cloud, { config });
    assert.deepEqual(report.incidentRecipients.people, [
      { recipient: "Team (slack)", contactOf: [], alertedOf: [shop], limitedOf: [] },
      { recipient: "oncall@example.com", contactOf: [], alertedOf: [shop], limitedOf: [shop] },
    ]);
    assert.match(
      markdownOf(report),
      /\| oncall@\u2060?example\.com +\| – +\| projects\/shop-dev \(some incidents only\) +\|/,
    );
    assert.equal(htmlOf(report).match(/shop-dev<[^>]+>(?:<[^>]+>)* \(some incidents only\)/g)?.length, 1);
  });

  it("is nobody in a project with neither", async () => {
    const report = await reportOn(cloud, { config });
    assert.deepEqual(report.incidentRecipients, { people: [], nobody: ["projects/pay-dev", shop] });
    assert.match(markdownOf(report), /Nobody is notified of incidents in: projects\/pay-dev, projects\/shop-dev/);
    assert.match(htmlOf(report), /Nobody is notified of incidents in:<\/strong> <bdi>.*?pay-dev<.*?shop-dev</);
  });

  it("is an open finding where a channel does not work, or a policy alerts nobody", async () => {
    plantAlertPolicy(cloud.state, "shop-dev", { channels: [0, 2, 3, 4] });
    plantAlertPolicy(cloud.state, "shop-dev", { channels: [] });
    plantAlertPolicy(cloud.state, "shop-dev", { enabled: false, channels: [1] });
    const report = await reportOn(cloud, { config });
    const found = report.findings.filter(({ task }) => task === words.en.tasks.alerts);
    assert.deepEqual(
      found.map(({ kind, about }) => [kind, about]),
      [
        // The disabled one does not count, since another one alerts somebody.
        ["alertNobody", ["projects/shop-dev/alertPolicies/2"]],
        ["alertRecipient", ["off@example.com"]],
        ["alertRecipient", ["Pager (sms)"]],
        ["alertRecipient", ["projects/shop-dev/notificationChannels/4"]],
      ],
    );
    assert.deepEqual(
      report.incidentRecipients.people.map(({ recipient }) => recipient),
      ["oncall@example.com"],
    );
  });

  describe("whom the config alerts,", () => {
    const serviceHealth = { notify: ["OnCall@example.com", `${shop}/notificationChannels/1`] };
    const withAlerts = { plan: "enhanced", projects: { "shop-dev": { alerts: { serviceHealth } } } };

    it("is done if a policy alerts them", async () => {
      plantAlertPolicy(cloud.state, "shop-dev", { channels: [0, 1] });
      assert.equal(alertRow(await reportOn(cloud, { config: withAlerts }))?.status, "done");
    });

    it("is an open finding without the policy, or with the policy of somebody else", async () => {
      const all = ["oncall@example.com", `${shop}/notificationChannels/1`];
      for (const channels of [undefined, [2]]) {
        if (channels !== undefined) plantAlertPolicy(cloud.state, "shop-dev", { channels });
        const row = alertRow(await reportOn(cloud, { config: withAlerts }));
        assert.equal(row?.status, "notDone");
        assert.match(row.details, /In the config, but not alerted: /);
        for (const one of all) assert.ok(row.details.toLowerCase().includes(one.toLowerCase()), row.details);
        assert.deepEqual(row.commands, ["pulumi up --stack dev"]);
      }
    });

    it("is answered with a refresh only if Google does not have what the state has", async () => {
      const name = `${shop}/alertPolicies/1`;
      const channelAt = (number: number) => `${shop}/notificationChannels/${String(number)}`;
      const commandsWith = async (recorded: readonly number[], found: readonly number[]) => {
        plantAlertPolicy(cloud.state, "shop-dev", { channels: [...found] });
        const policy = [...cloud.state.alertPolicies.values()].at(-1) ?? assert.fail();
        cloud.state.alertPolicies.clear();
        cloud.state.alertPolicies.set(name, { ...policy, name });
        const channels = recorded.map(channelAt);
        const content = { ...policy, notificationChannels: channels } as unknown as AlertPolicy;
        const managed = [{ ...unnamed, kind: "alerts", thing: name, channels, content } as const];
        return alertRow(await reportOn(cloud, { config: withAlerts, managed }))?.commands;
      };
      // Of the config's 0 and 1, the second is new.
      assert.deepEqual(await commandsWith([0], [0]), ["pulumi up --stack dev"]);
      // Removed from the policy outside of Pulumi; deleted; the address of the channel was changed, or left the config.
      for (const [recorded, found] of [
        [[0, 1], [0]],
        [[0, 4], [0]],
        [
          [0, 2],
          [0, 2],
        ],
      ] as const)
        assert.deepEqual(await commandsWith(recorded, found), ["pulumi up --refresh --stack dev"]);
      cloud.state.alertPolicies.delete(name);
      const managed = [{ ...unnamed, kind: "alerts", thing: name, channels: [channelAt(0)] } as const];
      const row = alertRow(await reportOn(cloud, { config: withAlerts, managed }));
      assert.deepEqual(row?.commands, ["pulumi up --refresh --stack dev"]);
    });

    for (const service of alertServices)
      it(`is an open finding without ${service}, and nobody in the table`, async () => {
        plantAlertPolicy(cloud.state, "shop-dev", { channels: [0, 1] });
        cloud.state.projects.get("shop-dev")?.services.delete(service);
        const managed = alertServices.map((thing) => ({ ...unnamed, kind: "service", thing }) as const);
        const report = await reportOn(cloud, { config: withAlerts, managed });
        const row = alertRow(report);
        assert.equal(row?.status, "notDone");
        assert.match(row.details, /In the config, but not alerted/);
        assert.deepEqual(row.commands, [`pulumi up --refresh --target '**/${service}' --stack dev`]);
        assert.deepEqual(report.incidentRecipients, { people: [], nobody: [shop] });
        assert.equal(report.places.find(({ resource }) => resource === shop)?.alerts, null);
      });

    it("is an open finding if somebody has changed the policy, and as in the state is none", async () => {
      const name = `${shop}/alertPolicies/1`;
      plantAlertPolicy(cloud.state, "shop-dev", { channels: [0, 1] });
      const policy = cloud.state.alertPolicies.get(name) ?? assert.fail();
      // The state has the project's ID or its number.
      const { name: resource = "" } = cloud.state.projects.get("shop-dev") ?? {};
      for (const recorded of [shop, resource]) {
        const given = {
          config: withAlerts,
          managed: [
            {
              ...unnamed,
              kind: "alerts",
              resource: recorded,
              thing: name,
              content: alertPolicy(policy.notificationChannels ?? []),
            },
          ] as const,
        };
        assert.equal(alertRow(await reportOn(cloud, given))?.status, "done");
        const { documentation } = policy;
        Object.assign(policy, { documentation: { ...documentation, content: "?" } });
        const report = await reportOn(cloud, given);
        assert.deepEqual(
          report.findings.filter(({ kind }) => kind === "alertChanged").map(({ about }) => about),
          [[name]],
        );
        const row = alertRow(report);
        assert.equal(row?.status, "notDone");
        assert.match(row.details, /^Alert policy changed outside of Pulumi: \S/);
        assert.deepEqual(row.commands, ["pulumi up --refresh --stack dev"]);
        Object.assign(policy, { documentation });
      }
    });

    it("is known for every project below a folder, with the services that alerts need", async () => {
      cloud.state.projects.get("shop-dev")?.services.delete("logging.googleapis.com");
      const everyProject = { alerts: { serviceHealth: { notify: ["oncall@example.com"] } } };
      const report = await reportOn(cloud, {
        config: { plan: "enhanced", folders: { "456789012345": { everyProject } } },
      });
      assert.equal(alertRow(report)?.status, "notDone");
      const services = report.places
        .find(({ resource }) => resource === shop)
        ?.rows.find(({ task }) => task === words.en.tasks.services);
      assert.match(services?.details ?? "", /Not enabled: .*Cloud Logging API/);
    });
  });

  it("is not known where Monitoring could not be read", async () => {
    cloud.faults.add({
      match: { service: "monitoring.googleapis.com", times: 100 },
      effect: { error: { code: 403, status: "PERMISSION_DENIED" } },
    });
    const report = await reportOn(cloud, { config });
    assert.deepEqual(report.incidentRecipients.nobody, ["projects/pay-dev"]);
    assert.deepEqual(report.notChecked.alerts, [shop]);
    assert.equal(alertRow(report)?.status, "notRead");
    assert.match(alertRow(report)?.next ?? "", /roles\/monitoring\.viewer/);
    assert.match(markdownOf(report), /Not checked in 1 place/);
  });

  it("shows no secret of a channel", async () => {
    plantAlertPolicy(cloud.state, "shop-dev", { channels: [1, 2] });
    const report = await reportOn(cloud, { config });
    assert.doesNotMatch(JSON.stringify(report) + htmlOf(report), /auth_token|\+4144/);
  });
});
