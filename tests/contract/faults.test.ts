/** Faults on demand, as Google's own client suffers them. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { cloudsupport_v2 } from "googleapis/build/src/apis/cloudsupport/index.js";
import { serviceusage_v1 } from "googleapis/build/src/apis/serviceusage/index.js";
import type { FaultRuleInput } from "../../tools/localCloud/index.ts";
import { errorInfo, refusal, refusedWith, useLocalCloud } from "./localCloud.ts";
import { endLimitsWithoutReply } from "../support/timeLimits.ts";

const local = useLocalCloud("cloudsupport");
const { cases } = new cloudsupport_v2.Cloudsupport({});
const { services } = new serviceusage_v1.Serviceusage({});

const shop = "projects/shop-dev";
const requestBody: cloudsupport_v2.Schema$Case = {
  displayName: "Test issue",
  description: "Test message",
  classification: {
    id: "100IK2AKCLHMGRJ9CDGMOCGP8DM6UTB4BT262T31BT1M2T31DHNMENPO6KS36CPJ786L2TBFEHGN6NPI64R3CDHN8880G08I1H3MURR7DHII0GRCDTQM8",
  },
  priority: "P4",
};

function create(options: object = {}) {
  return cases.create({ parent: shop, requestBody }, { ...local.as("operator"), ...options });
}

/** The number of cases in addition to the seed's one. */
function created(): number {
  return local.cloud.state.cases.size - 1;
}

const onCreate = (effect: FaultRuleInput["effect"], match: FaultRuleInput["match"] = {}): FaultRuleInput => ({
  match: { rpc: "CreateCase", ...match },
  effect,
});

describe("an error on demand", () => {
  for (const [code, status] of Object.entries({
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    499: "CANCELLED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    502: "UNAVAILABLE",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
  }))
    it(`answers ${code} ${status}, once, without the effect`, async () => {
      local.cloud.faults.add(onCreate({ error: { code: Number(code) } }));
      assert.equal(await refusedWith(create()), `${code} ${status}`);
      assert.equal(local.cloud.requests.at(-1)?.status, Number(code));
      assert.equal(created(), 0);
      await create();
      assert.equal(created(), 1);
    });

  it("has the configured status, words, reason and Retry-After", async () => {
    local.cloud.faults.add(
      onCreate({
        error: {
          code: 429,
          status: "RESOURCE_EXHAUSTED",
          message: "Slow down.",
          reason: "RATE_LIMIT_EXCEEDED",
          retryAfterSeconds: 30,
        },
      }),
    );
    const refused = create();
    const error = await refusal(refused);
    assert.equal(error.message, "Slow down.");
    assert.deepEqual(errorInfo(error), {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason: "RATE_LIMIT_EXCEEDED",
      domain: "googleapis.com",
      metadata: { service: "cloudsupport.googleapis.com" },
    });
    await assert.rejects(
      refused,
      (thrown: { response: Response }) => thrown.response.headers.get("retry-after") === "30",
    );
  });

  it("can come after the effect, as when a deadline expires", async () => {
    local.cloud.faults.add(onCreate({ error: { code: 504, afterEffect: true } }));
    assert.equal(await refusedWith(create()), "504 DEADLINE_EXCEEDED");
    assert.equal(created(), 1);
  });

  it("is retried by Google's client for a read, and not for a write", async () => {
    const { retry: _retry, ...options } = local.as("operator");
    local.cloud.faults.add({ match: { rpc: "ListCases" }, effect: { error: { code: 503 } } });
    const { data } = await cases.list({ parent: shop }, options);
    assert.equal(data.cases?.length, 1);
    assert.deepEqual(
      local.cloud.requests.map(({ status }) => status),
      [503, 200],
    );
    local.cloud.faults.add(onCreate({ error: { code: 503 } }));
    assert.equal(await refusedWith(cases.create({ parent: shop, requestBody }, options)), "503 UNAVAILABLE");
  });
});

