/** What the workflows must never do, whoever changes them: a wrong line in them gives an identity away. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { parse } from "yaml";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { isTrue } from "../support/gitHub/expression.ts";
import { readWorkflow, setUpAction, workflows } from "../support/gitHub/workflow.ts";
import type { Job, Step } from "../support/gitHub/workflow.ts";

const { dependencies, engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
  engines: { node: string };
};
const setUpText = readFileSync(setUpAction, "utf8");
const setUpSteps = (parse(setUpText) as { runs: { steps: Step[] } }).runs.steps;
// A stack for the local cloud is one's own, and in no repository.
const stackFiles = globSync("Pulumi.*.yaml", { cwd: root, exclude: ["Pulumi.local.yaml"] }).map(
  (file) => file.split(".")[1] ?? "",
);

const jobs = workflows.flatMap(({ file, jobs: all, on }) =>
  Object.entries(all).map(([name, job]) => ({ place: `${file} ${name}`, file, on, ...job })),
);
const stepsOf = ({ steps }: Job, action: string) => steps.filter(({ uses }) => uses?.split("@")[0] === action);
const writes = ({ permissions = {} }: Job) =>
  Object.entries(permissions)
    .filter(([, access]) => access === "write")
    .map(([scope]) => scope);

describe("the workflows", () => {
  it("are these", () =>
    assert.deepEqual(
      workflows.map(({ file }) => file),
      ["checks.yml", "drift.yml", "preview.yml", "release.yml", "up.yml"],
    ));

  it("pin each action by the whole hash of its commit, with its version, and each to one", () => {
    const texts = [...workflows.map(({ text }) => text), setUpText];
    const lines = texts.flatMap((text) => text.match(/^.*\buses:.*$/gm) ?? []);
    const others = lines
      .map((line) => line.replace(/^.*\buses: /, ""))
      .filter((use) => !use.startsWith("./.github/actions/"));
    assert.ok(others.length > 10);
    for (const use of others) assert.match(use, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const pins = new Set(others);
    assert.equal(pins.size, new Set([...pins].map((use) => use.split("@")[0])).size, [...pins].join("\n"));
  });

  it("are never started with the rights of this repository by what a fork sends", () => {
    for (const { file, on } of workflows)
      for (const event of Object.keys(on))
        assert.ok(["pull_request", "push", "schedule", "workflow_dispatch"].includes(event), `${file}: ${event}`);
  });

  it("have no expression in a script: what others wrote would be run", () => {
    const steps = [...jobs.flatMap((job) => job.steps), ...setUpSteps];
    const scripts = steps.flatMap(({ run, with: inputs }) => [run ?? [], inputs?.["script"] ?? []].flat().map(String));
    assert.ok(scripts.length > 10);
    for (const script of scripts) assert.doesNotMatch(script, /\$\{\{/);
  });

  it("use the versions that the program does", () => {
    for (const job of jobs)
      for (const { with: inputs } of stepsOf(job, "pulumi/actions"))
        assert.deepEqual(inputs, { "pulumi-version": dependencies["@pulumi/pulumi"] });
    const [node] = setUpSteps.flatMap(({ with: inputs }) => inputs?.["node-version"] ?? []);
    assert.ok(Number(node) > Number(engines.node.replace(/^>=(\d+).*$/, "$1")));
  });
});

describe("a job", () => {
  for (const job of jobs) {
    const { place, on, file } = job;
    const isOfPullRequest = "pull_request" in on;
    const isOfCode = stepsOf(job, "./.github/actions/set-up").length > 0 || stepsOf(job, "actions/checkout").length > 0;
    const { id, pullRequests } = {
      id: writes(job).includes("id-token"),
      pullRequests: writes(job).includes("pull-requests"),
    };

    it(`${place} has the least permissions: its workflow has none to give, and no job both an identity and a comment`, () => {
      assert.deepEqual(readWorkflow(file).permissions, {});
      // The job that creates the release runs no code of the repository.
      const createsRelease = place === "release.yml release" && !isOfCode;
      assert.equal(job.permissions?.["contents"], createsRelease ? "write" : isOfCode ? "read" : undefined);
      assert.deepEqual(
        writes(job).filter((scope) => !["id-token", "pull-requests"].includes(scope)),
        createsRelease ? ["contents"] : [],
      );
      assert.ok(!(id && pullRequests));
    });

    if (isOfCode)
      it(`${place} leaves no token in the clone`, () => {
        const checkouts = stepsOf(job, "actions/checkout");
        assert.equal(checkouts.length, 1);
        assert.equal(checkouts[0]?.with?.["persist-credentials"], false);
      });

    it(`${place} ends in time`, () => assert.ok((job["timeout-minutes"] ?? Infinity) <= 90));

    if (place === "preview.yml label")
      it(`${place} is never cancelled: the label of an earlier commit would stay on`, () =>
        assert.equal(job.concurrency, undefined));
    else
      it(`${place} is one at a time for its stack`, () => {
        assert.ok(job.concurrency);
        assert.equal(job.concurrency.group.includes("${{ matrix.stack }}"), job.strategy !== undefined);
        assert.equal(job.concurrency["cancel-in-progress"], !["release.yml", "up.yml"].includes(file));
      });

    if (job.strategy)
      it(`${place} has the stacks of this repository`, () =>
        assert.deepEqual([...(job.strategy?.matrix.stack ?? [])].sort(), stackFiles.sort()));

    if (place === "release.yml publish")
      it(`${place} has its identity for npm alone, after all checks, through an environment`, () => {
        assert.deepEqual([id, job.environment, job.needs], [true, "release", "checks"]);
        assert.deepEqual(stepsOf(job, "google-github-actions/auth"), []);
        assert.match(job.steps.map(({ run = "" }) => run).join("\n"), /npm publish \S+ --provenance /);
      });
    else if (id)
      it(`${place} has its identity by Workload Identity Federation, through its environment`, () => {
        assert.equal(job.environment, file === "up.yml" ? "${{ matrix.stack }}" : "preview");
        assert.deepEqual(
          stepsOf(job, "google-github-actions/auth").map(({ with: inputs }) => inputs),
          [
            {
              workload_identity_provider: "${{ vars.WORKLOAD_IDENTITY_PROVIDER }}",
              service_account: "${{ vars.SERVICE_ACCOUNT }}",
            },
          ],
        );
      });
    else
      it(`${place} has no identity`, () => {
        assert.equal(job.environment, undefined);
        assert.deepEqual(stepsOf(job, "google-github-actions/auth"), []);
      });

    if (isOfPullRequest && writes(job).length > 0)
      it(`${place} is not run for a fork`, () => {
        const contexts = (head: string) => ({
          github: {
            repository: "octo-org/care",
            event: { pull_request: { head: { repo: { full_name: head } }, base: {} } },
          },
        });
        for (const failed of [false, true]) assert.equal(isTrue(job.if, contexts("mallory/care"), { failed }), false);
        assert.equal(isTrue(job.if, contexts("octo-org/care"), { failed: false }), true);
      });

    if (isOfPullRequest && isOfCode && Object.keys(job.permissions ?? {}).includes("pull-requests"))
      it(`${place} runs the code of the branch that the pull request is for`, () =>
        assert.equal(stepsOf(job, "actions/checkout")[0]?.with?.["ref"], "${{ github.event.pull_request.base.sha }}"));
  }
});

describe("the required check", () => {
  const { jobs: all, on } = readWorkflow("preview.yml");
  const { gate = assert.fail(), ...others } = all;

  it("is there whatever becomes of the others, and for a fork: GitHub takes one that was skipped for a success", () => {
    for (const head of ["octo-org/care", "mallory/care"])
      for (const failed of [false, true]) {
        const github = {
          repository: "octo-org/care",
          event: { pull_request: { head: { repo: { full_name: head } } } },
        };
        assert.equal(isTrue(gate.if, { github }, { failed }), true);
      }
  });

  it("needs each other job", () => assert.deepEqual([...(gate.needs ?? [])].sort(), Object.keys(others).sort()));

  it("has the stacks of the matrix", () =>
    assert.deepEqual(gate.env?.["STACKS"]?.split(" "), others["preview"]?.strategy?.matrix.stack));

  it("runs again whenever the commit or a label changes", () => {
    const { types } = on["pull_request"] as { types: string[] };
    assert.deepEqual(types, ["opened", "synchronize", "reopened", "labeled", "unlabeled"]);
  });
});
