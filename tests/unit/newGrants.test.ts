/** Which denied calls wait for a grant of the same update. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { cachedTransport, explainingGrants, isPermissionDenied, newGrantOf } from "../../components/newGrants.ts";
import type { NewGrant } from "../../components/newGrants.ts";
import { contactType } from "../../components/gcpTypes.ts";
import { GoogleError } from "../../google/index.ts";
import type { Transport } from "../../google/index.ts";

const caseType = "pulumi-nodejs:dynamic/customercare:SupportCase";
const editor = "roles/cloudsupport.techSupportEditor";
const contactAdmin = "roles/essentialcontacts.admin";

const denied: readonly (readonly [string, string])[] = [
  [caseType, "POST host/v2/projects/shop-dev/cases: 403 PERMISSION_DENIED: The caller does not have permission"],
  [
    caseType,
    "403 PERMISSION_DENIED: Permission 'cloudsupport.techCases.create' denied on resource '//x' (or it may not exist).",
  ],
  [contactType, "Error creating Contact: googleapi: Error 403: The caller does not have permission"],
  [
    contactType,
    'googleapi: Error 403: Permission \'essentialcontacts.contacts.create\' denied on resource "//essentialcontacts.googleapis.com/projects/x"\nDetails: [{"domain": "iam.googleapis.com", "metadata": {"permission": "essentialcontacts.contacts.create"}, "reason": "IAM_PERMISSION_DENIED"}]',
  ],
];

const others: readonly (readonly [string, string])[] = [
  [caseType, "404 NOT_FOUND: The caller does not have permission"],
  [
    caseType,
    "403 PERMISSION_DENIED: Permission 'resourcemanager.organizations.get' denied on resource '//x' (or it may not exist).",
  ],
  [
    caseType,
    "403 PERMISSION_DENIED: Request is prohibited by organization's policy. vpcServiceControlsUniqueIdentifier: x",
  ],
  [caseType, "403 PERMISSION_DENIED: Request is prohibited\nSee docs/reference/errors.md#permission-denied"],
  [caseType, "403 PERMISSION_DENIED: Request had insufficient authentication scopes."],
  [caseType, "403 PERMISSION_DENIED: This API method requires billing to be enabled."],
  [
    contactType,
    "googleapi: Error 403: Your application is authenticating by using local Application Default Credentials. The essentialcontacts.googleapis.com API requires a quota project, which is not set by default.",
  ],
  [
    contactType,
    'googleapi: Error 403: Caller does not have required permission to use project shop-dev. Grant the caller the roles/serviceusage.serviceUsageConsumer role. Details: "reason": "USER_PROJECT_DENIED"',
  ],
  [contactType, "googleapi: Error 403: Required 'cloudsupport.techCases.create' permission for 'projects/x'"],
  ["gcp:projects/service:Service", "Error 403: The caller does not have permission"],
];

describe("a denied call", () => {
  for (const [type, error] of denied)
    it(`can lack a permission: ${error.slice(0, 90)}`, () => assert.equal(isPermissionDenied(error, type), true));
  for (const [type, error] of others)
    it(`has another cause: ${error.slice(0, 90)}`, () => assert.equal(isPermissionDenied(error, type), false));
});

describe("a grant of the same update", () => {
  const parents: Readonly<Record<string, string>> = {
    "v3/projects/shop-dev": "folders/2",
    "v3/folders/2": "organizations/1",
  };
  const transport = {
    settings: {},
    request: ({ path }: { path: string }) => {
      const key = Object.keys(parents).find((one) => path.endsWith(one.replace("v3/", "")));
      return Promise.resolve({ name: "x", projectId: "shop-dev", parent: parents[key ?? ""], state: "ACTIVE" });
    },
  } as unknown as Transport;
  const grant = (more: Partial<NewGrant>): NewGrant => ({
    role: editor,
    member: "user:ada@example.com",
    place: "projects/shop-dev",
    at: 0,
    ...more,
  });
  const call = { type: caseType, inputs: { parent: "projects/shop-dev" }, caller: "user:ada@example.com" };
  const explains = async (one: Partial<NewGrant>, of: Partial<typeof call> & { caller?: string | undefined } = {}) =>
    (await explainingGrants([grant(one)], { ...call, ...of }, transport)).length === 1;

  it("explains the call at its place and below it", async () => {
    for (const place of ["projects/shop-dev", "folders/2", "organizations/1"])
      assert.ok(await explains({ place }), place);
    for (const place of ["projects/pay-dev", "folders/3", "organizations/2"])
      assert.ok(!(await explains({ place })), place);
  });

  it("elsewhere explains no call at a project without an organization, but any at one that cannot be read", async () => {
    const explainsAt = async (project: string, of: Transport) =>
      (await explainingGrants([grant({})], { ...call, inputs: { parent: project } }, of)).length === 1;
    assert.ok(!(await explainsAt("projects/alone", transport)));
    const denied = () => Promise.reject(new GoogleError("403", { request: "x", status: 403 }));
    assert.ok(await explainsAt("projects/hidden", { ...transport, request: denied }));
  });

  it("explains the call of its member, of a group and of an unknown caller", async () => {
    assert.ok(await explains({ member: "group:sre@example.com" }));
    assert.ok(await explains({ member: "principalSet://iam.googleapis.com/projects/1/x" }));
    assert.ok(await explains({ member: "user:bob@example.com" }, { caller: undefined }));
    assert.ok(!(await explains({ member: "user:bob@example.com" })));
    assert.ok(!(await explains({ member: "serviceAccount:a@b.iam.gserviceaccount.com" })));
  });

  it("explains only calls that need its role", async () => {
    assert.ok(!(await explains({ role: contactAdmin })));
    assert.ok(await explains({ role: contactAdmin }, { type: contactType }));
    assert.ok(!(await explains({ role: "roles/essentialcontacts.viewer" }, { type: contactType })));
  });

  it("is read from the inputs of each level", () => {
    const of = (place: object) => newGrantOf({ role: editor, member: "user:Ada@Example.com", ...place }, 7)?.place;
    assert.equal(of({ orgId: "1" }), "organizations/1");
    assert.equal(of({ folder: "folders/2" }), "folders/2");
    assert.equal(of({ project: "shop-dev" }), "projects/shop-dev");
    assert.equal(newGrantOf({ role: editor }, 7), undefined);
  });

  it("is looked up once for all calls that it may explain, and again after an error", async () => {
    const paths: string[] = [];
    let fails = true;
    const once = cachedTransport({
      settings: transport.settings,
      request: <Reply>(request: Parameters<Transport["request"]>[0]) => {
        paths.push(request.path);
        return fails
          ? Promise.reject(new GoogleError("503", { request: request.path, status: 503 }))
          : transport.request<Reply>(request);
      },
    });
    const explainAll = () =>
      Promise.all(
        Array.from({ length: 500 }, () => explainingGrants([grant({ place: "organizations/1" })], call, once)),
      );
    await explainAll();
    assert.equal(paths.length, 1);
    fails = false;
    for (let tries = 0; tries < 5; tries++)
      assert.ok(
        (await explainAll()).every((grants) => grants.length === 1),
        String(tries),
      );
    assert.equal(paths.length, 3, paths.join());
  });
});