describe("which requests a fault is for", () => {
  const error = { error: { code: 503 } };

  it("is counted: the nth, and so many times", async () => {
    local.cloud.faults.add(onCreate(error, { nth: 2, times: 2 }));
    const results = [];
    for (let request = 0; request < 4; request++)
      results.push(
        await create().then(
          () => 200,
          () => 503,
        ),
      );
    assert.deepEqual(results, [200, 503, 503, 200]);
  });

  it("is reported by service, method and path", async () => {
    const list = () => cases.list({ parent: shop }, local.as("operator"));
    for (const match of [
      { service: "cloudsupport.googleapis.com" },
      { method: "GET" },
      { path: "^/cloudsupport/v2/projects/shop-dev/cases$" },
      {},
    ]) {
      local.cloud.faults.add({ match, effect: error });
      assert.equal(await refusedWith(list()), "503 UNAVAILABLE");
    }
    for (const match of [{ service: "serviceusage.googleapis.com" }, { method: "POST" }, { path: "pay-dev" }]) {
      local.cloud.faults.add({ match, effect: error });
      await list();
    }
  });

  it("must be a rule", () => {
    const wrong: unknown[] = [
      { effect: "explode" },
      { effect: { error: { code: 200 } } },
      { effect: { latency: -1 } },
      { effect: error, match: { path: "(" } },
      { effect: error, match: { rcp: "CreateCase" } },
    ];
    for (const rule of wrong) assert.throws(() => local.cloud.faults.add(rule as FaultRuleInput), { name: "ZodError" });
    assert.throws(() => local.cloud.faults.set({ latency: -1 }), { name: "ZodError" });
    assert.deepEqual(local.cloud.faults.rules, []);
  });
});

describe("a reply that is lost", () => {
  it("before the effect leaves nothing behind", async () => {
    local.cloud.faults.add(onCreate("reset-before-effect"));
    await assert.rejects(create());
    assert.equal(created(), 0);
    assert.equal(local.cloud.requests.at(-1)?.status, 0);
  });

  it("after the effect leaves a case that no reply contains", async () => {
    local.cloud.faults.add(onCreate("reset-after-effect"));
    await assert.rejects(create());
    assert.equal(created(), 1);
  });

  for (const [when, effect] of Object.entries({ before: 0, after: 1 }))
    it(`hangs ${when} the effect until the client gives up`, async (t) => {
      local.cloud.faults.add(onCreate(`hang-${when as "before" | "after"}-effect`));
      endLimitsWithoutReply(local.cloud, "CreateCase", 60_000, t);
      await assert.rejects(create({ timeout: 60_000 }));
      assert.equal(created(), effect);
    });
});

describe("delays", () => {
  it("take as long as asked, for every request or for one", async () => {
    const start = local.clock.now();
    local.cloud.faults.set({ latency: 1000 });
    local.cloud.faults.add(onCreate({ latency: 500 }));
    await create();
    assert.equal(local.clock.now() - start, 1500);
    await create();
    assert.equal(local.clock.now() - start, 2500);
  });

  it("let a search lag behind what happened", async () => {
    local.cloud.faults.set({ searchLag: 5000 });
    const states = async () =>
      ((await cases.search({ parent: shop, query: '"Test issue"' }, local.as("operator"))).data.cases ?? []).map(
        ({ state }) => state,
      );
    const name = (await create()).data.name ?? "";
    assert.deepEqual(await states(), []);
    assert.equal((await cases.get({ name }, local.as("operator"))).data.state, "NEW");
    local.clock.advance(5000);
    assert.deepEqual(await states(), ["NEW"]);
    await cases.close({ name }, local.as("operator"));
    assert.deepEqual(await states(), ["NEW"]);
    local.clock.advance(5000);
    assert.deepEqual(await states(), ["CLOSED"]);
  });

  it("let an enabled service answer that it is not, for a while", async () => {
    local.cloud.faults.set({ servicePropagation: 1000 });
    await services.enable(
      { name: `${shop}/services/cloudsupport.googleapis.com`, requestBody: {} },
      { ...local.as("operator"), rootUrl: `${local.cloud.address}/serviceusage/` },
    );
    const list = () => cases.list({ parent: shop }, local.as("operator", { quotaProject: "shop-dev" }));
    assert.equal(errorInfo(await refusal(list())).reason, "SERVICE_DISABLED");
    local.clock.advance(1000);
    await list();
  });
});

describe("faults", () => {
  it("end with a reset", async () => {
    local.cloud.faults.add(onCreate({ error: { code: 503 } }, { times: 1000 }));
    local.cloud.faults.set({ latency: 1000, operationPolls: 0 });
    await assert.rejects(create());
    local.cloud.reset();
    await create();
    assert.equal(local.cloud.faults.settings.latency, 0);
    assert.equal(local.cloud.faults.settings.operationPolls, 1);
  });
});
