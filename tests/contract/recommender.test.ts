/** Recommender v1, through Google's own client. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { recommender_v1, recommender_v1beta1 } from "googleapis/build/src/apis/recommender/index.js";
import { errorInfo, operator, organization, refusal, refusedWith, useLocalCloud } from "./localCloud.ts";

const local = useLocalCloud("recommender");
const { projects, organizations } = new recommender_v1.Recommender({});

const machineTypes =
  "projects/shop-dev/locations/us-central1-a/recommenders/google.compute.instance.MachineTypeRecommender";

describe("recommendations", () => {
  const list = (parent: string, filter = "") =>
    projects.locations.recommenders.recommendations.list({ parent, filter }, local.as("operator"));

  it("are listed for one recommender at one location, with the project's number in their names", async () => {
    const { data } = await list(machineTypes);
    assert.equal(data.recommendations?.length, 2);
    assert.match(
      data.recommendations[0]?.name ?? "",
      /^projects\/100000000001\/locations\/us-central1-a\/recommenders\//,
    );
    const elsewhere = await list(machineTypes.replace("us-central1-a", "europe-west1-b"));
    assert.deepEqual(elsewhere.data, {});
  });

  it("are filtered by state, priority and subtype", async () => {
    const descriptions = async (filter: string) =>
      ((await list(machineTypes, filter)).data.recommendations ?? []).map(({ priority }) => priority);
    assert.deepEqual(await descriptions("stateInfo.state = ACTIVE"), ["P3"]);
    assert.deepEqual(await descriptions("priority = P4 OR priority = P3"), ["P3", "P4"]);
    assert.deepEqual(await descriptions("recommenderSubtype = STOP_VM"), []);
    assert.equal(await refusedWith(list(machineTypes, "colour = RED")), "400 INVALID_ARGUMENT");
    assert.equal(await refusedWith(list(machineTypes, `priority = ${"P".repeat(500)}`)), "400 INVALID_ARGUMENT");
  });

  it("are read one by one", async () => {
    const name = `${machineTypes}/recommendations/7a1f0c52-0001-4c5e-9d11-3f7a60a1b001`;
    const { data } = await projects.locations.recommenders.recommendations.get({ name }, local.as("operator"));
    assert.equal(data.recommenderSubtype, "CHANGE_MACHINE_TYPE");
    const none = projects.locations.recommenders.recommendations.get({ name: `${name}0` }, local.as("operator"));
    assert.equal(await refusedWith(none), "404 NOT_FOUND");
  });

  it("need the permission of their kind", async () => {
    const error = await refusal(
      projects.locations.recommenders.recommendations.list({ parent: machineTypes }, local.as("nobody")),
    );
    assert.equal(
      errorInfo(error).metadata?.["permission"],
      "recommender.computeInstanceMachineTypeRecommendations.list",
    );
  });
});

describe("insights", () => {
  it("are listed for one type at one location, and filtered by severity", async () => {
    const parent = "projects/shop-dev/locations/global/insightTypes/google.iam.policy.Insight";
    const list = (filter: string) =>
      projects.locations.insightTypes.insights.list({ parent, filter }, local.as("operator"));
    assert.equal((await list("severity = HIGH")).data.insights?.length, 1);
    assert.deepEqual((await list("severity = LOW")).data, {});
  });

  it("are there for an organization", async () => {
    const { data } = await organizations.locations.insightTypes.insights.list(
      { parent: `${organization}/locations/global/insightTypes/google.iam.policy.Insight` },
      local.as("operator"),
    );
    assert.equal(data.insights?.[0]?.insightSubtype, "SERVICE_ACCOUNT_USAGE");
  });
});

describe("locations", () => {
  const beta = new recommender_v1beta1.Recommender({});
  const list = (name: string, caller: "operator" | "nobody" = "operator") =>
    beta.projects.locations.list({ name }, local.as(caller));

  it("are those that have recommendations or insights", async () => {
    const { data } = await list("projects/shop-dev");
    assert.deepEqual(
      data.locations?.map(({ locationId }) => locationId),
      ["global", "us-central1-a"],
    );
    assert.deepEqual((await list("projects/shop-prod")).data, {});
  });

  it("need a permission of their own", async () => {
    const error = await refusal(list("projects/shop-dev", "nobody"));
    assert.equal(errorInfo(error).metadata?.["permission"], "recommender.locations.list");
  });
});

describe("a recommendation's state", () => {
  const { recommendations } = projects.locations.recommenders;

  it("is changed by those who may, with the current etag", async () => {
    const { data } = await recommendations.list(
      { parent: machineTypes, filter: "stateInfo.state=ACTIVE" },
      local.as("operator"),
    );
    const { name = "", etag = "" } = (data.recommendations?.[0] ?? {}) as { name?: string; etag?: string };
    const claim = (tag: string) =>
      recommendations.markClaimed(
        { name, requestBody: { etag: tag, stateMetadata: { by: "ada" } } },
        local.as("operator"),
      );
    assert.equal(await refusedWith(claim(etag)), "403 PERMISSION_DENIED");
    const { policy } = local.cloud.state.projects.get("shop-dev") ?? assert.fail();
    local.cloud.state.roles.set("roles/recommender.computeAdmin", [
      "recommender.computeInstanceMachineTypeRecommendations.update",
    ]);
    policy.bindings.push({ role: "roles/recommender.computeAdmin", members: [operator] });
    assert.equal(await refusedWith(claim('"old"')), "409 ABORTED");
    const claimed = await claim(etag);
    assert.deepEqual(claimed.data.stateInfo, { state: "CLAIMED", stateMetadata: { by: "ada" } });
    assert.notEqual(claimed.data.etag, etag);
    const dismissed = recommendations.markDismissed({ name, requestBody: {} }, local.as("operator"));
    assert.equal(await refusedWith(dismissed), "400 FAILED_PRECONDITION");
  });

  it("is of a recommender with a configuration", async () => {
    const { data } = await projects.locations.recommenders.getConfig(
      { name: `${machineTypes}/config` },
      local.as("operator"),
    );
    assert.equal(data.name, `${machineTypes.replace("shop-dev", "100000000001")}/config`);
  });
});
