/** How Google is called (google/): settings, credentials, base URLs, errors that tell all but the credential, retries. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, vi } from "vitest";
import type { TestContext } from "vitest";
import { inspect } from "node:util";
import { Impersonated } from "google-auth-library";
import { authClient, NoCredentials } from "../../google/credentials.ts";
import { apiBaseUrl } from "../../google/endpoint.ts";
import { isWithoutEffect, networkError, replyError } from "../../google/error.ts";
import { createTransport, GoogleError, isAmbiguous, quotaProjectOf, readGoogleSettings } from "../../google/index.ts";
import type { GoogleRequest } from "../../google/index.ts";
import { projectOf } from "../../google/pages.ts";
import { timeLimits } from "../support/timeLimits.ts";

/** No error may show it. */
const token = "ya29.planted-token";

const settingsOf = (config: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>> = {}) =>
  readGoogleSettings((key) => config[key], environment);

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** A server on the loopback, and what it received. */
async function serve(t: TestContext, answer: RequestListener) {
  const received: Received[] = [];
  const server = createServer((request: IncomingMessage, reply: ServerResponse) => {
    received.push({ method: request.method, url: request.url, headers: request.headers });
    void answer(request, reply);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { received, baseUrl: `http://127.0.0.1:${String(port)}/v2/`, host: `127.0.0.1:${String(port)}` };
}

const answers =
  (status: number, body: unknown = {}, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (_request, reply) =>
    void reply.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));

/** @param waits Gathers the waits of the policy, in milliseconds, which take no time. */
function send(
  baseUrl: string,
  request: Partial<GoogleRequest> = {},
  config: Readonly<Record<string, string>> = {},
  waits: number[] = [],
) {
  const sleep = (milliseconds: number) => Promise.resolve(waits.push(milliseconds));
  const transport = createTransport(settingsOf({ "gcp:accessToken": token, ...config }), { sleep });
  return transport.request({ method: "GET", baseUrl, path: "projects/shop-dev/cases/1", ...request });
}

/** The error of the call, which must not show the credential. */
async function errorOf(call: Promise<unknown>): Promise<GoogleError> {
  const error: unknown = await call.then(
    () => assert.fail("the call succeeded"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof GoogleError, inspect(error));
  const shown = [
    error.message,
    error.stack ?? "",
    JSON.stringify(error),
    JSON.stringify(error, Object.getOwnPropertyNames(error)),
    inspect(error, { depth: null, showHidden: true }),
  ];
  for (const text of shown) assert.ok(!text.includes(token), `shows the token: ${text}`);
  return error;
}

function temporaryFile(t: TestContext, contents: string): string {
  const folder = mkdtempSync(join(tmpdir(), "google-"));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "file"), contents);
  return join(folder, "file");
}

/** The contents of a credential file whose tokens come from `/token`. */
const workloadIdentity = (t: TestContext, baseUrl: string, file = temporaryFile(t, "subject")) =>
  JSON.stringify({
    type: "external_account",
    audience: "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/provider",
    subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
    token_url: new URL("/token", baseUrl).href,
    credential_source: { file },
  });

