/** Service Usage v1, through Google's own client, and what an API that is not enabled answers. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { cloudsupport_v2 } from "googleapis/build/src/apis/cloudsupport/index.js";
import { serviceusage_v1 } from "googleapis/build/src/apis/serviceusage/index.js";
import { serviceTitles } from "../../tools/localCloud/serviceCatalogue.ts";
import { errorInfo, refusal, refusedWith, useLocalCloud, violatedFields } from "./localCloud.ts";
import type { Caller } from "./localCloud.ts";

const local = useLocalCloud("serviceusage");
const { services, operations } = new serviceusage_v1.Serviceusage({});
const support = new cloudsupport_v2.Cloudsupport({});

const shop = "projects/shop-dev";
const guideServices = [
  "cloudsupport.googleapis.com",
  "essentialcontacts.googleapis.com",
  "servicehealth.googleapis.com",
];

function enable(service: string, caller: Caller = "operator") {
  return services.enable({ name: `${shop}/services/${service}`, requestBody: {} }, local.as(caller));
}

function enabledServices(): string[] {
  return [...(local.cloud.state.projects.get("shop-dev")?.services.keys() ?? [])];
}

describe("services of a folder or an organization", () => {
  for (const parent of ["folders/456789012345", "organizations/123456789012"])
    it(`are refused by name for ${parent}`, async () => {
      const name = `${parent}/services/pubsub.googleapis.com`;
      const batch = { serviceIds: ["pubsub.googleapis.com"] };
      const refused = [
        services.enable({ name, requestBody: {} }, local.as("operator")),
        services.disable({ name, requestBody: {} }, local.as("operator")),
        services.batchEnable({ parent, requestBody: batch }, local.as("operator")),
        services.batchGet({ parent, names: [name] }, local.as("operator")),
      ];
      assert.deepEqual(await Promise.all(refused.map(refusedWith)), Array(4).fill("400 INVALID_ARGUMENT"));
      const missing = [services.list({ parent }, local.as("operator")), services.get({ name }, local.as("operator"))];
      assert.deepEqual(await Promise.all(missing.map(refusedWith)), Array(2).fill("501 UNIMPLEMENTED"));
    });
});

describe("enabling a service", () => {
  it("starts an operation that the first poll finds done", async () => {
    const { data: started } = await enable("cloudsupport.googleapis.com");
    assert.deepEqual(Object.keys(started), ["name"]);
    const { data } = await operations.get({ name: started.name ?? "" }, local.as("operator"));
    assert.deepEqual(data, {
      name: started.name,
      done: true,
      response: {
        "@type": "type.googleapis.com/google.api.serviceusage.v1.EnableServiceResponse",
        service: {
          name: "projects/100000000001/services/cloudsupport.googleapis.com",
          parent: "projects/100000000001",
          state: "ENABLED",
          config: { name: "cloudsupport.googleapis.com", title: "Google Cloud Support API" },
        },
      },
    });
    assert.ok(enabledServices().includes("cloudsupport.googleapis.com"));
  });

  it("is done at once, or after as many polls as asked", async () => {
    local.cloud.faults.set({ operationPolls: 0 });
    assert.equal((await enable("cloudsupport.googleapis.com")).data.done, true);
    local.cloud.faults.set({ operationPolls: 3 });
    const { data } = await enable("servicehealth.googleapis.com");
    const polls = [];
    for (let poll = 0; poll < 3; poll++)
      polls.push((await operations.get({ name: data.name ?? "" }, local.as("operator"))).data.done);
    assert.deepEqual(polls, [undefined, undefined, true]);
  });

  it("changes nothing for one that is enabled", async () => {
    await enable("cloudsupport.googleapis.com");
    const before = local.cloud.state.projects.get("shop-dev")?.services.get("cloudsupport.googleapis.com")?.enabledAt;
    local.clock.advance(1000);
    await enable("cloudsupport.googleapis.com");
    const after = local.cloud.state.projects.get("shop-dev")?.services.get("cloudsupport.googleapis.com")?.enabledAt;
    assert.equal(after, before);
  });

  it("enables what the service needs", async () => {
    await enable("container.googleapis.com");
    assert.ok(enabledServices().includes("compute.googleapis.com"));
  });

  it("needs the permission", async () => {
    const error = await refusal(enable("cloudsupport.googleapis.com", "auditor"));
    assert.equal(error.code, 403);
    assert.match(error.message, /^Permission denied to enable service \[cloudsupport\.googleapis\.com\]\nHelp Token: /);
    assert.deepEqual(error.details, [
      {
        "@type": "type.googleapis.com/google.rpc.PreconditionFailure",
        violations: [{ type: "googleapis.com", subject: "110002" }],
      },
      {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        reason: "AUTH_PERMISSION_DENIED",
        domain: "serviceusage.googleapis.com",
      },
    ]);
    const listed = await refusal(services.list({ parent: shop }, local.as("nobody")));
    assert.match(
      listed.message,
      /^Permission denied to list services for consumer container \[projects\/100000000001\]/,
    );
    assert.ok(!enabledServices().includes("cloudsupport.googleapis.com"));
  });

  it("lists the operations that the caller may read", async () => {
    const { data: started } = await enable("cloudsupport.googleapis.com");
    const { data } = await operations.list({}, local.as("operator"));
    assert.deepEqual(data.operations, [started]);
    assert.deepEqual((await operations.list({}, local.as("nobody"))).data, {});
  });

  it("has no operation of another name", async () => {
    const unknown = operations.get({ name: "operations/acf.p2-1" }, local.as("operator"));
    assert.equal(await refusedWith(unknown), "404 NOT_FOUND");
    const { data } = await enable("cloudsupport.googleapis.com");
    const others = operations.get({ name: data.name ?? "" }, local.as("nobody"));
    assert.equal(await refusedWith(others), "403 PERMISSION_DENIED");
  });
});

describe("enabling a batch", () => {
  const batch = (serviceIds: string[]) =>
    services.batchEnable({ parent: shop, requestBody: { serviceIds } }, local.as("operator"));

  it("enables the guide's three services by one operation", async () => {
    const { data: started } = await batch(guideServices);
    const { data } = await operations.get({ name: started.name ?? "" }, local.as("operator"));
    assert.equal(
      data.response?.["@type"],
      "type.googleapis.com/google.api.serviceusage.v1.BatchEnableServicesResponse",
    );
    assert.equal((data.response["services"] as unknown[]).length, 3);
    for (const service of guideServices) assert.ok(enabledServices().includes(service));
  });

  it("enables none when one cannot be", async () => {
    const before = enabledServices();
    assert.equal(await refusedWith(batch([...guideServices, "no such service"])), "403 PERMISSION_DENIED");
    assert.deepEqual(enabledServices(), before);
  });

  it("enables none if one of them does not exist", async () => {
    const error = await refusal(batch(["pubsub.googleapis.com", "nonsense.googleapis.com"]));
    assert.deepEqual([error.code, error.status], [403, "PERMISSION_DENIED"]);
    assert.equal(errorInfo(error).reason, "SERVICE_CONFIG_NOT_FOUND_OR_PERMISSION_DENIED");
    assert.equal(local.cloud.state.projects.get("shop-dev")?.services.has("pubsub.googleapis.com"), false);
  });

  it("takes 20 services at most", async () => {
    const names = (count: number) => [...serviceTitles.keys()].slice(0, count);
    await batch(names(20));
    assert.deepEqual(violatedFields(await refusal(batch(names(21)))), ["service_ids"]);
    assert.deepEqual(violatedFields(await refusal(batch([]))), ["service_ids"]);
  });
});

describe("reading services", () => {
  it("lists those that are enabled, as the plugin requests them", async () => {
    const { data } = await services.list(
      { parent: shop, filter: "state:ENABLED", pageSize: 200, fields: "services/name,nextPageToken" },
      local.as("operator"),
    );
    assert.deepEqual(data, {
      services: ["cloudbilling", "cloudresourcemanager", "iam", "serviceusage"].map((name) => ({
        name: `projects/100000000001/services/${name}.googleapis.com`,
      })),
    });
  });

  it("answers an empty message when none is enabled", async () => {
    local.cloud.state.projects.get("shop-dev")?.services.clear();
    const { data } = await services.list({ parent: shop, filter: "state:ENABLED" }, local.as("operator"));
    assert.deepEqual(data, {});
  });

  it("pages, 200 at most", async () => {
    for (let index = 0; index < 250; index++)
      local.cloud.state.projects.get("shop-dev")?.services.set(`service${index}.googleapis.com`, { enabledAt: 0 });
    const sizes = [];
    let pageToken = "";
    do {
      const { data } = await services.list(
        { parent: shop, filter: "state:ENABLED", pageSize: 1000, ...(pageToken === "" ? {} : { pageToken }) },
        local.as("operator"),
      );
      sizes.push(data.services?.length);
      pageToken = data.nextPageToken ?? "";
    } while (pageToken !== "");
    assert.deepEqual(sizes, [200, 54]);
    const { data } = await services.list({ parent: shop }, local.as("operator"));
    assert.equal(data.services?.length, 50);
  });

  it("knows no other filter than the state", async () => {
    for (const filter of ["name:cloudsupport", "state:ON", "ENABLED"]) {
      const call = services.list({ parent: shop, filter }, local.as("operator"));
      assert.equal(await refusedWith(call), "400 INVALID_ARGUMENT");
    }
  });

  it("gets one, enabled or not, and a batch of them", async () => {
    const name = `${shop}/services/cloudsupport.googleapis.com`;
    assert.equal((await services.get({ name }, local.as("operator"))).data.state, "DISABLED");
    await enable("cloudsupport.googleapis.com");
    assert.equal((await services.get({ name }, local.as("operator"))).data.state, "ENABLED");
    const names = [name, `${shop}/services/run.googleapis.com`];
    const { data } = await services.batchGet({ parent: shop, names }, local.as("operator"));
    assert.deepEqual(
      data.services?.map(({ state }) => state),
      ["ENABLED", "DISABLED"],
    );
    const many = Array.from({ length: 31 }, () => name);
    const elsewhere = ["projects/pay-dev/services/run.googleapis.com"];
    const foreign = await refusal(services.batchGet({ parent: shop, names: elsewhere }, local.as("operator")));
    assert.deepEqual(violatedFields(foreign), ["names"]);
    const error = await refusal(services.batchGet({ parent: shop, names: many }, local.as("operator")));
    assert.deepEqual(violatedFields(error), ["names"]);
  });
});

describe("disabling a service", () => {
  const disable = (service: string, requestBody: serviceusage_v1.Schema$DisableServiceRequest = {}, project = shop) =>
    services.disable({ name: `${project}/services/${service}`, requestBody }, local.as("operator"));

  it("takes it away, once", async () => {
    await enable("run.googleapis.com");
    await disable("run.googleapis.com");
    assert.ok(!enabledServices().includes("run.googleapis.com"));
    assert.equal(await refusedWith(disable("run.googleapis.com")), "400 FAILED_PRECONDITION");
  });

  it("asks about those that depend on it", async () => {
    await enable("container.googleapis.com");
    assert.equal(await refusedWith(disable("compute.googleapis.com")), "400 FAILED_PRECONDITION");
    await disable("compute.googleapis.com", { disableDependentServices: true });
    assert.ok(!enabledServices().includes("container.googleapis.com"));
  });

  it("checks its use in the last 30 days, if the request includes that check", async () => {
    const day = 24 * 60 * 60 * 1000;
    await support.caseClassifications.search(
      {},
      { ...local.as("operator"), rootUrl: `${local.cloud.address}/cloudsupport/` },
    );
    const check = () =>
      disable("cloudsupport.googleapis.com", { checkIfServiceHasUsage: "CHECK" }, "projects/ops-admin");
    const error = await refusal(check());
    assert.equal(errorInfo(error).reason, "COMMON_SU_SERVICE_HAS_USAGE");
    local.clock.advance(30 * day);
    await check();
  });
});

describe("an API that is not enabled", () => {
  const onShop = () => ({
    ...local.as("operator", { quotaProject: "shop-dev" }),
    rootUrl: `${local.cloud.address}/cloudsupport/`,
  });
  const listCases = () => support.cases.list({ parent: shop }, onShop());

  it("refuses a call that uses the project's quota, in Google's words", async () => {
    const error = await refusal(listCases());
    const url =
      "https://console.developers.google.com/apis/api/cloudsupport.googleapis.com/overview?project=100000000001";
    assert.equal(error.code, 403);
    assert.equal(error.status, "PERMISSION_DENIED");
    assert.equal(
      error.message,
      "Google Cloud Support API has not been used in project 100000000001 before or it is disabled. Enable it by " +
        `visiting ${url} then retry. If you enabled this API recently, wait a few minutes for the action to propagate ` +
        "to our systems and retry.",
    );
    assert.deepEqual(errorInfo(error), {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason: "SERVICE_DISABLED",
      domain: "googleapis.com",
      metadata: {
        service: "cloudsupport.googleapis.com",
        serviceTitle: "Google Cloud Support API",
        consumer: "projects/100000000001",
        containerInfo: "100000000001",
        activationUrl: url,
      },
    });
    assert.deepEqual(error.details?.slice(1), [
      { "@type": "type.googleapis.com/google.rpc.LocalizedMessage", locale: "en-US", message: error.message },
      {
        "@type": "type.googleapis.com/google.rpc.Help",
        links: [{ description: "Google developers console API activation", url }],
      },
    ]);
    assert.equal(error.errors?.[0]?.reason, "accessNotConfigured");
  });

  it("answers once it is enabled, after the propagation delay", async () => {
    local.cloud.faults.set({ servicePropagation: 120_000 });
    await enable("cloudsupport.googleapis.com");
    assert.equal(errorInfo(await refusal(listCases())).reason, "SERVICE_DISABLED");
    local.clock.advance(119_999);
    assert.equal(errorInfo(await refusal(listCases())).reason, "SERVICE_DISABLED");
    local.clock.advance(1);
    assert.equal((await listCases()).data.cases?.length, 1);
  });
});

describe("the quota project", () => {
  const asAda = (quotaProject?: string) => ({
    ...local.as("ada", quotaProject === undefined ? {} : { quotaProject }),
    rootUrl: `${local.cloud.address}/cloudsupport/`,
  });

  it("is asked of a person, whose credential has none", async () => {
    const error = await refusal(support.cases.list({ parent: shop }, asAda()));
    assert.equal(error.code, 403);
    assert.match(
      error.message,
      /^Your application is authenticating by using local Application Default Credentials\. The cloudsupport\.googleapis\.com API requires a quota project, which is not set by default\./,
    );
    const { data } = await support.cases.list({ parent: shop }, asAda("ops-admin"));
    assert.equal(data.cases?.length, 1);
    assert.equal(local.cloud.requests.at(-1)?.consumer, "ops-admin");
  });

  it("must be one that the caller may use", async () => {
    for (const quotaProject of ["ops-admin", "no-such-project"]) {
      const call = support.cases.list(
        { parent: shop },
        { ...local.as("nobody", { quotaProject }), rootUrl: `${local.cloud.address}/cloudsupport/` },
      );
      assert.deepEqual(errorInfo(await refusal(call)), {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        reason: "USER_PROJECT_DENIED",
        domain: "googleapis.com",
        metadata: { consumer: `projects/${quotaProject}` },
      });
    }
  });

  it("is a service account's own without a header", async () => {
    await support.cases.list(
      { parent: shop },
      { ...local.as("operator"), rootUrl: `${local.cloud.address}/cloudsupport/` },
    );
    assert.equal(local.cloud.requests.at(-1)?.consumer, "ops-admin");
  });
});
