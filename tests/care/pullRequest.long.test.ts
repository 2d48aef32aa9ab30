/**
 * A pull request from its opening to the night after its merge, by the workflows of this repository themselves: their scripts run
 * here, on Pulumi's engine, the local Google Cloud and a stub of GitHub, as the identities that docs/how-to/setUpWorkflows.md creates.
 * Slow, since each step is an engine's.
 */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { IdentityPoolClient } from "google-auth-library";
import type { IdentityPoolClientOptions } from "google-auth-library";
import { parse, stringify } from "yaml";
import { loadSeed, startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { home, root } from "../../tools/setup/bootstrap/places.mjs";
import { run } from "../../tools/setup/bootstrap/process.mjs";
import type { Engine } from "../../tools/setup/index.ts";
import { holdingsOf } from "../../tools/stack/index.ts";
import { localSettings } from "../../tools/stack/localStack.ts";
import { grantsOn } from "../support/setUpCommands.ts";
import { document, step, types } from "../support/previews/steps.ts";
import { shippedFile, shippedPlan } from "../support/environments/index.ts";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";
import { repository, startGitHub } from "../support/gitHub/index.ts";
import type { StubGitHub } from "../support/gitHub/index.ts";
import { runJob } from "../support/gitHub/job.ts";
import type { JobOutcome } from "../support/gitHub/job.ts";
import { runScript } from "../support/gitHub/script.ts";
import { readWorkflow } from "../support/gitHub/workflow.ts";
import type { Job } from "../support/gitHub/workflow.ts";

const folder = join(home, "tests", "pullRequest");
const stack = "dev";
const cloudPlatform = "https://www.googleapis.com/auth/cloud-platform";
const backend = `file://${join(folder, "state")}`;
const branch = { main: join(folder, "main"), head: join(folder, "head") };

interface Shop {
  editors: string[];
}

/** The event of a merge. */
interface Push {
  readonly after?: string;
}

/** How the jobs ended that a job needs. */
type Needs = Readonly<Record<string, { readonly result: JobOutcome["result"] }>>;

/** In place of the workflow's values: which job asks Google for which service account. */
interface Identity {
  readonly job: string;
  readonly account: string;
}

describe("a pull request", () => {
  let engine: Engine;
  let cloud: Cloud;
  let gitHub: StubGitHub;
  const comments = () => (gitHub.comments.get(7) ?? []).filter(({ body }) => body.includes(`## Stack \`${stack}\``));
  const editorsOfShop = () =>
    holdingsOf(cloud.state).grants.filter((line) =>
      /^projects\/shop-dev roles\/cloudsupport\S+ (group|user):/.test(line),
    );

  beforeAll(async () => {
    engine = await engineFromEnvironment();
    cloud = await startCloud({ seed: seedWithIdentities() });
    gitHub = await startGitHub();
    gitHub.comments.set(7, []);
    gitHub.labels.set(7, new Set());
    gitHub.permissions.set("ada", "write");
    rmSync(folder, { recursive: true, force: true });
    for (const place of Object.values(branch)) checkOut(place);
    mkdirSync(join(folder, "state"), { recursive: true });
    const { code, stderr } = await run(engine.pulumi, ["stack", "init", stack], { cwd: branch.main, env: runner() });
    assert.equal(code, 0, stderr);
    cpSync(join(branch.main, "Pulumi.dev.yaml"), join(branch.head, "Pulumi.dev.yaml"));
  });
  afterAll(async () => {
    await cloud.close();
    await gitHub.close();
  });

  /** What a runner of GitHub has, with the engine and the ways to the local cloud and the stub. */
  function runner(): Record<string, string | undefined> {
    const { GOOGLE_OAUTH_ACCESS_TOKEN: _token, ...endpoints } = cloud.environment;
    const { GITHUB_TOKEN: _gitHubToken, ...ofGitHub } = gitHub.environment();
    const { FORCE_COLOR: _color, NODE_TEST_CONTEXT: _context, ...environment } = process.env;
    return {
      ...environment,
      ...engine.environment,
      ...endpoints,
      ...ofGitHub,
      PULUMI_BACKEND_URL: backend,
      GITHUB_EVENT_PATH: join(folder, "event.json"),
      // A job of ours asks nobody's npm for a newer one.
      npm_config_update_notifier: "false",
    };
  }

  /** A job of a workflow, for the stack `dev` alone. */
  async function job(
    file: string,
    name: string,
    event: object,
    options: { readonly needs?: Needs; readonly identity?: Identity } = {},
  ): Promise<JobOutcome> {
    const wanted = readWorkflow(file).jobs[name] ?? assert.fail();
    const { needs = {} } = options;
    const environmentName = wanted.environment?.replace("${{ matrix.stack }}", stack) ?? "";
    const identity = options.identity ?? { job: `${file}/${environmentName}`, account: environmentName };
    writeFileSync(join(folder, "event.json"), JSON.stringify(event));
    const variables = {
      PULUMI_BACKEND_URL: backend,
      WORKLOAD_IDENTITY_PROVIDER:
        "projects/100000000003/locations/global/workloadIdentityPools/github/providers/customer-care",
      SERVICE_ACCOUNT: `customer-care-${identity.account}@ops-admin.iam.gserviceaccount.com`,
    };
    let checkedOut = "";
    return runJob(withoutPolicyPack({ ...wanted, env: { ...wanted.env, STACKS: `org ${stack}` } }), {
      contexts: {
        github: { repository, event, token: gitHub.token },
        vars: variables,
        matrix: { stack },
        needs,
      },
      environment: runner(),
      runnerFolder: folder,
      needsFailed: Object.values(needs).some(({ result }) => result !== "success"),
      actions: {
        "actions/checkout": ({ ref }) => {
          checkedOut = "pull_request" in event && ref !== "base" ? branch.head : branch.main;
          // A runner has nothing of an earlier job.
          for (const made of ["previews", "reviewed"]) rmSync(join(checkedOut, made), { recursive: true, force: true });
          return { folder: checkedOut };
        },
        "./.github/actions/set-up": () => ({}),
        "pulumi/actions": () => ({}),
        "google-github-actions/auth": async ({ service_account: account = "" }) => {
          const { impersonation } = cloud.credentialFiles(join(folder, "credentials"), {
            principal: `serviceAccount:${account}`,
            impersonator: principalOf(identity.job),
          });
          const configuration = JSON.parse(readFileSync(impersonation, "utf8")) as IdentityPoolClientOptions;
          const client = new IdentityPoolClient({ ...configuration, scopes: [cloudPlatform] });
          // The stand-in for the gcp plugin takes access tokens alone.
          return { environment: { GOOGLE_OAUTH_ACCESS_TOKEN: (await client.getAccessToken()).token ?? "" } };
        },
        "actions/github-script": async (inputs) => ({
          outputs: await runScript(inputs, gitHub, { number: 7, payload: event, sha: (event as Push).after ?? "" }),
        }),
        "actions/upload-artifact": ({ name: artifact = "", path = "" }) => {
          const isPage = artifact === `report-${stack}`;
          cpSync(join(checkedOut, path), join(folder, isPage ? "report.html" : artifact), { recursive: true });
          return {};
        },
        "actions/download-artifact": ({ name: artifact = `preview-${stack}`, path = "", "run-id": id }) => {
          assert.equal(id, artifact === "reviewed" ? "42" : undefined);
          cpSync(join(folder, artifact), join(checkedOut, path), { recursive: true });
          // Its domain is that of all stacks.
          const config = { "customer-care:organization": '{"domain":"example.com"}' };
          const steps = [step("same", types.service, { before: {}, after: {}, stack: "org" })];
          writeFileSync(join(checkedOut, path, "org.json"), document(steps, { config }));
          return {};
        },
      },
    });
  }

  const ofPullRequest = (event: object, sha: string) => ({
    ...event,
    pull_request: {
      number: 7,
      user: { login: "octocat" },
      base: { sha: "base" },
      head: { sha, ref: "change", repo: { full_name: repository } },
    },
  });

  /** All jobs of the preview, as an event starts them. */
  async function preview(event: { action: string }, sha: string) {
    const whole = ofPullRequest(event, sha);
    if (event.action !== "labeled") gitHub.push("change", sha);
    const label = await job("preview.yml", "label", whole);
    const first = await job("preview.yml", "preview", whole);
    const comment = await job("preview.yml", "comment", whole, { needs: { preview: first } });
    const gate = await job("preview.yml", "gate", whole, { needs: { label, preview: first, comment } });
    return { preview: first, comment, gate };
  }

  /** An engine that Go has built cannot run policy packs: policy.test.ts reports it, once for all of them. */
  function withoutPolicyPack(wanted: Job): Job {
    if (engine.canRunPolicyPacks) return wanted;
    const steps = wanted.steps.map((step) =>
      step.run === undefined ? step : { ...step, run: step.run.replace(" --policy-pack policy", "") },
    );
    return { ...wanted, steps };
  }

  function push(change: (shop: Shop) => void) {
    const file = join(branch.head, "Pulumi.dev.yaml");
    const written = parse(readFileSync(file, "utf8")) as {
      config: { "customer-care:projects": { "shop-dev": Shop } };
    };
    change(written.config["customer-care:projects"]["shop-dev"]);
    writeFileSync(file, stringify(written));
  }

  /** As GitHub knows of it: the merge is of the pull request whose last commit was previewed by this run. */
  const merged: Push = { after: "merged" };
  const merge = (sha: string) => {
    cpSync(join(branch.head, "Pulumi.dev.yaml"), join(branch.main, "Pulumi.dev.yaml"));
    const head = { sha, ref: "change" };
    const pull = { number: 7, merge_commit_sha: "merged", merged_at: "2026-01-01T00:00:00Z", head };
    gitHub.merges.set("merged", [{ ...pull, merge_commit_sha: "another" }, pull]);
    gitHub.runs.set("preview.yml", [
      { id: 43, head_sha: "3333333", head_branch: "change", created_at: "2026-01-01T01:00:00Z" },
      { id: 42, head_sha: sha, head_branch: "change", created_at: "2026-01-01T01:00:00Z" },
    ]);
  };

  it("goes to a repository whose stack is deployed by an earlier one, since a push alone could add outsiders", async () => {
    const pushed = await job("up.yml", "up", {});
    assert.deepEqual(pushed.failed, ["Gate"], pushed.output);
    assert.match(pushed.output, /^care diff: no config here has organization\.domain.*\ncare diff: external: \d$/m);
    const { gate } = await preview({ action: "opened" }, "0000000");
    assert.equal(gate.result, "success", gate.output);
    merge("0000000");
    const { result, output } = await job("up.yml", "up", merged);
    assert.equal(result, "success", output);
    assert.equal(holdingsOf(cloud.state).contacts.filter((line) => line.startsWith("projects/")).length, 2);
  });

  it("is opened: the stack's comment lists what it changes", async () => {
    push((shop) => shop.editors.push("user:new@example.com"));
    const { preview: first, comment, gate } = await preview({ action: "opened" }, "1111111");
    for (const { result, output } of [first, comment, gate]) assert.equal(result, "success", output);
    assert.equal(comments().length, 1);
    const [{ body = "" } = {}] = comments();
    assert.match(body, /## Stack `dev`\n\nResources: 1 created\.\n/);
    assert.match(body, /`user:new@example\.com` gets \*\*Tech Support Editor\*\* on project `shop-dev`/);
    assert.match(body, /commit 1111111/);
    assert.equal(editorsOfShop().length, 1);
  });

  it("gets a second push: the same comment lists what it changes now, and the gate blocks deletions", async () => {
    const [{ id } = {}] = comments();
    push((shop) => (shop.editors = ["user:new@example.com"]));
    gitHub.label(7, "preview-reviewed", "ada");
    const { preview: first, comment, gate } = await preview({ action: "synchronize" }, "2222222");
    for (const { result, output } of [first, comment]) assert.equal(result, "success", output);
    assert.deepEqual([gate.result, gate.failed], ["failure", ["Gate"]], gate.output);
    assert.match(gate.output, /care diff: delete: 1/);
    assert.deepEqual(
      comments().map((one) => one.id),
      [id],
    );
    assert.match(comments()[0]?.body ?? "", /Resources: 1 created, 1 removed from the stack\./);
    assert.match(comments()[0]?.body ?? "", /commit 2222222/);
  });

  it("gets the label of the one who looked: the gate lets it through, and no other label does, nor changes it", async () => {
    const labelled = async (name: string) => {
      gitHub.label(7, name, "ada");
      return (await preview({ action: "labeled" }, "2222222")).gate;
    };
    assert.deepEqual((await labelled("bug")).failed, ["Gate"]);
    for (const name of ["preview-reviewed", "docs"]) {
      const { result, output } = await labelled(name);
      assert.equal(result, "success", output);
    }
    assert.equal(comments().length, 1);
  });

  it("is merged: the identity of its preview cannot deploy it, nor become another", async () => {
    merge("2222222");
    const before = holdingsOf(cloud.state);
    const reading = { job: "preview.yml/preview", account: "preview" };
    const { failed, output } = await job("up.yml", "up", merged, { identity: reading });
    assert.ok(failed.includes("Up"), output);
    assert.match(output, /this caller lacks resourcemanager\.projects\.setIamPolicy/);
    assert.deepEqual(holdingsOf(cloud.state), before);

    const stolen = { job: "preview.yml/preview", account: "dev" };
    const refused = await job("drift.yml", "drift", {}, { identity: stolen });
    assert.match(refused.failed[0] ?? "", /google-github-actions\/auth/);
    assert.match(refused.output, /iam\.serviceAccounts\.getAccessToken/);
  });

  it("is not deployed where that would change what nobody has reviewed, or what needs a review and has none", async () => {
    const before = holdingsOf(cloud.state);
    const unmerged = await job("up.yml", "up", {});
    assert.deepEqual(unmerged.failed, ["Gate"], unmerged.output);
    assert.match(unmerged.output, /^care diff: external: 1; delete: 1$/m);

    const file = join(branch.main, "Pulumi.dev.yaml");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("user:new@example.com", "user:other@example.com"));
    const other = await job("up.yml", "up", merged);
    writeFileSync(file, text);
    assert.deepEqual(other.failed, ["Gate"], other.output);
    assert.match(other.output, /^care diff: 1 change was not reviewed, such as: user:other@example\.com gets /m);
    assert.match(other.summary, /user:other@example\.com/);
    assert.deepEqual(holdingsOf(cloud.state), before);
  });

  it("is deployed by the identity of its stack, and nothing is left to do", async () => {
    const { result, output } = await job("up.yml", "up", merged);
    assert.equal(result, "success", output);
    assert.deepEqual(editorsOfShop(), ["projects/shop-dev roles/cloudsupport.techSupportEditor user:new@example.com"]);
    // An address may break in the page.
    const page = readFileSync(join(folder, "report.html"), "utf8").replaceAll("<wbr>", "");
    assert.match(page, /^<!doctype html>[^]*user:new@example\.com/i);
  });

  it("is followed by a night in which nothing drifted, and by one in which somebody took a grant away", async () => {
    const quiet = await job("drift.yml", "drift", {});
    assert.equal(quiet.result, "success", quiet.output);
    assert.match(quiet.summary, /Nothing changes\./);

    const { policy } = cloud.state.projects.get("shop-dev") ?? assert.fail();
    policy.bindings = policy.bindings.filter(({ role }) => role !== "roles/cloudsupport.techSupportEditor");
    const drifted = await job("drift.yml", "drift", {});
    assert.deepEqual([drifted.result, drifted.failed], ["failure", ["Compare"]], drifted.output);
    assert.match(drifted.summary, /user:new@example\.com/);
    assert.deepEqual(editorsOfShop(), []);
  });

  it("also reports a preview that fails", async () => {
    push((shop) => shop.editors.push("nobody"));
    const { preview: first, comment, gate } = await preview({ action: "synchronize" }, "3333333");
    assert.deepEqual([first.result, first.failed], ["failure", ["Preview"]]);
    assert.equal(comment.result, "success", comment.output);
    assert.deepEqual(gate.failed, ["Needs"], gate.output);
    assert.equal(comments().length, 1);
    assert.match(comments()[0]?.body ?? "", /The preview failed/);
    assert.match(comments()[0]?.body ?? "", /commit 3333333/);

    gitHub.label(7, "preview-reviewed", "ada");
    const labelled = await preview({ action: "labeled" }, "3333333");
    assert.deepEqual(labelled.gate.failed, ["Needs"], labelled.gate.output);
  });
});

/** The service accounts and what they may do, as the page's commands create them. */
function seedWithIdentities() {
  const seed = structuredClone(loadSeed());
  for (const { resource, role, member } of grantsOn("iam service-accounts")) {
    const principal = `serviceAccount:${resource}`;
    let account = seed.principals.find((one) => one.principal === principal);
    if (account === undefined) {
      account = { principal, displayName: resource, accessToken: undefined, bindings: [] };
      seed.principals.push(account);
    }
    const federated = principalOf(member.split("/attribute.job/")[1] ?? "");
    account.bindings.push({ role, members: [federated] });
    seed.principals.push({ principal: federated, displayName: federated, accessToken: undefined, bindings: [] });
  }
  for (const { resource, role, member } of [...grantsOn("organizations"), ...grantsOn("projects")]) {
    const [collection, id] = resource.split("/");
    const place =
      collection === "organizations"
        ? seed.organizations.find((one) => one.id === id)
        : seed.projects.find((one) => one.projectId === id);
    assert.ok(place, resource);
    place.bindings.push({ role, members: [member] });
  }
  return seed;
}

/** The local cloud knows no principal sets: each job is the one subject that it has. */
function principalOf(job: string): string {
  return `principal://iam.googleapis.com/projects/100000000003/locations/global/workloadIdentityPools/github/subject/${job}`;
}

/** A clone of this repository, with its plan and the stack's file as they are shipped, and the latter pointed at the local cloud. */
function checkOut(place: string) {
  mkdirSync(place, { recursive: true });
  const left = new Set([".git", ".customer-care", "node_modules", "tests", "docs"]);
  for (const entry of readdirSync(root))
    if (!left.has(entry)) cpSync(join(root, entry), join(place, entry), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(place, "node_modules"));
  const projectFile = join(place, "Pulumi.yaml");
  const project = parse(readFileSync(projectFile, "utf8")) as { config: Record<string, unknown> };
  writeFileSync(
    projectFile,
    stringify({ ...project, config: { ...project.config, plan: { type: "string", default: shippedPlan } } }),
  );
  const written = parse(readFileSync(shippedFile(stack), "utf8")) as { config: Record<string, unknown> };
  writeFileSync(
    join(place, `Pulumi.${stack}.yaml`),
    stringify({ ...written, config: { ...written.config, ...localSettings } }),
  );
}
