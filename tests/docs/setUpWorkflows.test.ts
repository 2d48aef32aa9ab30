/** What docs/how-to/setUpWorkflows.md has people set up is what the workflows need and the stacks that are shipped, and no more. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "vitest";
import { parse } from "yaml";
import { check, placesOf } from "../../onboarding/index.ts";
import { changeKindNames } from "../../care/diff/kinds.ts";
import { needsOf } from "../../components/internal.ts";
import { rolePermissions } from "../../tools/localCloud/roles.ts";
import { shippedFile, shippedPlan, shippedStacks } from "../support/environments/index.ts";
import { workflows } from "../support/gitHub/workflow.ts";
import { blocks, pathOf } from "../support/documents.ts";
import { gitLabCommands, grantsOn, isGitLab, page, setUpCommands } from "../support/setUpCommands.ts";
import { ownConfig, readStackFile } from "../support/stackFile.ts";

const text = readFileSync(pathOf(page), "utf8");
const stacks = shippedStacks;
const account = (name: string) => `customer-care-${name}@ops-admin.iam.gserviceaccount.com`;
const member = (name: string) => `serviceAccount:${account(name)}`;
const organizationId = "123456789012";

/** The roles of a table, each with the cell after it. */
const tableOf = (heading: string) =>
  (text.split(heading)[1] ?? "")
    .split("\n\n")
    .find((part) => part.startsWith("|"))
    ?.split("\n")
    .flatMap((row) => {
      const [, role = "", where = ""] = row.split("|").map((cell) => cell.trim());
      return role.startsWith("`roles/") ? [{ role: role.slice(1, -1), where }] : [];
    }) ?? [];

/** What each stack that is shipped needs, where. */
const needs = stacks.flatMap((stack) => {
  const file = readStackFile(readFileSync(shippedFile(stack), "utf8"));
  const { config } = check({ plan: shippedPlan, ...ownConfig(file) });
  return placesOf(config ?? assert.fail(), organizationId).flatMap((place) =>
    needsOf(place).map(({ role }) => ({ stack, level: place.level, resource: place.resource, role })),
  );
});

/** gcloud cannot be asked. Source: https://cloud.google.com/sdk/gcloud/reference */
const gcloudOptions: Readonly<Record<string, readonly string[]>> = {
  "iam service-accounts add-iam-policy-binding": ["member", "project", "role"],
  "iam service-accounts create": ["project"],
  "iam workload-identity-pools create": ["location", "project"],
  "iam workload-identity-pools create-cred-config": ["credential-source-file", "output-file", "service-account"],
  "iam workload-identity-pools providers create-oidc": [
    "allowed-audiences",
    "attribute-condition",
    "attribute-mapping",
    "issuer-uri",
    "location",
    "project",
    "workload-identity-pool",
  ],
  "kms keyrings create": ["location", "project"],
  "kms keys add-iam-policy-binding": ["keyring", "location", "member", "project", "role"],
  "kms keys create": ["keyring", "location", "project", "purpose"],
  "organizations add-iam-policy-binding": ["condition", "member", "role"],
  "projects add-iam-policy-binding": ["condition", "member", "role"],
  "services enable": ["project"],
  "storage buckets add-iam-policy-binding": ["member", "role"],
  "storage buckets create": ["location", "project", "public-access-prevention", "uniform-bucket-level-access"],
  "storage buckets update": ["versioning"],
};

/** The API that a group of gcloud's commands calls. */
const apis: Readonly<Record<string, string>> = {
  iam: "iam",
  kms: "cloudkms",
  organizations: "cloudresourcemanager",
  projects: "cloudresourcemanager",
  storage: "storage",
};

