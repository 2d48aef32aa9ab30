/** The report's row for the events of support cases: whether the subscription of the config publishes them. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import type { Row } from "../../../care/report/report.ts";
import { supportEvents, words } from "../../../guide/index.ts";
import type { Language } from "../../../guide/index.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { reportOn } from "../../support/report/reportOn.ts";

const organization = "organizations/123456789012";
const topic = "projects/ops-admin/topics/support-events";
const config = { plan: "enhanced", organization: { domain: "example.com", supportEvents: { project: "ops-admin" } } };

describe("the events of support cases", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  beforeEach(() => {
    cloud.reset();
    const { name: parent = "", policy } = ops();
    const bindings = [{ role: supportEvents.publisherRole, members: [supportEvents.publisher] }];
    cloud.state.topics.set(topic, { name: topic, parent, labels: {}, policy: { ...policy, bindings } });
  });
  afterAll(() => cloud.close());

  const ops = () => cloud.state.projects.get("ops-admin") ?? assert.fail();
  const bindingsOfTopic = () => (cloud.state.topics.get(topic) ?? assert.fail()).policy.bindings;

  const subscribe = (state: "WORKING" | "FAILING", failureReason = "") => {
    const name = `${organization}/supportEventSubscriptions/1001`;
    const times = { createTime: "", updateTime: "", deleteTime: "", purgeTime: "" };
    cloud.state.supportEventSubscriptions.set(name, { name, pubSubTopic: topic, state, failureReason, ...times });
  };

  const rowOf = async (given: object, language: Language = "en"): Promise<Row | undefined> => {
    const { places } = await reportOn(cloud, { config: { ...config, ...given }, language });
    assert.deepEqual(
      places.map(({ resource }) => resource),
      [organization],
    );
    return places[0]?.rows.find(({ task }) => task === words[language].tasks.supportEvents);
  };

  it("have no row if the config does not have them", async () => {
    assert.equal(await rowOf({ organization: { domain: "example.com" } }), undefined);
  });

  it("are done if Google publishes them", async () => {
    subscribe("WORKING");
    const row = await rowOf({});
    assert.deepEqual([row?.status, row?.details], ["done", `The events go to ${topic}.`]);
  });

  it("are open without the subscription, with the doctor as the next step", async () => {
    const row = await rowOf({});
    assert.deepEqual(
      [row?.status, row?.details, row?.commands],
      [
        "notDone",
        `In the config, but missing: the subscription that publishes to ${topic}.`,
        ["care doctor --stack dev"],
      ],
    );
    assert.match((await rowOf({}, "fr"))?.details ?? "", /^Abonnement configuré, mais absent/);
  });

  it("are open with Google's reason if the subscription fails", async () => {
    subscribe("FAILING", "TOPIC_NOT_FOUND");
    const row = await rowOf({});
    assert.deepEqual(
      [row?.status, row?.details],
      ["notDone", `The events cannot be published to ${topic} (TOPIC_NOT_FOUND).`],
    );
  });

  it("are done if Google may publish by a grant on the topic's project", async () => {
    subscribe("WORKING");
    ops().policy.bindings.push(...bindingsOfTopic().splice(0));
    assert.equal((await rowOf({}))?.status, "done");
  });

  const losses: Readonly<Record<string, { readonly lose: () => void; readonly details: string }>> = {
    "the topic": {
      lose: () => cloud.state.topics.delete(topic),
      details: `The topic ${topic} does not exist.`,
    },
    "Google's grant on it": {
      lose: () => bindingsOfTopic().splice(0),
      details: `Google is not allowed to publish to ${topic}.`,
    },
    "the Pub/Sub API": {
      lose: () => ops().services.delete(supportEvents.service),
      details: "Not enabled: Cloud Pub/Sub API.",
    },
  };
  for (const [what, { lose, details }] of Object.entries(losses))
    it(`are open without ${what}, before an event fails`, async () => {
      subscribe("WORKING");
      lose();
      const row = await rowOf({});
      assert.deepEqual([row?.status, row?.details], ["notDone", details]);
      assert.deepEqual(row?.commands, ["care doctor --stack dev"]);
    });

  for (const service of ["cloudsupport.googleapis.com", "pubsub.googleapis.com"])
    it(`are not checked if ${service} does not show them`, async () => {
      subscribe("WORKING");
      cloud.faults.add({
        match: { service, times: 100 },
        effect: { error: { code: 403, status: "PERMISSION_DENIED" } },
      });
      const row = await rowOf({});
      assert.equal(row?.status, "notRead");
      assert.match(row?.next ?? "", /^Ask for roles\//);
    });
});
