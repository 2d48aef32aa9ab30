/** `care case` on a stack that the engine has deployed, as its operator runs it: one stack, one test after the other. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { promisify } from "node:util";
import { markerOf } from "../../components/supportCase/own.ts";
import { care } from "../support/care.ts";
import type { CareOptions, Ended } from "../support/care.ts";
import { oneCase } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

const resource = "customer-care/testCase";

const findings = "From a file,\nin two lines.\n";

interface StateResource {
  readonly id?: string;
  readonly outputs?: { readonly state?: string };
}

/** A secret in a config or an environment, which no output may contain. */
const secrets = ["local-operator-token", "planted-secret-5f2c81"];

describe("care case", () => {
  let run: LocalRun;
  let name: string;
  let folder: string;

  beforeAll(async () => {
    run = await localRun({ name: "caseCommand", config: oneCase({ keepOpen: true }) });
    await run.stack.setConfig("gcp:requestReason", { value: secrets[1] ?? "", secret: true });
    const { failed, messages } = await run.up();
    const outputs = await run.outputs();
    assert.equal(failed, false, messages.join("\n"));
    name = String(outputs["testCase"]);
    folder = await mkdtemp(join(tmpdir(), "customer-care-"));
  });
  afterAll(async () => {
    await run.close();
    await rm(folder, { recursive: true });
  });

  const supportCase = () => {
    const found = run.cloud.state.cases.get(name.split("/").at(-1) ?? "");
    assert.ok(found);
    return found;
  };

  /** How often writes reached Google so far. */
  const writes = () => run.cloud.requests.filter(({ method, rpc }) => method === "POST" && rpc !== undefined).length;

  async function careCase(args: readonly string[], options?: CareOptions): Promise<Ended> {
    const ended = await care(run, ["case", ...args], options);
    const output = ended.stdout + ended.stderr;
    for (const secret of secrets) assert.ok(!output.includes(secret), output);
    assert.doesNotMatch(output, /^\s+at .*:\d+:\d+/m);
    // eslint-disable-next-line no-control-regex -- without a terminal there is no colour
    assert.doesNotMatch(output, /\u001b/);
    return ended;
  }

  /** A run that must be fine. */
  async function fine(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await careCase(args);
    assert.deepEqual([code, stderr], [0, ""], stdout);
    return stdout;
  }

  const json = async (...args: readonly string[]) => JSON.parse(await fine(...args, "--json")) as unknown;

  /** A run that must be refused before anything is written. */
  async function refused(code: number, message: RegExp, args: readonly string[], options?: CareOptions): Promise<void> {
    const before = writes();
    const ended = await careCase(args, options);
    assert.match(ended.stderr, message);
    assert.deepEqual([ended.code, ended.stdout], [code, ""]);
    assert.equal(writes(), before);
  }

  it("lists the case as it is now, for people and as JSON", async () => {
    const lines = (await fine("list")).trimEnd().split("\n");
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? "", /^CASE +STATE +PRIORITY +TITLE +UPDATED +NAME$/);
    assert.match(
      lines[1] ?? "",
      /^customer-care\/testCase +NEW +P4 +Test issue +\d+ \w+ \d{4}, \d\d:\d\d (CET|CEST|GMT\+[12]) /,
    );
    supportCase().priority = "P3";
    const { createTime, updateTime, classification } = supportCase();
    assert.deepEqual(await json("list", "--stack", "test"), {
      stack: "test",
      cases: [
        {
          resource,
          name,
          leftBehind: false,
          doubt: null,
          displayName: "Test issue",
          state: "NEW",
          priority: "P3",
          escalated: false,
          testCase: true,
          classification: classification.displayName,
          languageCode: "en",
          subscriberEmailAddresses: [],
          createTime,
          updateTime,
          consoleLink: "https://console.cloud.google.com/support/cases?project=shop-dev",
        },
      ],
    });
  });

  it("comments, with words from the command line, a file or standard input", async () => {
    const file = join(folder, "findings.txt");
    await writeFile(file, findings);
    assert.match(
      await fine("comment", "It happened again."),
      /^Commented on customer-care\/testCase \(projects\/shop-dev/,
    );
    await fine("comment", "testCase", "--file", file);
    const { code, stdout } = await careCase(["comment", resource, "-", "--json"], { input: "From a pipe\n" });
    assert.equal(code, 0);
    const { body, sent } = JSON.parse(stdout) as { body: string; sent: boolean };
    assert.deepEqual([body, sent], ["From a pipe", true]);
    assert.deepEqual(
      supportCase().comments.map(({ body }) => body),
      ["It happened again.", findings.trimEnd(), "From a pipe"],
    );
  });

  it("does not send a comment again that the case has already, and reports that", async () => {
    const count = supportCase().comments.length;
    const { code, stdout } = await careCase(["comment", "It happened  again.\n"]);
    assert.equal(code, 0);
    assert.match(stdout, /has this comment already, of .*: nothing was sent\. To comment again, use other words\./);
    const again = await careCase(["comment", "It happened again.", "--json"]);
    const { body, sent } = JSON.parse(again.stdout) as { body: string; sent: boolean };
    assert.deepEqual([body, sent], ["It happened again.", false]);
    assert.equal(supportCase().comments.length, count);
  });

  it("comments once where the answer is lost", async () => {
    run.cloud.faults.add({ match: { rpc: "CreateComment" }, effect: "reset-after-effect" });
    const { code, stdout, stderr } = await careCase(["comment", "Only once"]);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^It is not clear whether the comment was added .*looking for it/);
    assert.match(stdout, /^Commented on /);
    assert.equal(supportCase().comments.filter(({ body }) => body === "Only once").length, 1);
  });

  it("attaches files, byte by byte", async () => {
    const bytes = Buffer.from(Array.from({ length: 300 }, (_, index) => index % 256));
    await writeFile(join(folder, "all bytes.bin"), bytes);
    await writeFile(join(folder, "empty.txt"), "");
    await fine("attach", "testCase", join(folder, "all bytes.bin"), join(folder, "empty.txt"));
    await fine("attach", join(folder, "findings.txt"));
    assert.deepEqual(
      supportCase().attachments.map(({ filename, bytes: { length } }) => [filename, length]),
      [
        ["all bytes.bin", 300],
        ["empty.txt", 0],
        ["findings.txt", findings.length],
      ],
    );
    assert.deepEqual(supportCase().attachments[0]?.bytes, bytes);
  });

  it("does not send a file again that the case has already, and reports that", async () => {
    const file = join(folder, "findings.txt");
    const count = supportCase().attachments.length;
    assert.match(
      await fine("attach", file),
      /has .*findings\.txt already, of .*: it was not sent\. To attach it again, /,
    );
    const records = (await json("attach", file, join(folder, "empty.txt"))) as { filename: string; sent: boolean }[];
    assert.deepEqual(
      records.map(({ filename, sent }) => [filename, sent]),
      [
        ["findings.txt", false],
        ["empty.txt", false],
      ],
    );
    assert.equal(supportCase().attachments.length, count);
    // The same name and size, but another content.
    await writeFile(file, findings.toUpperCase());
    const [other] = (await json("attach", file)) as { sent: boolean }[];
    assert.equal(other?.sent, true);
    assert.equal(supportCase().attachments.length, count + 1);
    supportCase().attachments.splice(count);
    await writeFile(file, findings);
  });

  it("lists which files were attached before one failed", async () => {
    for (const { filename } of supportCase().attachments) await writeFile(join(folder, filename), `New: ${filename}`);
    run.cloud.faults.add({
      match: { rpc: "UploadMedia", nth: 2 },
      effect: { error: { code: 400, message: "too big" } },
    });
    const files = ["findings.txt", "all bytes.bin", "empty.txt"].map((file) => join(folder, file));
    const { code, stdout, stderr } = await careCase(["attach", ...files]);
    assert.equal(code, 1);
    assert.match(stdout, /^Attached .*findings\.txt to [^\n]*\n$/);
    assert.match(stderr, /all bytes\.bin: .*too big; already attached: .*findings\.txt; not sent: .*empty\.txt$/m);
    supportCase().attachments.splice(3);
  });

  it("escalates, once", async () => {
    const args = ["escalate", "--reason", "businessImpact", "--justification", "No customer can pay"];
    const escalated = (await json(...args)) as { escalated: boolean };
    assert.deepEqual([escalated.escalated, supportCase().escalated], [true, true]);
    await refused(1, /is escalated already, and nothing was sent; add what is new with `care case comment`/, args);
  });

  it("shows the case with its comments and attachments, and nothing that a terminal would obey", async () => {
    supportCase().comments.push({
      name: `${name}/comments/9`,
      createTime: "2026-08-03T06:12:00Z",
      body: "\u001b[2JWe look into it.",
      creator: { displayName: "C", email: "", username: "" },
    });
    const shown = await fine("show");
    for (const line of [
      "customer-care/testCase  Test issue",
      `  case            ${name}`,
      "  state           NEW",
      "  escalated       yes",
      "  Business impact: Other",
      "Comments (5)",
      "    It happened again.",
      "    \\u{1b}[2JWe look into it.",
      "Attachments (3)",
    ])
      assert.ok(shown.split("\n").includes(line), `not shown: ${line}\n${shown}`);
    assert.match(shown, /^ {2}C, 3 Aug 2026, 08:12 (CEST|GMT\+2)$/m);
    assert.match(shown, /^ {2}all bytes\.bin, 300 bytes, operator, /m);
    const { comments, attachments } = (await json("show", resource)) as {
      comments: { body: string }[];
      attachments: { sizeBytes: number }[];
    };
    assert.equal(comments.at(-1)?.body, "\u001b[2JWe look into it.");
    assert.deepEqual(
      attachments.map(({ sizeBytes }) => sizeBytes),
      [300, 0, findings.length],
    );
  });

  it("finds an open case of the stack that a killed update left, reports it, and closes it by its name", async () => {
    const id = "99000001";
    const twin = structuredClone(supportCase());
    const left = { ...twin, name: `projects/shop-dev/cases/${id}`, comments: [], attachments: [] };
    const quote = { ...structuredClone(left), name: "projects/shop-dev/cases/99000002", testCase: false };
    run.cloud.state.cases.set(id, left).set("99000002", quote);
    const { code, stdout } = await careCase(["list"]);
    assert.equal(code, 1);
    assert.match(stdout, /^customer-care\/testCase .* projects\/shop-dev\/cases\/99000001$/m);
    assert.match(
      stdout,
      /^projects\/shop-dev\/cases\/99000001: open, and not in the state, although this stack created it: /m,
    );
    assert.doesNotMatch(stdout, /99000002/);
    assert.equal(await fine("close", left.name, "--yes"), `Closed ${resource} (${left.name}).\n`);
    assert.deepEqual([left.state, quote.state, supportCase().state], ["CLOSED", "NEW", "NEW"]);
    run.cloud.state.cases.delete("99000002");
    await fine("list");
  });

  it("writes to a case of another life only where its own name is written", async () => {
    const lost = "customer-care/lostCase";
    const id = "99000003";
    const other = {
      ...structuredClone(supportCase()),
      name: `projects/shop-dev/cases/${id}`,
      comments: [],
      attachments: [],
      description: `Test issue\n\n${markerOf("organization/customer-care/test", lost, "1b4e28ba-2fa1-11d2-883f-0016d3cca427")}`,
    };
    const another = { ...structuredClone(other), name: "projects/shop-dev/cases/99000004" };
    another.description = another.description.replace("customer-care/test,", "customer-care/test2,");
    run.cloud.state.cases.set(id, other).set("99000004", another);
    const { code, stdout } = await careCase(["list"]);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^projects\/shop-dev\/cases\/99000003: open, and of unknown origin: its description names this/m,
    );
    assert.doesNotMatch(stdout, /99000004|although this stack created it/);
    const message = /^stack test: projects\/shop-dev\/cases\/99000003 may not be this stack's: it is of unknown origin/;
    await refused(1, message, ["close", lost, "--yes"]);
    await refused(1, message, ["comment", "lostCase", "Hello"]);
    await refused(1, message, ["attach", lost, "Pulumi.yaml"]);
    await refused(1, message, ["escalate", "lostCase", "--reason", "resolutionTime", "--justification", "It is back"]);
    assert.equal(await fine("close", other.name, "--yes"), `Closed ${lost} (${other.name}).\n`);
    assert.deepEqual([other.state, another.state, supportCase().state], ["CLOSED", "NEW", "NEW"]);
    run.cloud.state.cases.delete("99000004");
    await fine("list");
  });

  for (const [what, code, message, args, input] of [
    ["an unknown command", 2, /^error: unknown command 'reopen'/, ["reopen"]],
    ["an unknown option", 2, /^error: unknown option '--force'/, ["close", "--force"]],
    ["a reason that there is not", 2, /Allowed choices are resolutionTime/, ["escalate", "--reason", "URGENT"]],
    ["no justification", 2, /'--justification <text>' not specified/, ["escalate", "--reason", "resolutionTime"]],
    ["an unknown case", 1, /^stack test has no case "nope"; write customer-care\/testCase/, ["show", "nope"]],
    ["an unknown stack", 1, /^there is no stack "prod"; `pulumi stack ls` lists/, ["list", "--stack", "prod"]],
    ["a folder that there is not", 2, /^--cwd: "no\/folder" is not a folder/, ["list", "--cwd", "no/folder"]],
    ["a folder without a project", 1, /no Pulumi\.yaml project file found/, ["list", "--cwd", tmpdir()]],
    ["no comment", 2, /^there is no comment; write it as an argument/, ["comment"]],
    ["an empty comment", 2, /^the comment on standard input is empty/, ["comment", "-"], " \n"],
    ["a comment that is too long", 2, /^the comment has 12,801 characters/, ["comment", "x".repeat(12_801)]],
    ["a case's name in place of a comment", 2, /^"testCase" is the name of a case/, ["comment", "testCase"]],
    [
      "a file that there is not",
      2,
      /gone\.log cannot be read: there is no such file/,
      ["attach", "testCase", "gone.log"],
    ],
    ["a case's name in place of a file", 2, /^"testCase" is the name of a case/, ["attach", "testCase"]],
    ["neither a terminal nor --yes", 2, /^there is no terminal to confirm on; write --yes/, ["close"]],
  ] as [string, number, RegExp, string[], string?][])
    it(`refuses ${what}, before anything is sent`, () =>
      refused(code, message, args, input === undefined ? {} : { input }));

  it("names the role that the caller lacks", async () => {
    const environment = { GOOGLE_OAUTH_ACCESS_TOKEN: "local-auditor-token" };
    const { code, stderr } = await careCase(["comment", "May I?"], { environment });
    assert.equal(code, 1);
    assert.match(
      stderr,
      /403 PERMISSION_DENIED: .*; the caller needs Tech Support Editor \(roles\/cloudsupport\.techSupportEditor\) on projects\/shop-dev\nSee docs\/reference\/errors\.md#permission-denied\n$/,
    );
    assert.ok(!supportCase().comments.some(({ body }) => body === "May I?"));
  });

  it("links to Pulumi's installation if it is not on PATH", () =>
    refused(1, /^Pulumi was not found on PATH; install it as described on https:/, ["list"], {
      environment: { PATH: folder },
    }));

  it("closes the case; the state follows with a refresh", async () => {
    const closed = await fine("close", "--yes");
    assert.equal(closed, `Closed ${resource} (${name}). \`pulumi refresh\` brings the stack's state up to date.\n`);
    assert.equal(supportCase().state, "CLOSED");
    assert.equal((await run.refresh()).failed, false);
    const { deployment } = (await run.stack.exportStack()) as { deployment: { resources: StateResource[] } };
    assert.equal(deployment.resources.find(({ id }) => id === name)?.outputs?.state, "CLOSED");
  });

  it("writes nothing more to a closed case, and reports why", async () => {
    const message = /^case customer-care\/testCase \(\S+\) is closed, and a closed case cannot .*; nothing was sent/;
    await refused(1, message, ["comment", "Thank you."]);
    await refused(1, message, ["attach", "Pulumi.yaml"]);
    await refused(1, message, ["escalate", "--reason", "resolutionTime", "--justification", "It is back"]);
    const before = writes();
    assert.match(await fine("close", "--yes"), /is closed already: nothing was sent\./);
    assert.equal(((await json("close", "--yes")) as { sent: boolean }).sent, false);
    assert.equal(writes(), before);
  });

  it("reports a case that is gone", async () => {
    const id = name.split("/").at(-1) ?? "";
    const kept = supportCase();
    run.cloud.state.cases.delete(id);
    try {
      const { code, stdout } = await careCase(["list"]);
      assert.equal(code, 1);
      assert.match(stdout, /gone\. `pulumi refresh` removes it from the state\.\n$/);
      await refused(1, /is gone; `pulumi refresh` removes it from the state/, ["show"]);
    } finally {
      run.cloud.state.cases.set(id, kept);
    }
  });

  it("wants a stack where none is selected, and selects none", async () => {
    const { workDir: cwd, envVars } = run.stack.workspace;
    await promisify(execFile)("pulumi", ["stack", "unselect"], { cwd, env: { ...process.env, ...envVars } });
    await fine("list", "--stack", "test");
    await refused(1, /^no stack is selected; write --stack with one of test, or run `pulumi stack select`/, ["list"]);
  });
});