describe("the commands that set it up", () => {
  it("are gcloud's, with options that it has, and one thing each", () => {
    const ofGcloud = [...setUpCommands, ...gitLabCommands].filter(([program]) => program === "gcloud");
    assert.ok(ofGcloud.length > 40);
    for (const [, ...words] of ofGcloud) {
      const firstOption = words.findIndex((word) => word.startsWith("--"));
      const options = gcloudOptions[words.slice(0, firstOption - 1).join(" ")] ?? assert.fail(words.join(" "));
      for (const word of words.slice(firstOption))
        assert.ok(options.includes(/^--([a-z-]+)(=.+)?$/.exec(word)?.[1] ?? ""), `${word} of ${words.join(" ")}`);
    }
  });

  it("enable each API that a command calls, that exchanges GitHub's token, and that the stack org calls", () => {
    const called = setUpCommands.flatMap(([program, group = ""]) =>
      program === "gcloud" && group !== "services" ? [apis[group] ?? assert.fail(group)] : [],
    );
    assert.ok(workflows.some(({ text: of }) => of.includes("service_account: ${{ vars.SERVICE_ACCOUNT }}")));
    // Its contacts have the project of the commands as their quota project, where it enables nothing.
    const { config: org = {} } = readStackFile(readFileSync(shippedFile("org"), "utf8"));
    assert.equal(org["gcp:billingProject"], "ops-admin");
    const ofOrg = JSON.stringify(org).includes('"contacts"') ? ["essentialcontacts"] : [];
    const wanted = new Set([...called, "sts", "iamcredentials", ...ofOrg]);
    const enabled = setUpCommands.flatMap(([, ...words]) =>
      words[0] === "services" ? [/^([a-z]+)\.googleapis\.com$/.exec(words[2] ?? "")?.[1]] : [],
    );
    assert.deepEqual(enabled.sort(), [...wanted].sort());
    assert.deepEqual(setUpCommands[0]?.slice(1, 3), ["services", "enable"]);
  });

  it("create the stacks that there are, with a key of Cloud KMS", () => {
    const made = setUpCommands.filter(([program]) => program === "pulumi");
    assert.deepEqual(
      made.map(([, ...words]) => words.slice(0, 3)),
      stacks.map((stack) => ["stack", "init", stack]),
    );
    for (const words of made)
      assert.match(words[4] ?? "", /^--secrets-provider=gcpkms:\/\/projects\/.*\/customer-care$/);
  });

  it("let each job with an identity be the account of its environment, and nothing else", () => {
    const jobs = workflows.flatMap(({ file, jobs: all }) =>
      Object.values(all).flatMap(({ environment, strategy }) =>
        environment === undefined
          ? []
          : environment === "preview"
            ? [`preview ${file}/preview`]
            : // An adopter's matrix may have others.
              (strategy === undefined ? [] : stacks).map((stack) => `${stack} ${file}/${stack}`),
      ),
    );
    const bound = grantsOn("iam service-accounts").map(({ resource, role, member: from }) => {
      assert.equal(role, "roles/iam.workloadIdentityUser");
      const [, name = ""] = /^customer-care-(\w+)@ops-admin\.iam\.gserviceaccount\.com$/.exec(resource) ?? [];
      const [, job = ""] =
        /^principalSet:\/\/iam\.googleapis\.com\/projects\/\d+\/locations\/global\/workloadIdentityPools\/github\/attribute\.job\/(.+)$/.exec(
          from,
        ) ?? [];
      return `${name} ${job}`;
    });
    assert.deepEqual(bound.sort(), jobs.sort());
  });
});