describe("the settings", () => {
  const pairs: [key: string, variable: string, setting: keyof ReturnType<typeof settingsOf>][] = [
    ["accessToken", "GOOGLE_OAUTH_ACCESS_TOKEN", "accessToken"],
    ["credentials", "GOOGLE_CREDENTIALS", "credentials"],
    ["impersonateServiceAccount", "GOOGLE_IMPERSONATE_SERVICE_ACCOUNT", "impersonateServiceAccount"],
    ["billingProject", "GOOGLE_BILLING_PROJECT", "billingProject"],
    ["requestReason", "CLOUDSDK_CORE_REQUEST_REASON", "requestReason"],
    ["universeDomain", "GOOGLE_CLOUD_UNIVERSE_DOMAIN", "universeDomain"],
    ["cloudSupportCustomEndpoint", "GOOGLE_CLOUD_SUPPORT_CUSTOM_ENDPOINT", "cloudSupportCustomEndpoint"],
    [
      "resourceManagerV3CustomEndpoint",
      "GOOGLE_RESOURCE_MANAGER_V3_CUSTOM_ENDPOINT",
      "resourceManagerV3CustomEndpoint",
    ],
    ["iamCredentialsCustomEndpoint", "GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT", "iamCredentialsCustomEndpoint"],
  ];
  for (const [key, variable, setting] of pairs)
    it(`take ${key} of the config, else ${variable}; what is empty is not set`, () => {
      const config = { [`gcp:${key}`]: "configured" };
      const environment = { [variable]: "of-the-environment" };
      assert.equal(settingsOf(config, environment)[setting], "configured");
      assert.equal(settingsOf({}, environment)[setting], "of-the-environment");
      assert.equal(settingsOf({ [`gcp:${key}`]: "" }, environment)[setting], "of-the-environment");
      assert.equal(settingsOf({}, { [variable]: "" })[setting], undefined);
      assert.equal(settingsOf({})[setting], undefined);
    });

  it("take the older variables for a key file", () => {
    assert.equal(settingsOf({}, { GCLOUD_KEYFILE_JSON: "oldest" }).credentials, "oldest");
    assert.equal(
      settingsOf({}, { GCLOUD_KEYFILE_JSON: "oldest", GOOGLE_CLOUD_KEYFILE_JSON: "old" }).credentials,
      "old",
    );
  });

  it("hide every credential of the environment behind one of the config", () => {
    const environment = { GOOGLE_OAUTH_ACCESS_TOKEN: "token", GOOGLE_CREDENTIALS: "key" };
    const byKey = settingsOf({ "gcp:credentials": "configured" }, environment);
    assert.deepEqual([byKey.accessToken, byKey.credentials], [undefined, "configured"]);
    const byToken = settingsOf({ "gcp:accessToken": "configured" }, environment);
    assert.deepEqual([byToken.accessToken, byToken.credentials], ["configured", undefined]);
  });

  it("take userProjectOverride as a word", () => {
    assert.equal(settingsOf({}).userProjectOverride, false);
    assert.equal(settingsOf({}, { USER_PROJECT_OVERRIDE: "TRUE" }).userProjectOverride, true);
    assert.equal(
      settingsOf({ "gcp:userProjectOverride": "false" }, { USER_PROJECT_OVERRIDE: "true" }).userProjectOverride,
      false,
    );
  });

  it("take USER_PROJECT_OVERRIDE as the gcp plugin does: Go's words, and an empty key of the config comes before it", () => {
    const override = (flag: string, config = {}) =>
      settingsOf(config, { USER_PROJECT_OVERRIDE: flag }).userProjectOverride;
    for (const word of ["1", "t", "T", "TRUE", "true", "True"]) assert.equal(override(word), true, word);
    for (const word of ["", "0", "f", "F", "FALSE", "false", "False"]) assert.equal(override(word), false, word);
    for (const word of ["yes", "tRuE", "on", "toString"])
      assert.throws(() => override(word), {
        name: "GoogleError",
        message: `gcp:userProjectOverride (or USER_PROJECT_OVERRIDE) is "${word}", not true or false; write true or false`,
      });
    assert.equal(override("true", { "gcp:userProjectOverride": "" }), false);
  });

  it("have one quota project for a request, as the gcp plugin has", () => {
    const of = (config: Record<string, string>, environment: Record<string, string> = {}) =>
      quotaProjectOf(settingsOf(config, environment), "shop-dev");
    const environment = { GOOGLE_CLOUD_QUOTA_PROJECT: "ops-admin" };
    const override = { "gcp:userProjectOverride": "true" };
    assert.equal(of({}), undefined);
    assert.equal(of({ "gcp:billingProject": "pay-dev" }), undefined);
    assert.equal(of(override), "shop-dev");
    assert.equal(of({ ...override, "gcp:billingProject": "pay-dev" }, environment), "pay-dev");
    assert.equal(of({}, environment), "ops-admin");
    assert.equal(of({ "gcp:billingProject": "pay-dev" }, environment), "ops-admin");
    assert.equal(of(override, environment), "ops-admin");
    assert.equal(of(override, { GOOGLE_CLOUD_QUOTA_PROJECT: "" }), "shop-dev");
  });

  it("take the delegates of the impersonation from a list in the config", () => {
    const delegates = (json: string) =>
      settingsOf({ "gcp:impersonateServiceAccountDelegates": json }).impersonateServiceAccountDelegates;
    assert.deepEqual(delegates('["a@x.iam.gserviceaccount.com","b@x.iam.gserviceaccount.com"]'), [
      "a@x.iam.gserviceaccount.com",
      "b@x.iam.gserviceaccount.com",
    ]);
    assert.deepEqual(delegates(""), []);
    assert.deepEqual(settingsOf({}).impersonateServiceAccountDelegates, []);
    assert.throws(() => delegates("a@x.iam.gserviceaccount.com"), {
      name: "GoogleError",
      message:
        'gcp:impersonateServiceAccountDelegates is "a@x.iam.gserviceaccount.com", not a list; write ["name@project-id.iam.gserviceaccount.com"]',
    });
  });
});

