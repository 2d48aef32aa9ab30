/** `care diff` as a person or a gate runs it. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, describe, it } from "vitest";
import { fileURLToPath } from "node:url";
import type { DiffJson } from "../../care/diff/json.ts";
import { changeKindNames } from "../../care/diff/kinds.ts";
import { readRecording, recordingFile } from "../support/previews/recordings.ts";
import { document, step, types } from "../support/previews/steps.ts";
import { lineOf } from "../support/section.ts";

const main = fileURLToPath(new URL("../../care/main.ts", import.meta.url));
const fileOf = (name: string) => recordingFile({ name });

const folder = mkdtempSync(join(tmpdir(), "care-diff-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function care(args: readonly string[], input = "") {
  const child = spawn(process.execPath, [main, "diff", ...args]);
  child.stdin.end(input);
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { output, errors, code: child.exitCode ?? (await new Promise((end) => child.once("exit", end))) };
}

describe("care diff", () => {
  it("reads standard input without an argument, and ends with 0", async () => {
    const { output, errors, code } = await care([], readRecording({ name: "administrator-added" }));
    assert.match(output, /^## Stack `test`\n/);
    assert.deepEqual([errors, code], ["", 0]);
  });

  it("reads several stacks, each under its own name or the caller's", async () => {
    const { output, code } = await care(
      [fileOf("grant-removed"), `prod=${fileOf("case-closed")}`, "org=-"],
      readRecording({ name: "nothing-changes" }),
    );
    assert.deepEqual(output.match(/^## .*$/gm), ["## Stack `test`", "## Stack `prod`", "## Stack `org`"]);
    assert.equal(code, 0);
  });

  it("names the project too where stacks of two projects are called the same", async () => {
    const other = join(folder, "other.json");
    writeFileSync(
      other,
      readRecording({ name: "nothing-changes" }).replaceAll("test::customer-care::", "test::shop::"),
    );
    const { output } = await care([fileOf("nothing-changes"), other]);
    assert.deepEqual(output.match(/^## .*$/gm), ["## Stack `customer-care/test`", "## Stack `shop/test`"]);
  });

  it("takes a file whose name has an equals sign for a file", async () => {
    const file = join(folder, "a=b.json");
    writeFileSync(file, readRecording({ name: "nothing-changes" }));
    assert.match((await care([file])).output, /## Stack `test`/);
  });

  it("ends with 1 where --fail-on names a kind that is there, and reports which", async () => {
    const { errors, code, output } = await care([
      fileOf("administrator-removed"),
      "--fail-on",
      "replace, admin-removal,delete",
    ]);
    assert.deepEqual([errors, code], ["care diff: admin-removal: 1; delete: 1\n", 1]);
    assert.match(output, /Administrator removed/);
    assert.equal((await care([fileOf("administrator-removed"), "--fail-on", "replace,admin-grant"])).code, 0);
  });

  it("ends with 1 where a preview failed, and reports it in both outputs", async () => {
    const { output, errors, code } = await care([fileOf("failed"), `prod=${fileOf("administrator-added")}`]);
    assert.match(output, /\*\*The preview failed\.\*\*/);
    assert.match(output, /Administrator granted/);
    assert.deepEqual([errors, code], ["care diff: the preview of test failed\n", 1]);
    const hostile = join(folder, "hostile.json");
    writeFileSync(
      hostile,
      readRecording({ name: "failed" }).replaceAll("urn:pulumi:test::", "urn:pulumi:a\\n\\u001b[2J::"),
    );
    assert.equal((await care([hostile])).errors, "care diff: the preview of a\\n\\u{1b}[2J failed\n");
    const json = JSON.parse((await care([fileOf("failed"), "--json"])).output) as DiffJson;
    assert.equal(json.stacks[0]?.failed, true);
  });

  it("ends with 1 where a change is not in what was reviewed, and allows the kinds that --fail-on omits, but for a conflict", async () => {
    const failOn = ["--fail-on", "conflict,delete,replace"];
    const reviewed = (name: string) => ["--reviewed", fileOf(name)];
    const named = `dev=${fileOf("grant-removed")}`;
    assert.equal((await care([named, ...failOn])).code, 1);
    assert.deepEqual(
      [await care([named, ...reviewed("grant-removed"), ...failOn])].map(({ errors, code }) => [errors, code]),
      [["", 0]],
    );
    assert.equal((await care([fileOf("nothing-changes"), ...reviewed("grant-removed"), ...failOn])).code, 0);
    const { errors, code } = await care([fileOf("administrator-added"), ...reviewed("grant-removed")]);
    assert.match(
      errors,
      /^care diff: 1 change was not reviewed, such as: user:new@example\.com gets .*\. Open a pull request/,
    );
    assert.equal(code, 1);
    const conflict = join(folder, "conflict.json");
    const grant = { project: "shop-dev", role: "roles/cloudsupport.techSupportEditor", member: "user:a@b.c" };
    writeFileSync(
      conflict,
      document([
        step("delete", types.projectGrant, { before: grant, name: "old" }),
        step("create", types.projectGrant, { after: grant, name: "new" }),
      ]),
    );
    const again = await care([conflict, "--reviewed", conflict, ...failOn]);
    assert.deepEqual([again.errors, again.code], ["care diff: conflict: 1\n", 1]);
  });

  it("writes JSON of a stable shape", async () => {
    const { output } = await care([fileOf("administrator-added"), "--json"]);
    const where = "organizations/123456789012";
    assert.deepEqual(JSON.parse(output), {
      version: 1,
      kinds: { "admin-grant": 1, organization: 1 },
      stacks: [
        {
          stack: "test",
          project: "customer-care",
          failed: false,
          errors: [],
          warnings: [],
          resources: { create: 1 },
          changes: [
            {
              group: "access",
              operation: "create",
              kinds: ["admin-grant", "organization"],
              place: where,
              text: "user:new@example.com gets Support Account Administrator on organization 123456789012: manages the support account (IAM).",
              links: ["https://console.cloud.google.com/iam-admin/iam?organizationId=123456789012"],
              urns: [
                "urn:pulumi:test::customer-care::customer-care:index:CustomerCare$customer-care:index:SupportAccess$gcp:organizations/iAMMember:IAMMember::customer-care/organization/administrators/user:new@example.com",
              ],
            },
          ],
        },
      ],
    });
  });

  it("keeps to --max-characters", async () => {
    const { output } = await care([fileOf("first-up"), "--max-characters", "1000"]);
    assert.ok(output.length <= 1000);
    assert.match(output, /Administrator granted/);
    assert.match(output, /\*\*\d+ more are left out/);
  });

  it("lists its kinds, its exit codes and examples in its help", async () => {
    const { output, code } = await care(["--help"]);
    assert.equal(code, 0);
    for (const kind of changeKindNames) assert.match(output, new RegExp(`^ {2}${kind} +\\w`, "m"));
    assert.match(output, /Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 /);
    assert.match(output, /Examples:\n/);
  });
});

describe("care diff ends with 2, one line with its link, and no stack trace", () => {
  const cases: Readonly<Record<string, readonly [args: readonly string[], message: RegExp]>> = {
    "for a file that is not there": [["nowhere.json"], /nowhere\.json cannot be read: .* \(ENOENT\); write the path/],
    "for a text without a preview": [[], /standard input: contains no preview/],
    "for a kind that there is none of": [["--fail-on", "admin"], /"admin" is not a kind; write conflict, /],
    "for a cap too small for any text": [["--max-characters", "12"], /"12" is not a whole number of at least 500/],
    "for standard input that is named twice": [["-", "a=-"], /standard input \("-"\) is given twice/],
    "for an option that there is none of": [["--no"], /unknown option '--no'/],
  };
  for (const [name, [args, message]] of Object.entries(cases))
    it(name, async () => {
      const { output, errors, code } = await care(args, "hello\n");
      assert.deepEqual([output, code], ["", 2]);
      assert.match(errors, message);
      const [, link, ...more] = errors.trimEnd().split("\n");
      assert.equal(link, lineOf(name === "for a file that is not there" ? "unreadable" : "command"));
      assert.deepEqual(more, []);
    });
});
