/** What the required check of preview.yml lets through: its jobs as they are, on recorded previews and the stub of GitHub. */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from "vitest";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { repository, startGitHub } from "../support/gitHub/index.ts";
import type { StubGitHub } from "../support/gitHub/index.ts";
import { runJob } from "../support/gitHub/job.ts";
import { runScript } from "../support/gitHub/script.ts";
import { readWorkflow } from "../support/gitHub/workflow.ts";
import { alertPolicy } from "../support/previews/alerts.ts";
import { recordingFile } from "../support/previews/recordings.ts";
import { document, step, types } from "../support/previews/steps.ts";

const { jobs } = readWorkflow("preview.yml");
const { gate = assert.fail(), label = assert.fail() } = jobs;
const stacks = gate.env?.["STACKS"]?.split(" ") ?? assert.fail();
const [stack = assert.fail()] = stacks;
const needs = [gate.needs ?? []].flat();
const reviewed = "preview-reviewed";

/** The recording of each stack's preview. */
const quiet: Readonly<Record<string, string>> = Object.fromEntries(stacks.map((stack) => [stack, "nothing-changes"]));

const clone = mkdtempSync(join(tmpdir(), "care-gate-"));
writeFileSync(
  join(clone, "package.json"),
  JSON.stringify({
    scripts: { care: `${JSON.stringify(process.execPath)} ${JSON.stringify(join(root, "care/main.ts"))}` },
  }),
);
afterAll(() => rmSync(clone, { recursive: true, force: true }));

