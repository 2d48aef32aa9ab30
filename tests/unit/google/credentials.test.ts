/** The credentials of the calls to Google (google/credentials.ts). */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { describe, it, vi } from "vitest";
import type { TestContext } from "vitest";
import { Impersonated } from "google-auth-library";
import { authClient, NoCredentials } from "../../../google/credentials.ts";
import { replyError } from "../../../google/error.ts";
import { createTransport, withoutDeniedQuotaProject } from "../../../google/index.ts";
import type { GoogleRequest } from "../../../google/index.ts";
import { timeLimits } from "../../support/timeLimits.ts";
import { answers, errorOf, send, serve, settingsOf, token } from "./server.ts";

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

describe("the credential", () => {
  /** In place of an access token. */
  const ofFile = (credentials: string) => ({ "gcp:accessToken": "", "gcp:credentials": credentials });

  it("is an access token, or the file that contains it", async (t) => {
    const { baseUrl, received } = await serve(t, answers(200));
    await send(baseUrl);
    await send(baseUrl, {}, { "gcp:accessToken": temporaryFile(t, `${token}\n`) });
    assert.deepEqual(
      received.map(({ headers }) => headers.authorization),
      [`Bearer ${token}`, `Bearer ${token}`],
    );
  });

  /** The path from the home directory. */
  const fromHome = (path: string) => `~/${relative(process.env["HOME"] ?? homedir(), path)}`;

  it("is in a file of the home directory", async (t) => {
    const { baseUrl, received } = await serve(t, (request, reply) => {
      if (request.url === "/token") answers(200, { access_token: token, expires_in: 3600 })(request, reply);
      else answers(200)(request, reply);
    });
    await send(baseUrl, {}, { "gcp:accessToken": fromHome(temporaryFile(t, token)) });
    const key = fromHome(temporaryFile(t, workloadIdentity(t, baseUrl)));
    for (const variable of ["GOOGLE_CREDENTIALS", "GOOGLE_CLOUD_KEYFILE_JSON", "GCLOUD_KEYFILE_JSON"])
      await createTransport(settingsOf({}, { [variable]: key })).request({ method: "GET", baseUrl, path: "x" });
    const sent = received.filter(({ url }) => url !== "/token").map(({ headers }) => headers.authorization);
    assert.deepEqual(
      sent,
      Array.from({ length: 4 }, () => `Bearer ${token}`),
    );
  });

  it("in a file that cannot be read is never the path itself", async (t) => {
    const { baseUrl, received } = await serve(t, answers(200));
    const given = [
      ["~/no-such-file", "ENOENT"],
      ["~ada/token", "ENOENT"],
      ["~", "EISDIR"],
      [tmpdir(), "EISDIR"],
    ] as const;
    for (const [path, code] of given)
      for (const [key, variable] of [
        ["gcp:accessToken", "GOOGLE_OAUTH_ACCESS_TOKEN"],
        ["gcp:credentials", "GOOGLE_CREDENTIALS"],
      ] as const) {
        const transport = createTransport(settingsOf({ [key]: path }));
        const { message } = await errorOf(transport.request({ method: "GET", baseUrl, path: "x" }));
        const problem = `${key} (or ${variable}) is the path of a file that cannot be read (${code})`;
        assert.equal(message, `${problem}; write the path of another file`);
      }
    assert.equal(received.length, 0);
  });

  it("is not trimmed if it is a path, as by the gcp provider", async (t) => {
    const { baseUrl } = await serve(t, answers(200));
    const transport = createTransport(settingsOf(ofFile(`${temporaryFile(t, "{}")} `)));
    const { message } = await errorOf(transport.request({ method: "GET", baseUrl, path: "x" }));
    assert.match(message, /is neither the path of a key file nor its JSON content$/);
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

  it("is fetched twice at most where its quota projects are denied, and each denied project is named once", async (t) => {
    const reason = { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "USER_PROJECT_DENIED" };
    const denied = { error: { code: 403, status: "PERMISSION_DENIED", message: "denied", details: [reason] } };
    const { baseUrl, received } = await serve(t, (request, reply) => {
      if (request.url === "/token") answers(200, { access_token: token, expires_in: 3600 })(request, reply);
      else if (request.headers["x-goog-user-project"] === undefined) answers(200)(request, reply);
      else answers(403, denied)(request, reply);
    });
    const config = { ...ofFile(workloadIdentity(t, baseUrl)), "gcp:userProjectOverride": "true" };
    const transport = withoutDeniedQuotaProject(settingsOf(config));
    for (const project of ["shop-dev", "shop-dev", "pay-dev", "shop-dev"])
      await transport.request({ method: "GET", baseUrl, path: `projects/${project}`, project });
    assert.deepEqual(
      received.map(({ url, headers }) => (url === "/token" ? "a token" : headers["x-goog-user-project"])),
      ["a token", "shop-dev", "a token", undefined, undefined, "pay-dev", undefined, undefined],
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

  it("prints nothing from the library itself", async (t) => {
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

  it("that is not found prints no warning of the library, but all others", async (t) => {
    // An answer that the library does not expect of a machine without a metadata server.
    const { baseUrl, received } = await serve(t, answers(403));
    const environment = { ...process.env };
    const emitWarning: unknown = Reflect.get(process, "emitWarning");
    const warnings: string[] = [];
    const listener = ({ name }: Error) => warnings.push(name);
    process.on("warning", listener);
    t.onTestFinished(() => {
      process.env = environment;
      process.off("warning", listener);
    });
    const { host } = new URL(baseUrl);
    process.env = {
      PATH: environment["PATH"],
      CLOUDSDK_CONFIG: join(tmpdir(), "no-such-folder"),
      GCE_METADATA_HOST: host,
    };
    const found = [authClient(settingsOf({})), authClient(settingsOf({}))].map((one) => errorOf(one));
    process.emitWarning("planted", "OtherWarning");
    process.emitWarning("planted", { type: "OptionsWarning" });
    for (const error of await Promise.all(found)) assert.ok(error instanceof NoCredentials);
    assert.ok(received.length > 0);
    assert.equal(Reflect.get(process, "emitWarning"), emitWarning);
    process.emitWarning("planted", "MetadataLookupWarning");
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(warnings, ["OtherWarning", "OptionsWarning", "MetadataLookupWarning"]);
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