describe("the base URL", () => {
  const cases: [
    what: string,
    version: string,
    universe: string | undefined,
    custom: string | undefined,
    url: string,
  ][] = [
    ["Google's", "v2", undefined, undefined, "https://cloudsupport.googleapis.com/v2/"],
    ["of another universe", "v2", "apis.example", undefined, "https://cloudsupport.apis.example/v2/"],
    ["custom, in the version", "v2", undefined, "http://127.0.0.1:8080/v2/", "http://127.0.0.1:8080/v2/"],
    ["custom, without its last slash", "v2", undefined, "http://127.0.0.1:8080/v2", "http://127.0.0.1:8080/v2/"],
    ["custom, in v2beta", "v2", undefined, "https://support.example/v2beta/", "https://support.example/v2/"],
    ["custom, below a path", "v2", undefined, "http://127.0.0.1:8080/a/b/v2beta", "http://127.0.0.1:8080/a/b/v2/"],
    ["custom, without a version", "v3", undefined, "http://127.0.0.1:8080/a/", "http://127.0.0.1:8080/a/v3/"],
    [
      "custom, whatever the universe",
      "v2",
      "apis.example",
      "https://support.example/v2/",
      "https://support.example/v2/",
    ],
  ];
  for (const [what, version, universe, custom, url] of cases)
    it(`is ${what}`, () => assert.equal(apiBaseUrl("cloudsupport", version, universe, custom), url));
});

