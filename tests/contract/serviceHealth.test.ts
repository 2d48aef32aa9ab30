/** Personalized Service Health v1. `googleapis` does not have it, so Google's auth library sends these requests. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { OAuth2Client } from "google-auth-library";
import { organization, refusedWith, useLocalCloud } from "./localCloud.ts";
import type { Caller } from "./localCloud.ts";

const local = useLocalCloud("servicehealth");
const client = new OAuth2Client();

interface Event {
  readonly name: string;
  readonly updates?: readonly unknown[];
}

interface Reply {
  readonly name?: string;
  readonly events?: readonly Event[];
  readonly organizationEvents?: readonly Event[];
  readonly organizationImpacts?: readonly Event[];
  readonly nextPageToken?: string;
  readonly updates?: readonly unknown[];
}

async function get(path: string, params: Record<string, unknown> = {}, caller: Caller = "operator"): Promise<Reply> {
  const { rootUrl, headers, retry } = local.as(caller);
  client.setCredentials({ access_token: `local-${caller}-token` });
  const { data } = await client.request<Reply>({ url: `${rootUrl}v1/${path}`, params, headers, retry });
  return data;
}

function ids(events: readonly Event[] | undefined): (string | undefined)[] {
  return (events ?? []).map(({ name }) => name.split("/").at(-1));
}

const shopEvents = "projects/shop-dev/locations/global/events";

describe("the locations of a project", () => {
  it("are global only", async () => {
    const name = "projects/shop-dev/locations/global";
    const global = { name, locationId: "global" };
    assert.deepEqual(await get("projects/shop-dev/locations"), { locations: [global] });
    assert.deepEqual(await get(name), global);
    assert.equal(await refusedWith(get("projects/shop-dev/locations/europe-west3")), "404 NOT_FOUND");
    assert.equal(await refusedWith(get("projects/shop-dev/locations", {}, "nobody")), "403 PERMISSION_DENIED");
  });
});

describe("a project's events", () => {
  it("are listed without their updates, unless the full view is requested", async () => {
    const { events } = await get(shopEvents);
    assert.deepEqual(ids(events), ["incident-compute-2026-09", "incident-storage-2026-07"]);
    assert.equal(events?.[0]?.updates, undefined);
    const full = await get(shopEvents, { view: "EVENT_VIEW_FULL" });
    assert.equal(full.events?.[0]?.updates?.length, 1);
    assert.equal(await refusedWith(get(shopEvents, { view: "FULL" })), "400 INVALID_ARGUMENT");
  });

  it("are filtered by category, state, time and product", async () => {
    const matching = async (filter: string) => ids((await get(shopEvents, { filter })).events);
    assert.deepEqual(await matching("category=INCIDENT state=ACTIVE"), ["incident-compute-2026-09"]);
    assert.deepEqual(await matching("state=CLOSED OR state=ACTIVE"), [
      "incident-compute-2026-09",
      "incident-storage-2026-07",
    ]);
    assert.deepEqual(await matching('update_time>="2026-08-01T00:00:00Z"'), ["incident-compute-2026-09"]);
    assert.deepEqual(await matching('event_impacts.product.product_name:"Cloud Storage"'), [
      "incident-storage-2026-07",
    ]);
    assert.equal(await refusedWith(get(shopEvents, { filter: "severity=HIGH" })), "400 INVALID_ARGUMENT");
  });

  it("are paged, a hundred at most", async () => {
    const { events, nextPageToken } = await get(shopEvents, { pageSize: 1 });
    assert.deepEqual(ids(events), ["incident-compute-2026-09"]);
    const next = await get(shopEvents, { pageSize: 1, pageToken: nextPageToken });
    assert.deepEqual(ids(next.events), ["incident-storage-2026-07"]);
    assert.equal(next.nextPageToken, undefined);
    assert.equal(await refusedWith(get(shopEvents, { pageSize: 101 })), "400 INVALID_ARGUMENT");
  });

  it("are read one by one, by the project's number too", async () => {
    const { name, updates } = await get("projects/100000000001/locations/global/events/incident-compute-2026-09");
    assert.equal(name, `${shopEvents}/incident-compute-2026-09`);
    assert.equal(updates?.length, 1);
    assert.equal(await refusedWith(get(`${shopEvents}/none`)), "404 NOT_FOUND");
  });

  it("are empty for a project without any, and closed to one without a role", async () => {
    assert.deepEqual(await get("projects/legacy-dev/locations/global/events"), {});
    assert.equal(await refusedWith(get(shopEvents, {}, "nobody")), "403 PERMISSION_DENIED");
  });
});

describe("an organization's events", () => {
  it("are listed with what they touch", async () => {
    const { organizationEvents } = await get(`${organization}/locations/global/organizationEvents`);
    assert.deepEqual(ids(organizationEvents), ["incident-compute-2026-09"]);
    const impacts = await get(`${organization}/locations/global/organizationImpacts`, {
      filter: `events:${encodeURIComponent(organizationEvents?.[0]?.name ?? "")}`,
    });
    assert.deepEqual(ids(impacts.organizationImpacts), ["impact-shop-dev", "impact-pay-dev"]);
    const none = await get(`${organization}/locations/global/organizationImpacts`, { filter: "events:other" });
    assert.deepEqual(none, {});
  });

  it("have views of their own name", async () => {
    const path = `${organization}/locations/global/organizationEvents`;
    const full = await get(path, { view: "ORGANIZATION_EVENT_VIEW_FULL" });
    assert.equal(full.organizationEvents?.[0]?.updates?.length, 1);
    assert.equal(await refusedWith(get(path, { view: "EVENT_VIEW_FULL" })), "400 INVALID_ARGUMENT");
  });
});
