/** The local cloud as a server: where it listens, how it is pointed at, `/_local/…`, and what it does with bad requests. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { cloudsupport_v2 } from "googleapis/build/src/apis/cloudsupport/index.js";
import { startCloud } from "../../tools/localCloud/index.ts";
import { organization, refusedWith, useLocalCloud } from "./localCloud.ts";

const local = useLocalCloud("cloudsupport");
const { cases } = new cloudsupport_v2.Cloudsupport({});

const seededCase = "projects/shop-dev/cases/43595344";

function request(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: "Bearer local-operator-token", ...(init.headers as Record<string, string>) };
  return fetch(`${local.cloud.address}${path}`, { ...init, headers });
}

/** The error's words. */
async function messageOf(reply: Response): Promise<string> {
  const { error } = (await reply.json()) as { error: { message: string } };
  return error.message;
}

describe("where it listens", () => {
  for (const host of ["0.0.0.0", "::", "192.168.1.1", "127.0.0.1.example.com", "127.999.0.1", "localhost", ""])
    it(`is not "${host}"`, async () => {
      await assert.rejects(startCloud({ host }), {
        message: `The local cloud only listens on a loopback address such as 127.0.0.1 or ::1, not on ${host}.`,
      });
    });

  it("is a free port of the loopback, which is free again once it is closed", async () => {
    const first = await startCloud();
    assert.match(first.address, /^http:\/\/127\.0\.0\.1:\d+$/);
    const port = Number(new URL(first.address).port);
    await first.close();
    const second = await startCloud({ port, host: "127.0.0.1" });
    assert.equal(second.address, first.address);
    await second.close();
  });

  it("closes though a request hangs", async () => {
    const cloud = await startCloud();
    cloud.faults.add({ effect: "hang-before-effect" });
    const hanging = fetch(`${cloud.address}/cloudsupport/v2/caseClassifications:search`);
    while (cloud.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([cloud.close(), assert.rejects(hanging)]);
  });
});

describe("how programs are pointed at it", () => {
  it("is by an environment and a configuration whose endpoints all lead here", () => {
    const { address, environment, gcpConfig } = local.cloud;
    const {
      GOOGLE_OAUTH_ACCESS_TOKEN: token,
      GOOGLE_OAUTH2_CUSTOM_ENDPOINT: oauth2,
      GOOGLE_MONITORING_CUSTOM_ENDPOINT: monitoring,
      ...endpoints
    } = environment;
    assert.equal(token, "local-operator-token");
    // The one API whose paths have no version.
    assert.equal(oauth2, `${address}/oauth2/`);
    // The provider adds the version to this one itself.
    assert.equal(monitoring, `${address}/monitoring/`);
    for (const [name, url] of Object.entries(endpoints)) {
      assert.match(name, /^GOOGLE_[A-Z0-9_]+_CUSTOM_ENDPOINT$/);
      assert.match(url, new RegExp(`^${address}/[a-z]+/v\\d/$`));
    }
    assert.equal(gcpConfig["serviceUsageCustomEndpoint"], `${address}/serviceusage/v1/`);
    assert.equal(gcpConfig["monitoringCustomEndpoint"], monitoring);
    assert.equal(gcpConfig["universeDomain"], "emulator.invalid");
    for (const [key, url] of Object.entries(gcpConfig).filter(([name]) => name !== "monitoringCustomEndpoint"))
      if (key.endsWith("CustomEndpoint")) assert.match(url, new RegExp(`^${address}/[a-z]+/v\\d/$`));
  });
});

describe("/_local/", () => {
  it("shows the state", async () => {
    await cases.close({ name: seededCase }, local.as("operator"));
    const state = (await (await request("/_local/state")).json()) as { cases: Record<string, { state: string }> };
    assert.equal(state.cases["43595344"]?.state, "CLOSED");
  });

  it("shows the requests, with who called, what and how it ended, but not itself", async () => {
    await cases.get({ name: seededCase }, local.as("auditor"));
    await cases.close({ name: seededCase }, local.as("auditor")).catch(() => undefined);
    await request("/_local/state");
    const requests = (await (await request("/_local/requests")).json()) as object[];
    const at = new Date(local.clock.now()).toISOString();
    const common = { query: "", service: "cloudsupport.googleapis.com", consumer: "ops-admin", at };
    const principal = "serviceAccount:auditor@ops-admin.iam.gserviceaccount.com";
    const path = `/cloudsupport/v2/${seededCase}`;
    assert.deepEqual(requests, [
      {
        method: "GET",
        path,
        rpc: "GetCase",
        principal,
        status: 200,
        permissions: ["cloudsupport.techCases.get"],
        ...common,
      },
      {
        method: "POST",
        path: `${path}:close`,
        rpc: "CloseCase",
        principal,
        status: 403,
        permissions: ["cloudsupport.techCases.update"],
        ...common,
      },
    ]);
  });

  it("shows the environment", async () => {
    const { environment, gcpConfig } = local.cloud;
    assert.deepEqual(await (await request("/_local/environment")).json(), { environment, gcpConfig });
  });

  it("adds faults, shows them, and takes them away", async () => {
    const body = JSON.stringify({
      rules: [{ match: { rpc: "GetCase" }, effect: { error: { code: 503 } } }],
      settings: { searchLag: 100 },
    });
    const added = await request("/_local/faults", { method: "POST", body });
    assert.equal(added.status, 200);
    const call = cases.get({ name: seededCase }, local.as("operator"));
    assert.equal(await refusedWith(call), "503 UNAVAILABLE");
    const shown = (await (await request("/_local/faults")).json()) as typeof local.cloud.faults;
    assert.equal(shown.rules[0]?.matched, 1);
    assert.equal(shown.settings.searchLag, 100);
    await request("/_local/faults", { method: "DELETE" });
    assert.deepEqual(local.cloud.faults.rules, []);
    assert.equal(local.cloud.faults.settings.searchLag, 0);
  });

  it("refuses invalid faults, and reports where", async () => {
    for (const [body, words] of [
      [{ rules: [{ effect: "explode" }] }, /rules\[0\]\.effect/],
      [{ setings: {} }, /setings/],
      [{ settings: { latency: "long" } }, /settings\.latency/],
      [{ settings: { latency: 2 ** 31 } }, /settings\.latency/],
    ] as const) {
      const reply = await request("/_local/faults", { method: "POST", body: JSON.stringify(body) });
      assert.equal(reply.status, 400);
      assert.match(await messageOf(reply), words);
    }
    assert.equal((await request("/_local/faults", { method: "POST", body: "{" })).status, 400);
    assert.deepEqual(local.cloud.faults.rules, []);
  });

  it("resets to the seed: state, numbers, requests and faults", async () => {
    const { state } = local.cloud;
    state.organizations.clear();
    local.cloud.faults.set({ latency: 1000 });
    await cases.get({ name: seededCase }, local.as("operator")).catch(() => undefined);
    assert.equal((await request("/_local/reset", { method: "POST" })).status, 200);
    assert.equal(local.cloud.state, state, "the object stays");
    assert.equal(state.organizations.get(organization)?.displayName, "example.com");
    assert.deepEqual(local.cloud.requests, []);
    assert.equal(local.cloud.faults.settings.latency, 0);
  });

  it("resets to what shares no data with the state before", () => {
    const { state } = local.cloud;
    const seeded = JSON.stringify([[...state.organizations], [...state.groups], [...state.contacts]]);
    for (const { policy } of state.organizations.values())
      for (const { members } of policy.bindings) members.length = 0;
    for (const members of state.groups.values()) members.length = 0;
    for (const contact of state.contacts.values()) contact.notificationCategorySubscriptions.length = 0;
    local.cloud.reset();
    assert.equal(JSON.stringify([[...state.organizations], [...state.groups], [...state.contacts]]), seeded);
  });
});

describe("a request", () => {
  it("for a path that no API has is a 404, and is recorded", async () => {
    const reply = await request("/cloudsupport/v1/anything");
    assert.equal(reply.status, 404);
    assert.equal(await messageOf(reply), "The local cloud has no GET /cloudsupport/v1/anything");
    assert.equal(local.cloud.requests.at(-1)?.path, "/cloudsupport/v1/anything");
  });

  it("with a body that is not JSON is a 400", async () => {
    const reply = await request("/cloudsupport/v2/projects/shop-dev/cases", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{ displayName:",
    });
    assert.equal(reply.status, 400);
    assert.equal(await messageOf(reply), "Invalid JSON payload received.");
  });

  it("with a body that is too large is a 413, and is recorded", async () => {
    const reply = await request(`/cloudsupport/upload/v2/${seededCase}/attachments?attachment.filename=x`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: new Uint8Array(64 * 1024 * 1024 + 1),
    });
    assert.equal(reply.status, 413);
    assert.equal(local.cloud.requests.at(-1)?.status, 413);
  });

  it("that meets a defect of the local cloud is a 500 that names it", async () => {
    local.cloud.state.cases.set("43595344", null as never);
    const reply = await request("/cloudsupport/v2/projects/shop-dev/cases");
    assert.equal(reply.status, 500);
    assert.match(await messageOf(reply), /^The local cloud has a defect: TypeError: /);
    assert.equal(local.cloud.requests.at(-1)?.status, 500);
  });

  it("is answered as Google's front end does, without default values, in part if asked", async () => {
    const reply = await request(
      "/cloudsupport/v2/projects/shop-dev/cases?fields=cases(name,creator/email),nextPageToken",
    );
    assert.equal(reply.headers.get("content-type"), "application/json; charset=UTF-8");
    assert.deepEqual(await reply.json(), {
      cases: [{ name: seededCase, creator: { email: "someone-else@example.com" } }],
    });
    assert.deepEqual(await (await request("/cloudsupport/v2/projects/pay-dev/cases")).json(), {});
    assert.equal((await request("/cloudsupport/v2/projects/shop-dev/cases?fields=cases(")).status, 400);
    assert.equal((await request("/cloudsupport/v2/projects/shop-dev/cases?page_size=many")).status, 400);
  });
});