describe("an error", () => {
  it("has Google's message, its code and its reason", async (t) => {
    const { baseUrl, host } = await serve(
      t,
      answers(403, {
        error: {
          code: 403,
          message: "Cloud Support API has not been used.",
          status: "PERMISSION_DENIED",
          details: [
            { "@type": "type.googleapis.com/google.rpc.Help" },
            { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "SERVICE_DISABLED" },
          ],
        },
      }),
    );
    const error = await errorOf(send(baseUrl));
    assert.equal(
      error.message,
      `GET ${host}/v2/projects/shop-dev/cases/1: 403 PERMISSION_DENIED: Cloud Support API has not been used.`,
    );
    assert.deepEqual(
      [error.name, error.status, error.code, error.reason, error.retryAfter],
      ["GoogleError", 403, "PERMISSION_DENIED", "SERVICE_DISABLED", undefined],
    );
  });

  it("quotes the beginning of a body that is not JSON, in one line", async (t) => {
    const { baseUrl, host } = await serve(t, answers(502, `<html>\n${"Bad Gateway ".repeat(50)}</html>`));
    const { message, status } = await errorOf(send(baseUrl));
    assert.equal(status, 502);
    assert.ok(message.startsWith(`GET ${host}/v2/projects/shop-dev/cases/1: 502: <html> Bad Gateway`), message);
    assert.ok(message.length < 300, message);
  });

  it("says so of a body that is empty or holds no error", async (t) => {
    for (const body of ["", " ", "[]", "null", '{"error":{}}']) {
      const { baseUrl } = await serve(t, answers(404, body));
      const { message } = await errorOf(send(baseUrl));
      assert.ok(message.endsWith(": 404: no message"), `${body}: ${message}`);
    }
  });

  it("has the wait that Google asks for, in seconds and as a date", (t) => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-10-01T09:00:00Z") });
    t.onTestFinished(() => void vi.useRealTimers());
    const retryAfter = (header: string | null) => replyError("GET /", 429, {}, header).retryAfter;
    assert.equal(retryAfter("7"), 7000);
    assert.equal(retryAfter("0"), 0);
    assert.equal(retryAfter(new Date(Date.now() + 10_000).toUTCString()), 10_000);
    assert.equal(retryAfter(new Date(Date.now() - 60_000).toUTCString()), 0);
    for (const nothing of [null, "", "soon"]) assert.equal(retryAfter(nothing), undefined);
  });

  it("names the failure of the network", async (t) => {
    const { baseUrl, host, received } = await serve(t, ({ socket }) => void socket.destroy());
    const lost = await errorOf(send(baseUrl, { method: "POST", body: {} }));
    assert.equal(lost.message, `POST ${host}/v2/projects/shop-dev/cases/1: no reply (ECONNRESET)`);
    assert.deepEqual([lost.code, lost.status, received.length], ["ECONNRESET", undefined, 1]);
    const refused = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => refused.once("listening", resolve));
    const { port } = refused.address() as AddressInfo;
    await new Promise((resolve) => refused.close(resolve));
    const error = await errorOf(send(`http://127.0.0.1:${String(port)}/v2/`, { method: "POST", body: {} }));
    assert.match(error.message, /no reply \(ECONNREFUSED\) \(5 attempts/);
  });

  it("tells of the time limit", async (t) => {
    const limits = timeLimits();
    const { baseUrl, received } = await serve(t, () => limits.end(60_000));
    const error = await errorOf(send(baseUrl, { method: "POST", body: {} }));
    assert.match(error.message, /no reply within 60 s$/);
    assert.equal(received.length, 1);
    assert.equal(isAmbiguous(error), true);
  });

  it("tells of the limit for all of it, where the library's own does not hold", async (t) => {
    const limits = timeLimits();
    const { baseUrl } = await serve(t, () => limits.end(180_000));
    const error = await errorOf(send(baseUrl, { method: "POST", body: {} }));
    assert.match(error.message, /no reply within 180 s$/);
    assert.equal(isAmbiguous(error), true);
  });

  it("does not show the token where the server says it back, or the header cannot hold it", async (t) => {
    const { baseUrl } = await serve(t, answers(401, { error: { code: 401, status: "UNAUTHENTICATED" } }));
    const error = await errorOf(send(baseUrl));
    assert.equal(error.status, 401);
    await errorOf(send(baseUrl, {}, { "gcp:accessToken": `${token}\nmore` }));
  });

  it("of a request for which there was no credential says that it may be sent again, unless the credential is refused", () => {
    const of = (status: number | undefined) =>
      new GoogleError("no token", { request: "POST", status, wasNotSent: true });
    assert.deepEqual(
      [undefined, 429, 500, 502, 503, 504, 400, 401, 403].map((status) => isWithoutEffect(of(status))),
      [true, true, true, true, true, true, false, false, false],
    );
  });

  const ambiguous: [what: string, error: unknown, expected: boolean][] = [
    ...[500, 502, 503, 504, 408].map((status) => [`HTTP ${String(status)}`, status, true] as const),
    ...[400, 401, 403, 404, 409, 412, 429].map((status) => [`HTTP ${String(status)}`, status, false] as const),
  ].map(([what, status, expected]) => [what, replyError("POST /", status, {}, null), expected]);
  for (const code of ["ECONNRESET", "EPIPE", "ETIMEDOUT", "UND_ERR_SOCKET", "TimeoutError", undefined])
    ambiguous.push([code ?? "an unknown failure", networkError("POST /", code, 60_000), true]);
  for (const code of [
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "UND_ERR_CONNECT_TIMEOUT",
  ])
    ambiguous.push([code, networkError("POST /", code, 60_000), false]);
  ambiguous.push(["no credential", new GoogleError("none was found", { request: "credentials" }), false]);
  ambiguous.push(["another error", new Error("500"), false], ["no error", undefined, false]);
  for (const [what, error, expected] of ambiguous)
    it(`leaves ${expected ? "open" : "no doubt"} whether the request had its effect: ${what}`, () =>
      assert.equal(isAmbiguous(error), expected));
});