describe("the gate", () => {
  let gitHub: StubGitHub;
  const labels = () => gitHub.labels.get(7) ?? assert.fail();
  beforeEach(async () => {
    uploaded.clear();
    gitHub = await startGitHub();
    gitHub.labels.set(7, new Set());
    gitHub.permissions.set("ada", "write").set("octocat", "admin").set("triager", "read");
    gitHub.push("change", "head");
  });
  const review = (login = "ada") => gitHub.label(7, reviewed, login);
  afterEach(() => gitHub.close());

  const uploaded = new Map<string, readonly string[]>();

  interface Run {
    readonly action?: string;
    readonly head?: string;
    readonly results?: Readonly<Record<string, string>>;
    readonly previews?: Readonly<Record<string, string>>;
    /** In place of a recording. */
    readonly texts?: Readonly<Record<string, string>>;
  }

  function run(
    job: typeof gate,
    { action = "labeled", head = repository, results = {}, previews = quiet, texts = {} }: Run = {},
  ) {
    const ended = needs.map((name) => [name, { result: results[name] ?? "success" }] as const);
    const pullRequest = {
      number: 7,
      user: { login: "octocat" },
      base: { sha: "base" },
      head: { sha: "head", ref: "change", repo: { full_name: head } },
    };
    const event = { action, pull_request: pullRequest };
    return runJob(job, {
      contexts: {
        github: { repository, event, token: gitHub.token },
        needs: Object.fromEntries(ended),
      },
      environment: {
        PATH: `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`,
        npm_config_update_notifier: "false",
      },
      runnerFolder: clone,
      needsFailed: ended.some(([, { result }]) => result !== "success"),
      actions: {
        "actions/checkout": ({ ref }) => {
          assert.equal(ref, "base");
          return { folder: clone };
        },
        "./.github/actions/set-up": () => ({}),
        "actions/download-artifact": ({ path = "" }) => {
          rmSync(join(clone, path), { recursive: true, force: true });
          mkdirSync(join(clone, path));
          for (const [stack, name] of Object.entries(previews))
            cpSync(recordingFile({ name }), join(clone, path, `${stack}.json`));
          for (const [stack, text] of Object.entries(texts)) writeFileSync(join(clone, path, `${stack}.json`), text);
          return {};
        },
        "actions/github-script": async (inputs) => ({
          outputs: await runScript(inputs, gitHub, { number: 7, payload: event }),
        }),
        "actions/upload-artifact": ({ name = "", path = "" }) => {
          uploaded.set(name, readdirSync(join(clone, path)).sort());
          return {};
        },
      },
    });
  }

  it("lets previews through that change nothing which it looks for", async () => {
    const { result, output, summary } = await run(gate);
    assert.equal(result, "success", output);
    assert.equal(summary.match(/Nothing changes\./g)?.length, stacks.length);
  });

  it("fails a fork's pull request, and reports what a maintainer has to do", async () => {
    const results = Object.fromEntries(needs.map((name) => [name, "skipped"]));
    const { failed, output } = await run(gate, { action: "opened", head: "mallory/care", results });
    assert.deepEqual(failed, ["Fork"]);
    assert.match(output, /^::error::.* fork has no preview\. A maintainer .* pushes its commits to a branch .*\.\n$/);
  });

  for (const need of needs)
    for (const ended of ["failure", "cancelled", "skipped"])
      it(`fails where ${need} ended with ${ended}, with or without the label`, async () => {
        review();
        const { failed, output } = await run(gate, { results: { [need]: ended } });
        assert.deepEqual(failed, ["Needs"]);
        assert.match(output, new RegExp(`^::error::.*\\b${ended}\\b`));
      });

  for (const one of stacks)
    it(`fails where the preview of ${one} is not there, with or without the label`, async () => {
      review();
      const { [one]: _missing, ...previews } = quiet;
      const { failed, output } = await run(gate, { previews });
      assert.deepEqual(failed, ["Gate"]);
      assert.match(output, new RegExp(`^::error::The preview of the stack ${one} is missing`));
    });

  it("fails where there is a preview of a stack that it does not know", async () => {
    const { failed, output } = await run(gate, { previews: { ...quiet, another: "nothing-changes" } });
    assert.deepEqual(failed, ["Gate"]);
    assert.match(output, /^::error::There is a preview of a stack that is not in /);
  });

  const findings: Readonly<Record<string, string>> = {
    "administrator-added": "admin-grant",
    "landing-zone": "privileged-grant",
    "other-grants": "external",
    "last-contact-removed": "last-contact",
    "real-case": "real-case",
    "grant-removed": "delete",
    "case-description-changed": "replace",
  };
  for (const [name, kind] of Object.entries(findings))
    it(`blocks ${kind} until the label is set, whichever other label is set then`, async () => {
      const previews = { ...quiet, [stack]: name };
      labels().add("bug");
      const blocked = await run(gate, { previews });
      assert.deepEqual(blocked.failed, ["Gate"], blocked.output);
      assert.match(blocked.output, new RegExp(`^care diff: .*\\b${kind}: \\d`, "m"));
      assert.match(blocked.output, /^Not reviewed: the label preview-reviewed is not set\.$/m);
      assert.deepEqual([...uploaded.keys()], []);
      review();
      const { result, output } = await run(gate, { previews });
      assert.equal(result, "success", output);
      assert.deepEqual([...uploaded], [["reviewed", stacks.map((one) => `${one}.json`).sort()]]);
    });

  it("blocks an alert-removal until the label is set", async () => {
    const [one, other] = [1, 2].map((id) => `projects/shop-dev/notificationChannels/${String(id)}`);
    const [before, after] = [[one, other], [one]].map((channels) => alertPolicy(channels.map(String)));
    const texts = { [stack]: document([step("update", types.alertPolicy, { before, after, name: "serviceHealth" })]) };
    const blocked = await run(gate, { texts });
    assert.deepEqual(blocked.failed, ["Gate"], blocked.output);
    assert.match(blocked.output, /^care diff: .*\balert-removal: \d/m);
    review();
    assert.equal((await run(gate, { texts })).result, "success");
  });

  const invalid: Readonly<Record<string, readonly [set: () => void, why: RegExp]>> = {
    "the author set": [
      () => review("octocat"),
      /^Not reviewed: octocat set the label \S+ on a pull request of their own\.$/m,
    ],
    "somebody set who may only triage": [
      () => review("triager"),
      /^Not reviewed: triager set .* has no write access to this/m,
    ],
    "somebody set who is no collaborator": [
      () => review("mallory"),
      /^Not reviewed: mallory set .* has no write access to this/m,
    ],
    "somebody else set again": [
      () => {
        review();
        review("triager");
      },
      /^Not reviewed: triager set /m,
    ],
    "the one who pushed the commit set": [
      () => {
        gitHub.push("change", "earlier", "octocat");
        gitHub.push("change", "head", "ada");
        review();
      },
      /^Not reviewed: ada set the label \S+ and pushed head\.$/m,
    ],
    "was set before the push of the commit": [
      () => {
        review();
        gitHub.push("change", "earlier");
        gitHub.push("change", "head");
      },
      /^Not reviewed: the label \S+ was set before the push of head\.$/m,
    ],
    "was set for a commit whose push is unknown": [
      () => {
        review();
        gitHub.pushes.clear();
      },
      /^Not reviewed: the push of head is not among the last of change\.$/m,
    ],
    "nobody is known to have set": [() => labels().add(reviewed), /^Not reviewed: it is unknown who set the label/m],
  };
  for (const [what, [set, why]] of Object.entries(invalid))
    it(`does not take a label that ${what}`, async () => {
      set();
      const { failed, output } = await run(gate, { previews: { ...quiet, [stack]: "grant-removed" } });
      assert.deepEqual(failed, ["Gate"], output);
      assert.match(output, why);
    });

  it("takes the label of one who may write, set after the last push of the commit", async () => {
    review();
    gitHub.push("change", "head");
    review();
    const { result, output } = await run(gate, { previews: { ...quiet, [stack]: "grant-removed" } });
    assert.equal(result, "success", output);
  });

  it("never lets a conflict through, with or without the label", async () => {
    review();
    const grant = { project: "shop-dev", role: "roles/cloudsupport.techSupportEditor", member: "user:a@b.c" };
    const text = document([
      step("delete", types.projectGrant, { before: grant, name: "old" }),
      step("create", types.projectGrant, { after: grant, name: "new" }),
    ]);
    const { failed, output } = await run(gate, { texts: { [stack]: text } });
    assert.deepEqual(failed, ["Gate"]);
    assert.match(output, /^care diff: conflict: 1$/m);
  });

  it("never lets a preview through that failed, whatever the label and its job's result", async () => {
    review();
    const { failed, output } = await run(gate, { previews: { ...quiet, [stack]: "failed" } });
    assert.deepEqual(failed, ["Gate"]);
    assert.match(output, /^care diff: the preview of \S+ failed/);
  });

  it("fails where the labels cannot be read", async () => {
    gitHub.fail({ method: "GET", path: "/labels", status: 500, message: "Server Error" });
    assert.deepEqual((await run(gate)).failed, ["Label"]);
  });

  for (const action of ["opened", "synchronize", "reopened"])
    it(`has the label taken off when the pull request is ${action}: it is for an earlier commit`, async () => {
      labels().add("bug");
      review();
      const { result, output } = await run(label, { action });
      assert.equal(result, "success", output);
      assert.deepEqual([...labels()], ["bug"]);
    });

  for (const action of ["labeled", "unlabeled"])
    it(`keeps the label when the pull request is ${action}`, async () => {
      review();
      assert.equal((await run(label, { action })).result, "success");
      assert.deepEqual([...labels()], [reviewed]);
    });

  it("does not mind that there is no label to take off, but that it cannot be taken off", async () => {
    assert.equal((await run(label, { action: "synchronize" })).result, "success");
    review();
    gitHub.mayWrite = false;
    assert.deepEqual((await run(label, { action: "synchronize" })).failed, ["Remove the label"]);
  });
});

