/** Which places an update would fail on, as the program's preview and `care doctor` both decide it. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import fc from "fast-check";
import { obstacleOf, readReadiness } from "../../components/internal.ts";
import type { Sight } from "../../components/internal.ts";
import { checkUpTransport, GoogleError, readGoogleSettings } from "../../google/index.ts";
import { loadSeed, startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";

const organizationName = "organizations/123456789012";
const nobody = "serviceAccount:nobody@ops-admin.iam.gserviceaccount.com";
const ids = Array.from({ length: 100 }, (_, index) => `shop-${String(index).padStart(3, "0")}`);

describe("the readiness of places", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    const seed = structuredClone(loadSeed());
    const [usual = assert.fail()] = seed.projects;
    seed.projects.push(
      ...ids.map((projectId, index) => ({ ...usual, projectId, projectNumber: String(200_000_000_000 + index) })),
    );
    cloud = await startCloud({ seed });
  });
  beforeEach(() => cloud.reset());
  afterAll(() => cloud.close());

  async function obstacles(resources: readonly string[], caller = "operator") {
    const environment = { ...cloud.environment, GOOGLE_OAUTH_ACCESS_TOKEN: `local-${caller}-token` };
    const settings = readGoogleSettings(() => undefined, environment);
    const transport = checkUpTransport(settings, undefined, { sleep: () => Promise.resolve() });
    const { obstacles: found, hasSeenAny } = await readReadiness(transport, resources);
    return { found: Object.fromEntries([...found].map(([resource, { kind }]) => [resource, kind])), hasSeenAny };
  }
  const projectOf = (id: string) => cloud.state.projects.get(id) ?? assert.fail();
  const grant = (resource: { policy: { bindings: unknown[] } }, ...roles: string[]) =>
    resource.policy.bindings.push(...roles.map((role) => ({ role, members: [nobody] })));
  const organization = () => cloud.state.organizations.get(organizationName) ?? assert.fail();

  it("takes one request for each of a hundred projects that are there, and a few searches", async () => {
    const { found, hasSeenAny } = await obstacles(ids.map((id) => `projects/${id}`));
    assert.deepEqual([found, hasSeenAny], [{}, true]);
    const asked = Map.groupBy(cloud.requests, ({ rpc }) => rpc);
    assert.deepEqual(
      [...asked].map(([rpc, each]) => [rpc, each.length]),
      [
        ["SearchProjects", 3],
        ["GetProjectBillingInfo", 100],
      ],
    );
  });

  it("is asked of each project by itself where the search fails, or does not find it yet", async () => {
    cloud.faults.add({ match: { rpc: "SearchProjects", times: 9 }, effect: { error: { code: 500 } } });
    const resources = ["projects/shop-dev", "projects/gone-dev", "projects/legacy-dev", "projects/shop-live"];
    assert.deepEqual((await obstacles(resources)).found, {
      "projects/gone-dev": "inactive",
      "projects/legacy-dev": "unbilled",
      "projects/shop-live": "absent",
    });
  });

  it("is the same at a folder and at an organization", async () => {
    const folder = cloud.state.folders.get("folders/456789012345") ?? assert.fail();
    const resources = ["folders/456789012345", "folders/999", organizationName, "organizations/999"];
    assert.deepEqual((await obstacles(resources)).found, { "folders/999": "absent", "organizations/999": "absent" });
    folder.state = "DELETE_REQUESTED";
    assert.deepEqual((await obstacles([folder.name])).found, { [folder.name]: "inactive" });
  });

  it("is not known to one who sees nothing, and no absence is certain to one who does not see all", async () => {
    const resources = ["projects/shop-dev", "projects/shop-live"];
    const unseen = { "projects/shop-dev": "unseen", "projects/shop-live": "unseen" };
    assert.deepEqual(await obstacles(resources, "nobody"), { found: unseen, hasSeenAny: false });
    grant(projectOf("shop-dev"), "roles/browser");
    const one = { found: { "projects/shop-live": "unseen" }, hasSeenAny: true };
    assert.deepEqual(await obstacles(resources, "nobody"), one);
    grant(organization(), "roles/resourcemanager.organizationViewer");
    assert.deepEqual(await obstacles(resources, "nobody"), one);
    grant(organization(), "roles/browser");
    assert.deepEqual((await obstacles(resources, "nobody")).found, { "projects/shop-live": "absent" });
    const other = {
      ...structuredClone(organization()),
      name: "organizations/2",
      id: "2",
      displayName: "other.example",
    };
    other.policy.bindings = [{ role: "roles/resourcemanager.organizationViewer", members: [nobody] }];
    cloud.state.organizations.set(other.name, other);
    assert.deepEqual(await obstacles(resources, "nobody"), one, "it may be of the organization that is not overseen");
  });

  it("has no obstacle at a place on which the caller has any permission", async () => {
    grant(projectOf("shop-dev"), "roles/essentialcontacts.viewer");
    grant(organization(), "roles/cloudsupport.techSupportViewer");
    assert.deepEqual((await obstacles(["projects/shop-dev", organizationName], "nobody")).found, {});
  });

  it("is unknown where Google does not answer, whatever the missing answer", async () => {
    const resources = ["projects/shop-live", "projects/legacy-dev", "folders/999", "organizations/999"];
    for (const [code, reason] of [
      [403, "SERVICE_DISABLED"],
      [403, "USER_PROJECT_DENIED"],
      [403, "SECURITY_POLICY_VIOLATED"],
      [401, undefined],
      [500, undefined],
    ] as const) {
      cloud.faults.clear();
      cloud.faults.add({ match: { times: 999 }, effect: { error: { code, ...(reason && { reason }) } } });
      assert.deepEqual((await obstacles(resources)).found, {}, `${String(code)} ${String(reason)}`);
    }
  });
});

describe("an obstacle", () => {
  it("is no reply that is none of Google's", () => {
    const sight = { anOrganization: true, allProjects: true, allFolders: true };
    for (const value of ["<html>", {}, { projects: [] }] as { state?: string }[])
      assert.equal(
        obstacleOf("projects/shop-dev", { self: { value }, billing: { value: value as object } }, sight),
        undefined,
      );
  });

  const codes: Readonly<Record<number, string>> = {
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    401: "UNAUTHENTICATED",
  };
  /** Without a code it comes from a proxy, as a page. */
  const error = (status: number, reason: string | undefined, isPage: boolean) =>
    new GoogleError("no", { request: "GET", status, code: isPage ? undefined : codes[status], reason });
  const sights = fc.record({ anOrganization: fc.boolean(), allProjects: fc.boolean(), allFolders: fc.boolean() });
  const resource = fc.constantFrom("projects/shop-dev", "folders/1", "organizations/1");

  it("is an absence only where the caller would see the place, has no permission on it, and Google's reply states exactly that", () => {
    fc.assert(
      fc.property(
        resource,
        sights,
        fc.option(fc.subarray(["a.b.c", "d.e.f"]), { nil: undefined }),
        fc.constantFrom(400, 401, 403, 404, 429, 500, 503),
        fc.option(fc.constantFrom("SERVICE_DISABLED", "IAM_PERMISSION_DENIED", "CONSUMER_INVALID"), { nil: undefined }),
        fc.boolean(),
        (name, sight: Sight, permissions, status, reason, isPage) => {
          const kind = obstacleOf(
            name,
            { self: { error: error(status, reason, isPage) }, held: permissions },
            sight,
          )?.kind;
          const sees = { projects: sight.allProjects, folders: sight.allFolders, organizations: sight.anOrganization };
          const isOverseen = sees[name.split("/")[0] as keyof typeof sees];
          const isOfSight = !isPage && (reason === undefined || reason === "IAM_PERMISSION_DENIED");
          const isBlank = permissions?.length === 0;
          if (status === 404 && isOfSight) assert.equal(kind, "absent");
          else if (status === 403 && isOfSight && isBlank) assert.equal(kind, isOverseen ? "absent" : "unseen");
          else assert.equal(kind, undefined);
        },
      ),
    );
  });
});