describe("a read", () => {
  const policy = [1000, 1300, 1690, 2197];
  const quotaPolicy = [5000, 10_000, 20_000, 40_000];

  for (const [status, expected] of [
    [503, policy],
    [429, quotaPolicy],
  ] as const)
    it(`is tried five times at ${String(status)}, and no more`, async (t) => {
      const { baseUrl, received } = await serve(t, answers(status));
      const waits: number[] = [];
      const error = await errorOf(send(baseUrl, {}, {}, waits));
      assert.equal(error.status, status);
      const seconds = Math.round(expected.reduce((sum, wait) => sum + wait, 0) / 1000);
      assert.ok(error.message.endsWith(`(5 attempts, with waits of ${String(seconds)} s)`), error.message);
      assert.equal(received.length, 5);
      assert.deepEqual(waits.map(Math.round), expected);
    });

  it("is tried again where the connection is reset, until it succeeds", async (t) => {
    let requests = 0;
    const { baseUrl, received } = await serve(t, (request, reply) => {
      if (++requests < 3) request.socket.destroy();
      else answers(200, { name: "found" })(request, reply);
    });
    const waits: number[] = [];
    assert.deepEqual(await send(baseUrl, {}, {}, waits), { name: "found" });
    assert.equal(received.length, 3);
    assert.deepEqual(waits, policy.slice(0, 2));
  });

  it("waits as long as Google asks for, a minute at most", async (t) => {
    const asked = ["2", "3600"];
    const { baseUrl } = await serve(t, (request, reply) => {
      const next = asked.shift();
      if (next === undefined) answers(200)(request, reply);
      else answers(429, {}, { "retry-after": next })(request, reply);
    });
    const waits: number[] = [];
    await send(baseUrl, {}, {}, waits);
    assert.deepEqual(waits, [5000, 60_000]);
  });

  describe("with limits of its own", () => {
    const limited = async (baseUrl: string, waits: number[]) => {
      const sleep = (milliseconds: number) => Promise.resolve(waits.push(milliseconds));
      const transport = createTransport(settingsOf({ "gcp:accessToken": token }), { sleep, timeout: 200, retries: 1 });
      return errorOf(transport.request({ method: "GET", baseUrl, path: "projects/shop-dev" }));
    };

    it("waits no longer for a reply, and is sent no oftener", async (t) => {
      const limits = timeLimits();
      const { baseUrl, received } = await serve(t, () => limits.end(200));
      const waits: number[] = [];
      const { message } = await limited(baseUrl, waits);
      assert.match(message, /: no reply within 0\.2 s \(2 attempts, with waits of 1 s\)$/);
      assert.deepEqual([received.length, waits], [2, policy.slice(0, 1)]);
    });

    it("waits out a quota all the same", async (t) => {
      const { baseUrl, received } = await serve(t, answers(429));
      const waits: number[] = [];
      assert.match((await limited(baseUrl, waits)).message, /\(5 attempts, with waits of 75 s\)$/);
      assert.deepEqual([received.length, waits.length], [5, 4]);
    });
  });

  for (const status of [400, 401, 403, 404, 500, 502, 504])
    it(`is sent once at ${String(status)}`, async (t) => {
      const { baseUrl, received } = await serve(t, answers(status));
      assert.equal((await errorOf(send(baseUrl))).status, status);
      assert.equal(received.length, 1);
    });
});

describe("a write", () => {
  for (const method of ["POST", "PATCH", "DELETE"] as const) {
    it(`is sent once where it may have had its effect, or is refused: ${method}`, async (t) => {
      for (const answer of [answers(503, {}, { "retry-after": "1" }), answers(500), answers(401), answers(403)]) {
        const { baseUrl, received } = await serve(t, answer);
        await errorOf(send(baseUrl, { method, body: {} }));
        assert.equal(received.length, 1);
      }
      const { baseUrl, received } = await serve(t, ({ socket }) => void socket.destroy());
      await errorOf(send(baseUrl, { method, body: {} }));
      assert.equal(received.length, 1);
    });

    it(`is sent again where a quota was used up, after the wait that Google asks for: ${method}`, async (t) => {
      const waits: number[] = [];
      const { baseUrl, received } = await serve(t, answers(429, {}, { "retry-after": "7" }));
      const error = await errorOf(send(baseUrl, { method, body: {} }, {}, waits));
      assert.match(error.message, /\(5 attempts, with waits of 77 s\)$/);
      assert.deepEqual([received.length, waits], [5, [7000, 10_000, 20_000, 40_000]]);
    });
  }

  it("is sent again where no connection came about", async () => {
    const refused = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => refused.once("listening", resolve));
    const { port } = refused.address() as AddressInfo;
    await new Promise((resolve) => refused.close(resolve));
    const waits: number[] = [];
    await errorOf(send(`http://127.0.0.1:${String(port)}/v2/`, { method: "POST", body: {} }, {}, waits));
    assert.equal(waits.length, 4);
  });
});

