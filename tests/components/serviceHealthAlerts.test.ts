/** Alerts of Service Health as components: alone, and made by CustomerCare, with Outputs where a landing zone has them. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare, ServiceHealthAlerts } from "../../components/index.ts";
import type { ChecklistRow } from "../../components/index.ts";
import { resources, useMocks } from "./mocks.ts";
import { withoutSection } from "../support/section.ts";

const chat = "projects/shop-dev/notificationChannels/12";
const wrong = <Args>(args: unknown) => args as Args;

describe("Service Health alerts", () => {
  beforeEach(() => useMocks());

  it("are a channel for each address, and one policy, whose project and channels can be Outputs", async () => {
    new ServiceHealthAlerts("alerts", {
      projectId: pulumi.output("shop-dev"),
      notify: [pulumi.output(chat), "B@example.com", "a@example.com"],
    });
    const made = (await resources()).filter(({ isComponent }) => !isComponent);
    assert.deepEqual(
      made.map(({ type, name }) => `${type} ${name}`),
      [
        "gcp:monitoring/notificationChannel:NotificationChannel alerts/alerts/a@example.com",
        "gcp:monitoring/notificationChannel:NotificationChannel alerts/alerts/b@example.com",
        "gcp:monitoring/alertPolicy:AlertPolicy alerts/alerts/serviceHealth",
      ],
    );
    const { project, notificationChannels } = made[2]?.inputs ?? {};
    assert.equal(project, "shop-dev");
    assert.deepEqual(notificationChannels, ["alerts/alerts/a@example.com", "alerts/alerts/b@example.com", chat]);
  });

  it("of CustomerCare have the project's ID in their names, whatever its key, and enable their services", async () => {
    new CustomerCare("care", {
      plan: "enhanced",
      projects: {
        shop: { projectId: "shop-dev", services: [], alerts: { serviceHealth: { notify: ["a@example.com", chat] } } },
      },
    });
    const names = (await resources()).filter(({ isComponent }) => !isComponent).map(({ name }) => name);
    assert.deepEqual(names, [
      "care/projects/shop-dev/alerts/a@example.com",
      "care/projects/shop-dev/alerts/serviceHealth",
      "care/projects/shop-dev/logging.googleapis.com",
      "care/projects/shop-dev/monitoring.googleapis.com",
      "care/projects/shop-dev/servicehealth.googleapis.com",
    ]);
  });

  it("are in the checklist of CustomerCare, with whom they notify", async () => {
    const { checklist } = new CustomerCare("care", {
      plan: "enhanced",
      projects: { "shop-dev": { alerts: { serviceHealth: { notify: ["a@example.com", chat] } } }, "pay-dev": {} },
    });
    const rows = await new Promise<ChecklistRow[]>((resolve) => {
      checklist.apply(resolve);
    });
    assert.deepEqual(
      rows
        .filter(({ task }) => task === "Get alerts about incidents")
        .map((row) => [row.where, row.status, row.details]),
      [["projects/shop-dev", "done", `a@example.com, ${chat}`]],
    );
  });

  const faults: [string, () => unknown, string][] = [
    [
      "nobody to notify",
      () => new ServiceHealthAlerts("alerts", { projectId: "shop-dev", notify: [] }),
      "alerts:notify: is empty; write at least one e-mail address, or remove these alerts",
    ],
    [
      "contacts, which it does not know",
      () => new ServiceHealthAlerts("alerts", wrong({ projectId: "shop-dev", notify: "contacts" })),
      'alerts:notify: is contacts, which only the config of CustomerCare has; write a list such as ["oncall@example.com"]',
    ],
    [
      "contacts in a list",
      () => new ServiceHealthAlerts("alerts", { projectId: "shop-dev", notify: ["contacts"] }),
      'alerts:notify[0]: is contacts, which only the config of CustomerCare has; write a list such as ["oncall@example.com"]',
    ],
    [
      "no list of whom to notify",
      () => new ServiceHealthAlerts("alerts", wrong({ projectId: "shop-dev" })),
      'alerts:notify: is missing; write a list such as ["oncall@example.com"]',
    ],
    [
      "one address without a list",
      () => new ServiceHealthAlerts("alerts", wrong({ projectId: "shop-dev", notify: "contact" })),
      'alerts:notify: "contact" is not a list; write ["oncall@example.com"]',
    ],
    [
      "a value in a list that is no text",
      () => new ServiceHealthAlerts("alerts", wrong({ projectId: "shop-dev", notify: [null] })),
      'alerts:notify[0]: has no value; write one, such as "oncall@example.com"',
    ],
    [
      "a map of Outputs",
      () => new ServiceHealthAlerts("alerts", wrong({ projectId: "shop-dev", notify: { chat: pulumi.output(chat) } })),
      'alerts:notify.chat: is under a key; write a list, such as [channel.name]\nalerts:notify: {} is not a list; write ["oncall@example.com"]',
    ],
    [
      "a key that it does not have",
      () => new ServiceHealthAlerts("alerts", wrong({ projectId: "shop-dev", notify: [chat], location: ["x"] })),
      'alerts:location: "location" is not a key here (did you mean locations?); write notify, on, products, locations, relevance or acknowledge',
    ],
    [
      "an Output as a product",
      () =>
        new ServiceHealthAlerts(
          "alerts",
          wrong({ projectId: "shop-dev", notify: [chat], products: [pulumi.output("x")] }),
        ),
      "alerts:products[0]: is an Output or a Promise; write a plain value: only projectId, folderId, the organization's id, the project of supportEvents, named members and notification channels can be Outputs",
    ],
  ];
  for (const [name, make, message] of faults)
    it(`refuse ${name}`, () => {
      assert.throws(make, (error: Error) => {
        assert.equal(withoutSection(error.message, "config"), message);
        return true;
      });
    });
});
