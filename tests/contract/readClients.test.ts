/** What the product reads for a report, by its own clients: incidents, recommendations, insights, inherited contacts, folders. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import {
  createTransport,
  essentialContactsApi,
  readGoogleSettings,
  recommenderApi,
  resourceManagerApi,
  serviceHealthApi,
} from "../../google/index.ts";
import { folder, organization, useLocalCloud } from "./localCloud.ts";

const local = useLocalCloud("");

const transport = () => createTransport(readGoogleSettings(() => undefined, local.cloud.environment));

describe("Service Health", () => {
  it("returns active events, however old, and those that changed since", async () => {
    const ids = async (since: string) =>
      (await serviceHealthApi(transport()).listEvents("shop-dev", new Date(since))).map(
        ({ name }) => name.split("/")[5],
      );
    assert.deepEqual(await ids("2026-10-01T00:00:00Z"), ["incident-compute-2026-09"]);
    assert.deepEqual((await ids("2026-07-01T00:00:00Z")).sort(), [
      "incident-compute-2026-09",
      "incident-storage-2026-07",
    ]);
  });
});

describe("Recommender", () => {
  it("has the locations, and the active recommendations and insights of each", async () => {
    const api = recommenderApi(transport());
    assert.deepEqual(await api.listLocations("shop-dev"), ["global", "us-central1-a"]);
    const types = await api.listRecommendations(
      "shop-dev",
      "us-central1-a",
      "google.compute.instance.MachineTypeRecommender",
    );
    assert.deepEqual(
      types.map(({ priority, primaryImpact }) => [priority, primaryImpact?.category]),
      [["P3", "COST"]],
    );
    const [insight] = await api.listInsights("shop-dev", "global", "google.iam.policy.Insight");
    assert.equal(insight?.severity, "HIGH");
  });
});

describe("Essential Contacts", () => {
  it("has a project's contacts with those of all above it", async () => {
    const [contact, ...others] = await essentialContactsApi(transport()).computeContacts("projects/shop-dev");
    assert.deepEqual([contact?.email, contact?.validationState, others], ["legal@example.com", "VALID", []]);
    assert.ok(contact?.name.startsWith(`${organization}/contacts/`));
  });
});

describe("Resource Manager", () => {
  it("has a project's parent, and that one's", async () => {
    const api = resourceManagerApi(transport());
    assert.equal((await api.getProject("shop-dev")).parent, folder);
    const { parent, displayName } = await api.getFolder(folder.replace("folders/", ""));
    assert.deepEqual([parent, displayName], [organization, "Shop"]);
  });
});
