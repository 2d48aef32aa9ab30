/** `care report` as a person runs it: on a stack that the engine has deployed, which it only reads. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { Report } from "../../care/report/report.ts";
import { everything } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { care } from "../support/care.ts";
import { lineOf } from "../support/section.ts";

/** The quota project has all APIs that are called. */
const config = { ...everything, "gcp:billingProject": "ops-admin" };

describe("care report", () => {
  let run: LocalRun;
  let folder: string;

  beforeAll(async () => {
    run = await localRun({ name: "report", config });
    folder = await mkdtemp(join(tmpdir(), "customer-care-"));
  });
  afterAll(async () => {
    await run.close();
    await rm(folder, { recursive: true });
  });

  async function report(...args: readonly string[]) {
    const { code, stdout, stderr } = await care(run, ["report", ...args]);
    return { code, stdout, stderr: stderr.replace(/^care report: (reading|\d+ of).*\n/gm, "") };
  }

  const open = (found: Report) =>
    found.places.flatMap(({ resource, rows }) =>
      rows.filter(({ status }) => status === "notDone").map(({ row, details }) => `${resource} ${row}: ${details}`),
    );

  it("lists the open steps before the first up, and writes nothing but the report", async () => {
    const { code, stdout, stderr } = await report("--format", "json");
    assert.deepEqual([code, stderr], [0, ""]);
    const found = JSON.parse(stdout) as Report;
    assert.deepEqual([found.version, found.stack, found.project], [2, "test", "customer-care"]);
    assert.ok(found.counts.notDone > 8, JSON.stringify(found.counts));
    assert.ok(
      open(found).includes(
        "projects/shop-dev G2 services: Not enabled: Cloud Support API, Essential Contacts API and Service Health API.",
      ),
    );
    assert.ok(
      open(found).includes(
        "projects/shop-dev G5 contacts: In the config, but missing: shop-oncall@example.com. Nobody is notified of: Technical and Technical incidents.",
      ),
    );
    const written = run.cloud.requests.filter(
      ({ method, rpc }) => method !== "GET" && !["GetIamPolicy", "TokenInfo"].includes(rpc),
    );
    assert.deepEqual(written, []);
  });

  it("shows after the up that all is done but the categories that the stack leaves out", async () => {
    assert.equal((await run.up()).failed, false);
    const { stdout } = await report("--format", "json");
    const found = JSON.parse(stdout) as Report;
    assert.deepEqual(open(found), [
      "organizations/123456789012 G5 contacts: Not confirmed for more than a year: legal@example.com.",
      "projects/pay-dev G5 contacts: Nobody is notified of: Technical and Technical incidents.",
    ]);
    const [supportCase, ...others] = found.cases;
    assert.deepEqual(others, []);
    assert.deepEqual([supportCase?.title, supportCase?.state], ["Test issue", "closed"]);
    assert.deepEqual(
      supportCase?.events.map(({ kind }) => kind),
      ["created", "closed"],
    );
    assert.deepEqual(
      found.incidents?.map(({ active, projects }) => [active, projects.map(({ project }) => project)]),
      [[true, ["shop-dev"]]],
    );
    assert.equal(found.recommendations, null);
  });

  it("writes files in the format of their endings, from one reading", async () => {
    const before = run.cloud.requests.length;
    const files = ["html", "md", "json"].map((ending) => join(folder, `report.${ending}`));
    const { code, stdout, stderr } = await report("--lang", "fr", ...files.flatMap((file) => ["--file", file]));
    assert.deepEqual([code, stdout, stderr], [0, `${files.join("\n")}\n`, ""]);
    const [html = "", markdown = "", json = ""] = await Promise.all(files.map((file) => readFile(file, "utf8")));
    assert.match(html, /^<!doctype html>\n<html lang="fr">/);
    assert.match(markdown, /^## Intégration à Customer Care\n/);
    assert.equal((JSON.parse(json) as Report).language, "fr");
    assert.ok(run.cloud.requests.length - before < 40);
  });

  it("sees a case that an update left open", async () => {
    const name = "projects/shop-dev/cases/99999999";
    const made = [...run.cloud.state.cases.values()].find(({ testCase }) => testCase) ?? assert.fail();
    run.cloud.state.cases.set("99999999", { ...made, name, state: "NEW" });
    const { stdout } = await report("--format", "json");
    assert.ok(
      open(JSON.parse(stdout) as Report).includes(
        `projects/shop-dev G4 close: ${name} is open but not in the state, because an update was interrupted.`,
      ),
    );
    run.cloud.state.cases.delete("99999999");
  });

  it("lists what the caller may not read, each with the role that grants it", async () => {
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: "local-nobody-token" });
    const { code, stdout } = await report("--format", "json");
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: "local-operator-token" });
    assert.equal(code, 0);
    const found = JSON.parse(stdout) as Report;
    const rows = [...found.rows, ...found.places.flatMap((place) => place.rows)];
    assert.ok(found.counts.notRead > 0);
    for (const { status, details, next } of rows.filter((row) => row.status === "notRead"))
      assert.ok(details !== "" && next !== undefined, status);
  });

  it("cannot be written without a credential, and reports that in one line", async () => {
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: undefined, GOOGLE_CREDENTIALS: "{nonsense" });
    const { code, stdout, stderr } = await report();
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: "local-operator-token", GOOGLE_CREDENTIALS: undefined });
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(
      stderr,
      /^care report: .*neither the path of a key file nor its JSON content.*\nSee docs\/reference\/errors\.md#[a-z-]+\n$/,
    );
  });

  it("is refused with 2 for a stack, a folder, a language or an ending that there is not", async () => {
    assert.match(
      (await report("--stack", "nope")).stderr,
      /^care report: there is no stack "nope"; write --stack with one of test\nSee docs\/reference\/errors\.md#a-command-of-care-is-wrong\n$/,
    );
    const folder = await report("--cwd", "/no/such/folder");
    assert.deepEqual(
      [folder.code, folder.stderr],
      [2, `care report: --cwd: there is no folder /no/such/folder\n${lineOf("command")}\n`],
    );
    const ending = await report("--file", "report.pdf");
    assert.match(
      ending.stderr,
      /^care report: --file: "report.pdf" ends in none of \.html, \.md, \.json\nSee docs\/reference\/errors\.md#a-command-of-care-is-wrong\n$/,
    );
    const unwritable = await report("--file", "/no/such/folder/report.html");
    assert.deepEqual(
      [unwritable.code, unwritable.stderr],
      [
        1,
        `care report: --file /no/such/folder/report.html cannot be written: there is no such file or folder (ENOENT); create its folder, or write another path\n${lineOf("failure")}\n`,
      ],
    );
    assert.deepEqual([ending.code, (await report("--lang", "de")).code], [2, 2]);
  });
});