describe("the project of a resource", () => {
  const names: [name: string, project: string | undefined][] = [
    ["projects/shop-dev", "shop-dev"],
    ["projects/shop-dev/cases/1", "shop-dev"],
    ["projects/shop-dev:testIamPermissions", "shop-dev"],
    ["projects/example.com:shop-dev/cases/1:close", "example.com:shop-dev"],
    ["projects/example.com:shop-dev:getIamPolicy", "example.com:shop-dev"],
    ["organizations/123456789012/cases/1", undefined],
  ];
  for (const [name, project] of names)
    it(`of ${name} is ${project ?? "none"}`, () => assert.equal(projectOf(name), project));
});

describe("the headers", () => {
  const project = "shop-dev";
  const cases: [what: string, config: Record<string, string>, project: string | undefined, header?: string][] = [
    ["no quota project without userProjectOverride", { "gcp:billingProject": "ops-admin" }, project],
    [
      "the billing project",
      { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" },
      project,
      "ops-admin",
    ],
    ["else the project of the request", { "gcp:userProjectOverride": "true" }, project, project],
    ["none for a request of no project", { "gcp:userProjectOverride": "true" }, undefined],
  ];
  for (const [what, config, of, header] of cases)
    it(`name ${what}`, async (t) => {
      const { baseUrl, received } = await serve(t, answers(200));
      await send(baseUrl, { project: of }, config);
      assert.equal(received[0]?.headers["x-goog-user-project"], header);
    });

  it("have the reason of the request", async (t) => {
    const { baseUrl, received } = await serve(t, answers(200));
    await send(baseUrl, {}, { "gcp:requestReason": "onboarding" });
    await send(baseUrl);
    assert.deepEqual(
      received.map(({ headers }) => headers["x-goog-request-reason"]),
      ["onboarding", undefined],
    );
  });
});

describe("the credential", () => {
  /** In place of an access token. */
  const ofFile = (credentials: string) => ({ "gcp:accessToken": "", "gcp:credentials": credentials });

  it("is an access token, or the file that holds it", async (t) => {
    const { baseUrl, received } = await serve(t, answers(200));
    await send(baseUrl);
    await send(baseUrl, {}, { "gcp:accessToken": temporaryFile(t, `${token}\n`) });
    assert.deepEqual(
      received.map(({ headers }) => headers.authorization),
      [`Bearer ${token}`, `Bearer ${token}`],
    );
  });

  for (const method of ["GET", "POST"] as const)
    it(`that Google takes no longer is renewed, once, and the request sent again: ${method}`, async (t) => {
      let tokens = 0;
      let refused = 1;
      const { baseUrl, received } = await serve(t, (request, reply) => {
        const isToken = request.url === "/token";
        if (isToken) answers(200, { access_token: `${token}${String(++tokens)}`, expires_in: 3600 })(request, reply);
        else answers(tokens <= refused ? 401 : 200)(request, reply);
      });
      const transport = createTransport(settingsOf({ "gcp:credentials": workloadIdentity(t, baseUrl) }));
      const call = () => transport.request({ method, baseUrl, path: "projects/shop-dev/cases/1" });
      const sent = () => received.splice(0).map(({ headers }) => headers.authorization);
      await call();
      assert.deepEqual(sent(), [undefined, `Bearer ${token}1`, undefined, `Bearer ${token}2`]);
      refused = 9;
      assert.equal((await errorOf(call())).status, 401);
      assert.deepEqual(sent(), [`Bearer ${token}2`, undefined, `Bearer ${token}3`]);
    });

  it("may take long, so what forbids a write is asked each time before it is sent, and of no read", async (t) => {
    const { baseUrl, received } = await serve(t, (request, reply) => {
      if (request.url === "/token") answers(200, { access_token: token, expires_in: 3600 })(request, reply);
      else answers(401)(request, reply);
    });
    const askedAfter: number[] = [];
    const beforeWrite = () => Promise.resolve(void askedAfter.push(received.length));
    const settings = settingsOf(ofFile(workloadIdentity(t, baseUrl)));
    const send = (request: Pick<GoogleRequest, "method" | "isRead">) =>
      errorOf(createTransport(settings, { beforeWrite }).request({ ...request, baseUrl, path: "projects/shop-dev" }));
    await send({ method: "POST" });
    // A token, the request, a token, the request again.
    assert.deepEqual([askedAfter, received.length], [[1, 3], 4]);
    await send({ method: "GET" });
    await send({ method: "POST", isRead: true });
    assert.equal(askedAfter.length, 2);
  });

  it("that never comes is requested again at the next try, also where it was to be renewed", async (t) => {
    let tokens = 0;
    const limits = timeLimits();
    const { baseUrl, received } = await serve(t, (request, reply) => {
      const isToken = request.url === "/token";
      if (isToken && ++tokens === 2) return limits.end(60_000);
      if (isToken) answers(200, { access_token: `${token}${String(tokens)}`, expires_in: 3600 })(request, reply);
      else answers(tokens === 1 ? 401 : 200)(request, reply);
    });
    let tries = 1;
    const sleep = () => Promise.resolve(tries++);
    const transport = createTransport(settingsOf({ "gcp:credentials": workloadIdentity(t, baseUrl) }), { sleep });
    await transport.request({ method: "GET", baseUrl, path: "projects/shop-dev/cases/1" });
    assert.equal(tries, 2);
    assert.deepEqual(
      received.map(({ url, headers }) => (url === "/token" ? "a token" : headers.authorization)),
      ["a token", `Bearer ${token}1`, "a token", "a token", `Bearer ${token}3`],
    );
  });

  it("acts for a service account, through its delegates", async () => {
    const client = await authClient(
      settingsOf({
        "gcp:accessToken": token,
        "gcp:impersonateServiceAccount": "target@x.iam.gserviceaccount.com",
        "gcp:impersonateServiceAccountDelegates": '["between@x.iam.gserviceaccount.com"]',
        "gcp:iamCredentialsCustomEndpoint": "http://127.0.0.1:1/iamcredentials/v1/",
      }),
    );
    assert.ok(client instanceof Impersonated);
    const { delegates, targetPrincipal, endpoint } = client as unknown as Record<string, unknown>;
    assert.deepEqual(
      { delegates, targetPrincipal, endpoint },
      {
        delegates: ["between@x.iam.gserviceaccount.com"],
        targetPrincipal: "target@x.iam.gserviceaccount.com",
        endpoint: "http://127.0.0.1:1/iamcredentials",
      },
    );
  });

  it("that the caller may not impersonate is reported in Google's words", async (t) => {
    const { baseUrl, received } = await serve(
      t,
      answers(403, { error: { code: 403, status: "PERMISSION_DENIED", message: "getAccessToken denied" } }),
    );
    const config = {
      "gcp:impersonateServiceAccount": "target@x.iam.gserviceaccount.com",
      "gcp:iamCredentialsCustomEndpoint": baseUrl.replace("v2", "v1"),
    };
    const error = await errorOf(send(baseUrl, {}, config));
    assert.match(error.message, /getAccessToken denied/);
    assert.deepEqual(
      received.map(({ method, headers }) => [method, headers.authorization]),
      [["POST", `Bearer ${token}`]],
    );
  });

  describe("that is refused a token", () => {
    const refusal = { error: "invalid_grant", error_description: "The subject token has expired." };
    const refused = (t: TestContext, body: unknown = refusal) =>
      serve(t, (request, reply) => (request.url === "/token" ? answers(400, body) : answers(200))(request, reply));

    it("is reported in the server's words, and requested once", async (t) => {
      const { baseUrl, host, received } = await refused(t);
      const error = await errorOf(send(baseUrl, {}, ofFile(workloadIdentity(t, baseUrl))));
      assert.equal(
        error.message,
        `GET ${host}/v2/projects/shop-dev/cases/1, for a credential: 400 invalid_grant: The subject token has expired.`,
      );
      assert.deepEqual([error.status, error.wasNotSent, received.length], [400, true, 1]);
    });

    it("without words is reported by the name of the refusal", () => {
      const { message, code } = replyError("GET /", 401, { error: "invalid_client" }, null);
      assert.deepEqual([message, code], ["GET /: 401 invalid_client: no message", "invalid_client"]);
    });
  });

  it("from a missing file is reported with the file's name", async (t) => {
    const { baseUrl, received } = await serve(t, answers(200));
    const file = join(tmpdir(), "no-such-subject-token");
    const error = await errorOf(send(baseUrl, {}, ofFile(workloadIdentity(t, baseUrl, file))));
    assert.ok(error.message.endsWith(`, for a credential: ${file} cannot be read (ENOENT)`), error.message);
    assert.deepEqual([error.wasNotSent, received.length], [true, 0]);
  });

  it("with an invalid key is reported as such, not as a missing reply", async (t) => {
    const { baseUrl, received } = await serve(t, answers(200));
    const key = { type: "service_account", client_email: "a@x.iam.gserviceaccount.com", private_key: token };
    const error = await errorOf(send(baseUrl, {}, ofFile(JSON.stringify(key))));
    assert.match(error.message, /, for a credential: the credentials cannot be used \(ERR_OSSL_\w+\)$/);
    assert.equal(received.length, 0);
  });

  it("makes the library say nothing of its own", async (t) => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const given: Record<string, string>[] = [
      {},
      { "gcp:impersonateServiceAccount": "target@x.iam.gserviceaccount.com" },
    ];
    for (const more of given)
      await authClient(settingsOf({ ...ofFile(workloadIdentity(t, "http://127.0.0.1:1/")), ...more }));
    assert.deepEqual(warn.mock.calls, []);
  });

  it("that is not JSON is not quoted", async (t) => {
    const { baseUrl, received } = await serve(t, answers(200));
    const given = [
      temporaryFile(t, token),
      `{"private_key": ${token}`,
      `${token}\n${token}`,
      join(tmpdir(), "no-such-key-file.json"),
    ];
    for (const credentials of given) {
      const transport = createTransport(settingsOf({ "gcp:credentials": credentials }));
      const error = await errorOf(transport.request({ method: "GET", baseUrl, path: "x" }));
      assert.equal(
        error.message,
        "gcp:credentials (or GOOGLE_CREDENTIALS) is neither the path of a key file nor its JSON content",
      );
    }
    assert.equal(received.length, 0);
  });

  it("that is not found is reported with the command that creates one", async (t) => {
    const { baseUrl, received } = await serve(t, answers(200));
    const environment = { ...process.env };
    t.onTestFinished(() => {
      process.env = environment;
    });
    process.env = {
      PATH: environment["PATH"],
      CLOUDSDK_CONFIG: join(tmpdir(), "no-such-folder"),
      METADATA_SERVER_DETECTION: "none",
    };
    const error = await errorOf(createTransport(settingsOf({})).request({ method: "GET", baseUrl, path: "x" }));
    assert.ok(error instanceof NoCredentials);
    assert.match(
      error.message,
      /^no Google credentials were found; run `gcloud auth application-default login`, or set /,
    );
    assert.equal(received.length, 0);
  });

  it("that is JSON but no key is refused without a request", async (t) => {
    const { baseUrl, received } = await serve(t, answers(200));
    for (const credentials of [`{"type":"service_account","private_key":"${token}"}`, `{"${token}":1}`]) {
      const transport = createTransport(settingsOf({ "gcp:credentials": credentials }));
      const error = await errorOf(transport.request({ method: "GET", baseUrl, path: "x" }));
      assert.match(error.message, /^the Google credentials could not be used: /);
    }
    assert.equal(received.length, 0);
  });
});
