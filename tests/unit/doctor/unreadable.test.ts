/** A request that Google does not answer skips its own check: what the other answers refuse for certain stays an error. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { readSight, refusalsAt } from "../../../components/internal.ts";
import type { Refusal } from "../../../components/internal.ts";
import { readMemberOrganizations, readUpdateFacts } from "../../../components/obstacles/read.ts";
import { checkUpTransport, readGoogleSettings } from "../../../google/index.ts";
import { check, placesOf } from "../../../onboarding/index.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { examined } from "../../support/examination.ts";
import { organizationOf, projectOf } from "./findings/scenario.ts";

const ofProject = {
  editors: ["serviceAccount:x@pay-dev.iam.gserviceaccount.com"],
  contacts: { security: ["zoe@evil.example"] },
  alerts: { serviceHealth: { notify: ["projects/shop-dev/notificationChannels/1"] } },
};
const config = { plan: "enhanced", projects: { "shop-dev": ofProject, "old-dev": {} } };

describe("a request that Google does not answer", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  beforeEach(plant);
  afterAll(() => cloud.close());

  /** Every constraint refuses something. */
  function plant() {
    cloud.reset();
    Object.assign(organizationOf(cloud), {
      allowedServices: ["cloudsupport.googleapis.com"],
      allowedContactDomains: ["@example.com"],
      managedContactDomains: ["@example.com"],
      allowedPolicyMemberDomains: [],
      allowedPolicyMembers: { allowedMemberSubjects: [], allowedPrincipalSets: [] },
    });
    projectOf(cloud, "shop-dev").billingAccountName = "";
  }

  function transport() {
    const environment = { ...cloud.environment, GOOGLE_OAUTH_ACCESS_TOKEN: "local-operator-token" };
    const options = { sleep: () => Promise.resolve() };
    return checkUpTransport(
      readGoogleSettings(() => undefined, environment),
      { asked: 0, answered: 0 },
      options,
    );
  }

  /** The errors of the doctor, and those of the preview by the code that both share. */
  const errors = {
    "care doctor": async () =>
      (await examined(cloud, { config })).flatMap(({ id, level, where, what }) =>
        level === "error" ? [`${id} ${where} ${constraintIn(what)}`] : [],
      ),
    "the preview": async () => {
      const places = placesOf(check(config).config ?? assert.fail(), undefined);
      const wanted = places.find(({ resource }) => resource === "projects/shop-dev");
      assert.ok(wanted);
      const facts = await readUpdateFacts(transport(), wanted);
      const members = [{ grants: wanted.grants, policies: facts.orgPolicies }];
      const memberOrganizations = await readMemberOrganizations(transport(), members);
      const refusals: readonly Refusal[] = refusalsAt(wanted, facts, { memberOrganizations, grantedFirst: [] });
      return refusals.flatMap((one) =>
        one.level === "error"
          ? [
              `${one.kind} ${one.kind === "service-restricted" ? "gcp.restrictServiceUsage" : "constraint" in one ? one.constraint : ""}`,
            ]
          : [],
      );
    },
  };

  const fail = ({ service, path }: { readonly service: string; readonly path: string }) =>
    cloud.faults.add({ match: { service, path: `^${path}$`, times: 999 }, effect: { error: { code: 503 } } });

  for (const [name, errorsOf] of Object.entries(errors))
    it(`takes from ${name} no error of another request`, async () => {
      const before = [...new Set(await errorsOf())];
      const asked = new Map(cloud.requests.map((request) => [`${request.service} ${request.path}`, request]));
      const lost = new Map<string, string[]>();
      for (const request of asked.values()) {
        plant();
        fail(request);
        const after = await errorsOf();
        const missing = before.filter((one) => !after.includes(one));
        lost.set(`${request.rpc} ${request.path}`, missing);
        assert.ok(missing.length <= 1, `without ${request.path}: ${missing.join("; ")}`);
      }
      const ofConstraints = [...lost].filter(([request]) => request.includes("/shop-dev/policies/"));
      assert.equal(ofConstraints.length, 5);
      for (const [request, [constraint = ""]] of ofConstraints)
        assert.ok(request.includes(`/${constraint.split(" ").at(-1) ?? ""}:`), `${request}: ${constraint}`);
    });

  it("does not hide that the caller sees an organization", async () => {
    fail({ service: "cloudresourcemanager.googleapis.com", path: ".*organizations/[0-9]+:testIamPermissions" });
    const seen = { anOrganization: true, allProjects: false, allFolders: false };
    assert.deepEqual(await readSight(transport()), seen);
  });
});

const constraintIn = (what: string) => /^The policy (\S+)/.exec(what)?.[1] ?? "";