describe("the gate of an update", () => {
  const { jobs: updates } = readWorkflow("up.yml");
  const { up = assert.fail() } = updates;
  const tools = join(clone, "tools");
  const log = join(clone, "pulumi.log");
  let gitHub: StubGitHub;
  beforeAll(() => {
    mkdirSync(tools, { recursive: true });
    // In the engine's place: it writes the recorded preview, and records its arguments. pullRequest.test.ts has the engine.
    const script = `#!/bin/sh\necho "$*" >> ${JSON.stringify(log)}\ncase "$*" in *--json*) cat "$RECORDING";; esac\n`;
    writeFileSync(join(tools, "pulumi"), script, { mode: 0o755 });
  });
  beforeEach(async () => {
    rmSync(log, { force: true });
    rmSync(join(clone, "reviewed"), { recursive: true, force: true });
    gitHub = await startGitHub();
    gitHub.merges.set("merged", [
      { number: 6, merge_commit_sha: "merged", merged_at: null, head: { sha: "closed", ref: "closed" } },
      {
        number: 7,
        merge_commit_sha: "merged",
        merged_at: "2026-01-01T00:00:00Z",
        head: { sha: "head", ref: "change" },
      },
    ]);
    gitHub.pulls.set("change", [{ number: 7, head: { sha: "head" } }]);
  });
  afterEach(() => gitHub.close());

  async function update(name: string, reviewed?: string) {
    const run = { id: 42, head_sha: "head", head_branch: "change", created_at: "2026-01-01T00:00:00Z" };
    if (reviewed !== undefined) gitHub.runs.set("preview.yml", [{ ...run, id: 44, head_branch: "same-commit" }, run]);
    const { failed, output, result } = await runJob(up, {
      contexts: {
        github: { repository, event: {}, token: gitHub.token },
        matrix: { stack },
        vars: {},
      },
      environment: {
        PATH: `${tools}:${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`,
        RECORDING: recordingFile({ name }),
        npm_config_update_notifier: "false",
      },
      runnerFolder: clone,
      actions: {
        "actions/checkout": () => ({ folder: clone }),
        "./.github/actions/set-up": () => ({}),
        "pulumi/actions": () => ({}),
        "google-github-actions/auth": () => ({}),
        "actions/github-script": async (inputs) => ({ outputs: await runScript(inputs, gitHub, { sha: "merged" }) }),
        "actions/download-artifact": ({ name: artifact, path = "", "run-id": id }) => {
          assert.deepEqual([artifact, id], ["reviewed", "42"]);
          mkdirSync(join(clone, path), { recursive: true });
          cpSync(recordingFile({ name: reviewed ?? assert.fail() }), join(clone, path, `${stack}.json`));
          return {};
        },
        "actions/upload-artifact": () => ({}),
      },
    });
    const isDone = readFileSync(log, "utf8")
      .split("\n")
      .some((line) => line.startsWith("up "));
    return { failed: failed.filter((step) => step !== "Report"), output, result, isDone };
  }

  it("lets the update make the reviewed changes, and the rest of them", async () => {
    for (const name of ["grant-removed", "nothing-changes"]) {
      const { failed, output, isDone } = await update(name, "grant-removed");
      assert.deepEqual([failed, isDone], [[], true], output);
    }
    assert.deepEqual((await update("project-added", "project-added")).failed, []);
  });

  it("stops an update of which something was not reviewed", async () => {
    const { failed, output, isDone } = await update("administrator-added", "grant-removed");
    assert.deepEqual([failed, isDone], [["Gate"], false]);
    assert.match(output, /^care diff: 1 change was not reviewed, such as: user:new@example\.com gets /m);
  });

  it("does not take the gate of another pull request with the same commit, nor of another base, for a review", async () => {
    gitHub.pulls.set("change", [
      { number: 7, head: { sha: "head" } },
      { number: 8, head: { sha: "head" } },
    ]);
    const ofAnother = await update("grant-removed", "grant-removed");
    assert.deepEqual([ofAnother.failed, ofAnother.isDone], [["Gate"], false], ofAnother.output);
    gitHub.pulls.set("change", [
      { number: 7, head: { sha: "head" } },
      { number: 5, head: { sha: "earlier" } },
    ]);
    assert.equal((await update("grant-removed", "grant-removed")).isDone, true);
    rmSync(log);
    rmSync(join(clone, "reviewed"), { recursive: true });
    gitHub.changeBase(7);
    const ofBase = await update("grant-removed", "grant-removed");
    assert.deepEqual([ofBase.failed, ofBase.isDone], [["Gate"], false], ofBase.output);
  });

  it("stops what needs a review where there is none, and nothing else", async () => {
    const blocked = await update("grant-removed");
    assert.deepEqual([blocked.failed, blocked.isDone], [["Gate"], false]);
    assert.match(blocked.output, /^care diff: delete: 1$/m);
    // No preview has the organization's domain here.
    const outsiders = await update("project-added");
    assert.deepEqual([outsiders.failed, outsiders.isDone], [["Gate"], false]);
    assert.match(outsiders.output, /^care diff: no config here has organization\.domain, .*\ncare diff: external: 2$/m);
    const { failed, isDone } = await update("case-closed");
    assert.deepEqual([failed, isDone], [[], true]);
  });
});