describe("the settings on GitHub", () => {
  const ofGh = setUpCommands.flatMap(([program, ...words]) => (program === "gh" ? [words] : []));
  // release.yml is for this repository's own releases, which CONTRIBUTING.md describes.
  const used = workflows.filter(({ file }) => file !== "release.yml");
  const wanted = (pattern: RegExp) =>
    [...new Set(used.flatMap((one) => [...one.text.matchAll(pattern)].flatMap(([, name = ""]) => name)))].sort();
  const environments = ["preview", ...stacks].sort();
  const setVariables = ofGh.filter(([one, two]) => one === "variable" && two === "set");

  it("create each environment of the workflows, for main alone unless it only reads", () => {
    const found = (method: string, ending: string) =>
      ofGh.flatMap((words) => {
        const [, name] =
          new RegExp(`^repos/\\{owner\\}/\\{repo\\}/environments/(\\w+)${ending}$`).exec(words[4] ?? "") ?? [];
        return words[3] === method && name !== undefined ? [name] : [];
      });
    assert.deepEqual(found("PUT", "").sort(), environments);
    assert.deepEqual(found("POST", "/deployment-branch-policies").sort(), [...stacks].sort());
    const named = used.flatMap(({ jobs }) => Object.values(jobs).flatMap(({ environment }) => environment ?? []));
    assert.deepEqual([...new Set(named)].sort(), ["${{ matrix.stack }}", "preview"]);
  });

  it("set each variable, and SERVICE_ACCOUNT in each environment to the account that the commands create", () => {
    const names = [...new Set(setVariables.map(([, , name = ""]) => name))].sort();
    assert.deepEqual(names, wanted(/\bvars\.(\w+)/g));
    const accounts = setVariables.flatMap(([, , name, , environment = "", , value = ""]) =>
      name === "SERVICE_ACCOUNT" ? [[environment, value]] : [],
    );
    assert.deepEqual(
      accounts.sort(),
      environments.map((name) => [name, account(name)]),
    );
    const provider = setVariables.find(([, , name]) => name === "WORKLOAD_IDENTITY_PROVIDER")?.at(-1);
    const [pool, id] = ["create", "create-oidc"].map(
      (verb) => setUpCommands.find((words) => words[2] === "workload-identity-pools" && words.includes(verb)) ?? [],
    );
    const idOf = (words: readonly string[] = []) => words[words.findIndex((word) => word.startsWith("--")) - 1];
    assert.equal(
      provider,
      `projects/100000000003/locations/global/workloadIdentityPools/${idOf(pool) ?? ""}/providers/${idOf(id) ?? ""}`,
    );
  });

  it("need no secret, and have the label of the gate", () => {
    assert.deepEqual(wanted(/\bsecrets\.(\w+)/g), []);
    const labels = ofGh.flatMap(([one, two, name = ""]) => (one === "label" && two === "create" ? [name] : []));
    assert.deepEqual(labels, ["preview-reviewed"]);
    assert.ok(used.some((one) => one.text.includes('name: "preview-reviewed"')));
  });
});

describe("the roles of the read-only identity", () => {
  const roles = tableOf("to the read-only identity,").map(({ role }) => role);

  it("are what the commands grant it", () => {
    const granted = [...grantsOn("organizations"), ...grantsOn("projects")].filter(
      (one) => one.member === member("preview"),
    );
    assert.deepEqual(
      granted,
      roles.map((role) => ({ resource: `organizations/${organizationId}`, role, member: member("preview") })),
    );
  });

  it("write nothing", () => {
    for (const role of roles)
      for (const permission of rolePermissions[role] ?? assert.fail(role))
        assert.match(permission, /\.(get|getIamPolicy|getUserRoles|list|use)$/);
  });
});

describe("the roles of the identities that write", () => {
  it("are in the table the ones that care doctor requires", () => {
    const needed = needs.map(({ role, level }) => `${role} ${level === "folder" ? "organization" : level}`);
    const covered = new Map([
      ["roles/resourcemanager.folderAdmin organization", "roles/resourcemanager.organizationAdmin organization"],
    ]);
    const wanted = new Set(needed.map((need) => covered.get(need) ?? need));
    assert.deepEqual(
      tableOf("Grant the roles for projects")
        .map(({ role, where }) => `${role} ${where}`)
        .sort(),
      [...wanted].sort(),
    );
  });

  for (const stack of stacks)
    it(`of ${stack} are what the commands grant it, and the use of its quota project`, () => {
      const granted = [...grantsOn("organizations"), ...grantsOn("projects")]
        .filter((one) => one.member === member(stack))
        .map(({ resource, role }) => `${resource} ${role}`);
      const wanted = needs
        .filter((one) => one.stack === stack && one.level !== "folder")
        .map(({ resource, role }) => `${resource} ${role}`);
      // The quota project of the others is one where they are Service Usage Admin.
      if (stack === "org") wanted.push("projects/ops-admin roles/serviceusage.serviceUsageConsumer");
      assert.deepEqual(granted.sort(), [...new Set(wanted)].sort());
    });
});

