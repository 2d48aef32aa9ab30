/** A hundred projects with planted gaps: the report has each of them, and no other. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { htmlOf } from "../../../care/report/html/page.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { config, folder, organization, startBigOrganization } from "../../support/report/bigOrganization.ts";
import { openIn, reportOn, rowsAt } from "../../support/report/reportOn.ts";

/** Where one of them shows as much as all. */
const two = { ...config, projects: { "shop-005": {}, "shop-006": {} } };

describe("a hundred projects", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startBigOrganization();
  });
  beforeEach(() => cloud.reset());
  afterAll(() => cloud.close());

  const project = (id: string) => cloud.state.projects.get(id) ?? assert.fail(id);
  const contact = (email: string) =>
    [...cloud.state.contacts.values()].find((one) => one.email === email) ?? assert.fail(email);

  it("have no gap before one is planted", async () => {
    const report = await reportOn(cloud, { config });
    assert.deepEqual(openIn(report), []);
    assert.equal(report.places.length, 102);
    assert.equal(rowsAt(report, "").get("G0 checklist")?.status, "done");
  });

  it("have each planted gap, and no other", async () => {
    project("shop-001").services.delete("servicehealth.googleapis.com");
    project("shop-002").billingAccountName = "";
    project("shop-003").billingAccountName = "billingAccounts/0FFFFF-0FFFFF-0FFFFF";
    project("shop-004").state = "DELETE_REQUESTED";
    project("shop-005").policy.bindings = [];
    project("shop-006").policy.bindings = [
      {
        role: "roles/cloudsupport.techSupportEditor",
        members: ["user:ada@example.com"],
        condition: { expression: 'request.time < timestamp("2020-01-01T00:00:00Z")' },
      },
    ];
    project("shop-007").policy.bindings = [
      { role: "roles/cloudsupport.techSupportEditor", members: ["deleted:user:gone@example.com?uid=1"] },
    ];
    cloud.state.projects.delete("shop-008");
    cloud.faults.add({
      match: { service: "essentialcontacts.googleapis.com", path: "projects/shop-009/", times: 100 },
      effect: { error: { code: 403, status: "PERMISSION_DENIED" } },
    });
    cloud.faults.add({
      match: { service: "servicehealth.googleapis.com", path: "projects/shop-010/", times: 100 },
      effect: { error: { code: 500, status: "INTERNAL" } },
    });
    contact("legal@example.com").validateTime = "2020-01-01T00:00:00Z";
    contact("security@example.com").validationState = "INVALID";
    // In this project, somebody is notified of security anyway.
    cloud.state.contacts.set(`${project("shop-011").name}/contacts/1`, {
      ...contact("security@example.com"),
      name: `${project("shop-011").name}/contacts/1`,
      email: "soc@example.com",
      validationState: "VALID",
    });

    const open = openIn(await reportOn(cloud, { config }));
    const noSecurity = ["004", "008", "009", "011"];
    const gapsOfSecurity = Array.from({ length: 100 }, (_, index) => String(index).padStart(3, "0"))
      .filter((number) => !noSecurity.includes(number))
      .map((number) => `projects/shop-${number} G5 contacts notDone: Nobody is notified of: Security.`);
    assert.deepEqual(
      open,
      [
        `${organization} G5 contacts notDone: No longer valid: security@example.com. Not confirmed for more than a year: legal@example.com.`,
        "projects/shop-001 G2 services notDone: Not enabled: Service Health API.",
        "projects/shop-002 G2 project notDone: The project has no billing account.",
        "projects/shop-003 G2 project notDone: The billing account billingAccounts/0FFFFF-0FFFFF-0FFFFF is closed.",
        "projects/shop-004 G2 project notDone: The project is marked for deletion.",
        "projects/shop-005 G3 editor notDone: Nobody has the role, neither here nor above.",
        "projects/shop-006 G3 editor notDone: Nobody has the role, neither here nor above.",
        "projects/shop-007 G3 editor notDone: Nobody has the role, neither here nor above.",
        "projects/shop-008 G2 project notRead: It does not exist, or the caller cannot see it.",
        "projects/shop-009 G5 contacts notRead: The caller lacks the permission essentialcontacts.contacts.list.",
        "projects/shop-010 G6 Service Health notRead: Google did not reply.",
        ...gapsOfSecurity,
      ].sort(),
    );
  });

  it("have an editor where the folder or the organization has one", async () => {
    project("shop-005").policy.bindings = [];
    const at = cloud.state.folders.get(folder) ?? assert.fail();
    at.policy.bindings.push({ role: "roles/cloudsupport.techSupportEditor", members: ["group:leads@example.com"] });
    assert.deepEqual(openIn(await reportOn(cloud, { config: two })), []);
  });

  it("have an unknown editor if the folder cannot be read", async () => {
    project("shop-005").policy.bindings = [];
    cloud.faults.add({
      match: { path: `${folder}:getIamPolicy`, times: 10 },
      effect: { error: { code: 403, status: "PERMISSION_DENIED" } },
    });
    const open = openIn(await reportOn(cloud, { config: two }));
    assert.deepEqual(open, [
      `${folder} G3 editor notRead: The caller lacks the permission resourcemanager.folders.getIamPolicy.`,
      `${folder} G5 contact roles notRead: The caller lacks the permission resourcemanager.folders.getIamPolicy.`,
      "projects/shop-005 G3 editor notRead: The caller lacks the permission resourcemanager.folders.getIamPolicy.",
    ]);
  });

  it("show a contact's language that the config does not have, and categories that the guide does not have", async () => {
    const finops = "finops@example.com";
    const withContact = { ...two, projects: { "shop-005": { contacts: { [finops]: { categories: ["billing"] } } } } };
    const subscribed = { notificationCategorySubscriptions: ["BILLING", "SUSTAINABILITY"], languageTag: "fr" };
    const name = `${project("shop-005").name}/contacts/1`;
    cloud.state.contacts.set(name, { ...contact("security@example.com"), name, email: finops, ...subscribed });
    const report = await reportOn(cloud, { config: withContact });
    assert.deepEqual(openIn(report), [
      "projects/shop-005 G5 contacts notDone: Notified in another language than in the config: finops@example.com (fr).",
    ]);
    assert.match(htmlOf(report), /Billing, SUSTAINABILITY<\/td><td[^>]*>fr</);
  });

  it("are written to a page of less than a megabyte", async () => {
    const { htmlOf } = await import("../../../care/report/html/page.ts");
    const size = Buffer.byteLength(htmlOf(await reportOn(cloud, { config, language: "fr" })));
    assert.ok(size < 1_000_000, String(size));
  });
});
