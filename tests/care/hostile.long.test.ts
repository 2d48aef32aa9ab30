/** Each command of `care` that shows what others wrote, and the program, where every text that comes from outside is hostile: nothing is obeyed, no credential is shown. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { readRecording } from "../support/previews/recordings.ts";
import { hostileTexts, obeyed } from "../support/hostileTexts.ts";
import { care } from "../support/care.ts";
import type { CareOptions, Ended } from "../support/care.ts";
import { hostileGoogle } from "./hostileGoogle.ts";
import type { HostileGoogle, Manner } from "./hostileGoogle.ts";

const token = "planted-Token.5f2c81~hostile";
const text = Object.values(hostileTexts).join("\n");
const config = {
  "customer-care:plan": "enhanced",
  "customer-care:organization": { domain: "example.com", editors: ["group:sre@example.com"] },
  "customer-care:projects": { "shop-dev": { contacts: { security: ["security@example.com"] } } },
  "customer-care:testCase": { project: "shop-dev", keepOpen: true, comments: ["A note"] },
};

type Commands = readonly (readonly string[])[];

const commands: Commands = [
  ["case", "list"],
  ["case", "list", "--json"],
  ["case", "show"],
  ["case", "show", "--json"],
  ["doctor"],
  ["doctor", "--json"],
  ["adopt"],
  ["adopt", "--json"],
  ["adopt", "--file", "-"],
  ["report"],
  ["report", "--lang", "fr", "--format", "json"],
  ["report", "--format", "html"],
];
const ofManner: Readonly<Record<Manner, Commands>> = {
  texts: commands,
  all: commands,
  error: [...commands, ["case", "comment", `Words ${token}`], ["case", "close", "--yes"]],
  page: commands.filter((words) => !words.includes("--json")),
  redirect: [["case", "show"], ["case", "comment", "Words"], ["doctor"], ["report"]],
};

describe("what others wrote", () => {
  let run: LocalRun;
  let google: HostileGoogle;
  let folder: string;

  beforeAll(async () => {
    run = await localRun({ name: "hostile", config, credentials: {} });
    run.cloud.state.accessTokens.set(token, {
      principal: "serviceAccount:operator@ops-admin.iam.gserviceaccount.com",
    });
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: token });
    const { failed, messages } = await run.up();
    assert.equal(failed, false, messages.join("\n"));
    google = await hostileGoogle(run.cloud.address, text);
    folder = await mkdtemp(join(tmpdir(), "customer-care-"));
  });
  afterAll(async () => {
    google.close();
    await run.close();
    await rm(folder, { recursive: true });
  });

  /** The endpoints of the hostile Google in place of the cloud's. */
  const endpoints = () =>
    Object.fromEntries(
      Object.entries(run.cloud.environment)
        .filter(([name]) => name.endsWith("_ENDPOINT"))
        .map(([name, url]) => [name, url.replace(run.cloud.address, google.address)]),
    );

  /** Fails where an output has something that would be obeyed, or a credential. */
  function assertSafe(output: string, what: string): void {
    const found = obeyed.exec(output);
    const around = found && JSON.stringify(output.slice(Math.max(0, found.index - 60), found.index + 60));
    assert.equal(found, null, `${what}: ${around ?? ""}`);
    assert.ok(!output.includes(token), `${what} shows the token`);
    assert.ok(!output.includes(encodeURIComponent(token)), `${what} shows the token`);
  }

  async function safe(args: readonly string[], options: CareOptions = {}): Promise<Ended> {
    const ended = await care(run, args, { ...options, environment: { ...endpoints(), ...options.environment } });
    assertSafe(ended.stdout, `${args.join(" ")}: standard output`);
    assertSafe(ended.stderr, `${args.join(" ")}: standard error`);
    return ended;
  }

  for (const [manner, all] of Object.entries(ofManner) as [Manner, Commands][])
    for (const words of all)
      it(`is shown and not obeyed by care ${words.slice(0, 2).join(" ")} ${words.slice(2).join(" ").replace(token, "TOKEN")}(${manner})`, async () => {
        google.manner = manner;
        const { stdout } = await safe(words);
        if (words.includes("--json") && stdout !== "") JSON.parse(stdout);
        assert.deepEqual(google.elsewhere, []);
      });

  it("is the same value in JSON", async () => {
    google.manner = "texts";
    const { code, stdout } = await safe(["case", "show", "--json"]);
    assert.equal(code, 0);
    const shown = JSON.parse(stdout) as { displayName: string; description: string; comments: { body: string }[] };
    for (const value of [shown.displayName, shown.description, shown.comments[0]?.body ?? ""])
      // JSON itself has no lone surrogate.
      assert.ok(
        [...google.answered].some((one) => one.toWellFormed() === value.toWellFormed()),
        JSON.stringify(value),
      );
  });

  it("has no credential in a file of the report, and loses no other text", async () => {
    const beginning = `The request was {"client_id":"shop","access_token":"${token}`;
    for (const words of [beginning, "The next comment"])
      assert.equal((await care(run, ["case", "comment", words])).code, 0);
    const files = ["html", "md", "json"].map((extension) => join(folder, `report.${extension}`));
    const { code, stderr } = await care(run, ["report", ...files.flatMap((file) => ["--file", file])]);
    assert.equal(code, 0, stderr);
    const outputs = await Promise.all(files.map((file) => readFile(file, "utf8")));
    JSON.parse(outputs[2] ?? "");
    for (const words of [["show"], ["show", "--json"]]) outputs.push((await care(run, ["case", ...words])).stdout);
    for (const output of outputs) {
      assertSafe(output, "the output");
      for (const words of ["The request was", "[secret]", "The next comment"])
        assert.ok(output.replaceAll("\\[", "[").includes(words), `${words}: ${output}`);
    }
  });

  it("has no colour where ours are forced", async () => {
    google.manner = "texts";
    const { stdout } = await care(run, ["case", "show"], { environment: { ...endpoints(), FORCE_COLOR: "1" } });
    assert.ok(stdout.includes("\u001b[1m"));
    const ours = [1, 2, 22, 33, 39].map((code) => `\u001b[${String(code)}m`);
    assertSafe(
      ours.reduce((rest, code) => rest.replaceAll(code, ""), stdout),
      "case show in colour",
    );
  });

  it("is shown and not obeyed by care diff and care fleet, whatever a preview has", async () => {
    const texts = (value: unknown): unknown => {
      if (typeof value === "string") return /^(urn:|[a-z-]+$)/.test(value) ? value : `${value}${text}`;
      if (Array.isArray(value)) return value.map(texts);
      if (value === null || typeof value !== "object") return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, child]) => [
          key,
          ["urn", "type", "op", "provider"].includes(key) ? child : texts(child),
        ]),
      );
    };
    for (const recording of ["administrator-added", "grant-removed"]) {
      const file = join(folder, "preview.json");
      await writeFile(file, JSON.stringify(texts(JSON.parse(readRecording({ name: recording })))));
      for (const words of [
        ["diff", file],
        ["diff", `${text.replaceAll("\u0000", "")}=${file}`],
        ["diff", file, "--json"],
      ]) {
        const { stdout, stderr } = await safe(words);
        assert.notEqual(stdout + stderr, "");
        if (words.includes("--json")) JSON.parse(stdout);
      }
    }
    await safe(["fleet", "preview", text.replaceAll("\u0000", "")]);
    await safe(["diff", text.replaceAll("\u0000", "")]);
    await safe([text.replaceAll("\u0000", "")]);
  });

  it("is shown and not obeyed where GitHub echoes the request", async () => {
    const secret = "planted-GitHub-token-0f91";
    const server = createServer((request, reply) => {
      const message = `${text} ${JSON.stringify(request.headers)}`;
      reply
        .writeHead(403, { "content-type": "application/json" })
        .end(JSON.stringify({ message, documentation_url: text }));
    }).listen(0, "127.0.0.1");
    try {
      const file = join(folder, "preview.json");
      await writeFile(file, readRecording({ name: "administrator-added" }));
      const summary = join(folder, "summary.md");
      const { stdout, stderr } = await safe(
        ["comment", `dev=${file}`, "--repository", "octo-org/care", "--pull-request", "7"],
        {
          environment: {
            GITHUB_TOKEN: secret,
            GITHUB_API_URL: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
            GITHUB_STEP_SUMMARY: summary,
          },
        },
      );
      for (const output of [stdout, stderr, await readFile(summary, "utf8").catch(() => "")])
        assert.ok(!output.includes(secret), output);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  for (const manner of ["error", "page", "redirect"] as const)
    it(`is shown and not obeyed in the program's output (${manner})`, async () => {
      google.manner = manner;
      const { GOOGLE_CLOUD_SUPPORT_CUSTOM_ENDPOINT: endpoint = "" } = endpoints();
      run.setEnvironment({ GOOGLE_CLOUD_SUPPORT_CUSTOM_ENDPOINT: endpoint });
      try {
        await run.setConfig({
          ...config,
          "customer-care:testCase": { ...config["customer-care:testCase"], displayName: "Another title" },
        });
        for (const outcome of [await run.refresh(), await run.up()]) {
          assert.equal(outcome.failed, true);
          const ours = outcome.messages.filter((message) => message.includes("/cases"));
          assert.notEqual(ours.length, 0, outcome.messages.join("\n"));
          for (const message of outcome.messages) assertSafe(message, "the program's message");
        }
        assert.ok(!(await run.stateText()).includes(token));
        assert.deepEqual(google.elsewhere, []);
      } finally {
        await run.setConfig(config);
        run.setEnvironment({
          GOOGLE_CLOUD_SUPPORT_CUSTOM_ENDPOINT: run.cloud.environment["GOOGLE_CLOUD_SUPPORT_CUSTOM_ENDPOINT"],
        });
      }
    });
});