it("GitLab's jobs have a backend, and each the identity of its environment, which writes on main alone", () => {
  const [block = assert.fail()] = blocks.filter(isGitLab);
  const { variables, preview, up } = parse(block.text) as Record<"variables", Record<string, string>> &
    Record<"preview" | "up", { environment: { name: string }; variables: Record<string, string> }>;
  assert.match(variables["PULUMI_BACKEND_URL"] ?? "", /^gs:\/\//);
  assert.deepEqual([preview.environment.name, up.environment.name], ["preview", "$STACK"]);
  for (const { environment, variables: own } of [preview, up])
    assert.equal(own["GOOGLE_APPLICATION_CREDENTIALS"], `.gitlab/${environment.name}.json`);
  const pool = "iam.googleapis.com/projects/100000000003/locations/global/workloadIdentityPools/gitlab";
  assert.deepEqual(
    grantsOn("iam service-accounts", gitLabCommands).map(({ resource, member: from }) => [resource, from]),
    ["preview", ...stacks].map((name) => [account(name), `principalSet://${pool}/attribute.environment/${name}`]),
  );
  const files = gitLabCommands.flatMap((words) => words.filter((word) => word.startsWith("--output-file=")));
  assert.deepEqual(
    files,
    ["preview", ...stacks].map((name) => `--output-file=.gitlab/${name}.json`),
  );
  const condition = gitLabCommands.flat().find((word) => word.startsWith("--attribute-condition=")) ?? "";
  assert.match(
    condition,
    /project_id == '12345678' && \(\(.*assertion\.ref == 'main'\) \|\| assertion\.environment == 'preview'\)$/,
  );
});

it("the pipeline of GitLab has the commands of the workflows, for the same stacks", () => {
  const [block = assert.fail()] = blocks.filter(isGitLab);
  const jobs = parse(block.text) as Record<string, { script?: string[]; parallel?: { matrix: [{ STACK: string[] }] } }>;
  const scripts = workflows.flatMap(({ jobs: all }) =>
    Object.values(all).flatMap(({ steps }) => steps.flatMap(({ run = "" }) => run.trim().split("\n"))),
  );
  // Its job has not previewed before the update.
  scripts.push(...scripts.map((line) => line.replace(" --skip-preview", "")));
  for (const name of ["preview", "up"]) {
    const { script = [], parallel } = jobs[name] ?? assert.fail(name);
    assert.ok(script.length > 0);
    for (const line of script) assert.ok(scripts.includes(line), line);
    assert.deepEqual(parallel?.matrix[0].STACK, stacks);
  }
});

it("the gate of the workflow and of any other system looks for the kinds of changes that the pages name", () => {
  const read = (name: string) => readFileSync(pathOf(`docs/how-to/${name}`), "utf8");
  const section = read("pullRequests.md").split("\n## The gate\n")[1]?.split("\n## ")[0] ?? assert.fail();
  const named = changeKindNames.filter((kind) => section.includes(`\`${kind}\``));
  // These show no risk: a closed test case concerns nobody.
  const unreviewed = ["case-close", "drift", "organization"];
  assert.deepEqual([...changeKindNames].filter((kind) => !named.includes(kind)).sort(), unreviewed);
  const kindsIn = (place: string, pattern: RegExp) =>
    [...place.matchAll(pattern)].flatMap(([, list = ""]) => list.split(",")).sort();
  assert.deepEqual(kindsIn(read("otherPipelines.md"), /--fail-on ([a-z,-]+)/g), [...named].sort());
  for (const file of ["preview.yml", "up.yml"]) {
    const workflow = workflows.find((one) => one.file === file) ?? assert.fail();
    assert.deepEqual(kindsIn(workflow.text, /failOn\+?=,?([a-z,-]+)$/gm), [...named].sort(), file);
  }
});
