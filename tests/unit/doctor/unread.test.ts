/** Each request of the doctor that Google does not answer is in a finding: a check that was not made is never taken for one that passed. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { examined } from "../../support/examination.ts";

const editorsAndContacts = { editors: ["group:a@example.com"], contacts: { all: ["all@example.com"] } };
const supportEvents = { project: "shop-dev", topic: "cases" };

/** Every part of a config. */
const config = {
  plan: "enhanced",
  organization: { domain: "example.com", ...editorsAndContacts, supportEvents },
  folders: { "456789012345": { editors: ["group:b@example.com"], contacts: { security: ["b@example.com"] } } },
  projects: {
    "shop-dev": {
      editors: ["group:c@example.com"],
      contacts: { security: ["c@example.com"] },
      services: ["cloudsupport.googleapis.com"],
      alerts: { serviceHealth: { notify: ["projects/shop-dev/notificationChannels/1"] } },
    },
  },
  testCase: { project: "shop-dev" },
};

const configs = {
  "with an organization by its domain": config,
  "with an organization by its number": { ...config, organization: { id: "123456789012", ...editorsAndContacts } },
  "with the projects below a folder": {
    plan: "enhanced",
    folders: {
      "456789012345": { editors: ["group:b@example.com"], everyProject: { editors: ["group:c@example.com"] } },
    },
  },
};

describe.each(Object.entries(configs))("a request that Google does not answer, %s", (_, given) => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  afterAll(() => cloud.close());

  it("is in a finding, alone and together with all requests to its API", async () => {
    await examined(cloud, { config: given });
    // Without its answer, the caller has no address in the remedies.
    const asked = cloud.requests.filter(({ rpc }) => rpc !== "TokenInfo");
    const services = new Set(asked.map(({ service }) => service));
    const failures = [
      ...new Map(asked.map(({ service, path }) => [`${service} ${path}`, { service, path: `^${path}$` }])).values(),
      ...[...services].map((service) => ({ service, path: "" })),
    ];
    const silent: string[] = [];
    for (const [code, id] of [
      [503, "not-read"],
      [401, "credentials"],
    ] as const)
      for (const match of failures) {
        cloud.reset();
        cloud.faults.add({ match: { ...match, times: 999 }, effect: { error: { code } } });
        const findings = await examined(cloud, { config: given });
        if (!findings.some((finding) => finding.id === id))
          silent.push(`${String(code)} ${match.service} ${match.path}`);
      }
    assert.ok(failures.length > 10);
    assert.deepEqual(silent, []);
  });
});
