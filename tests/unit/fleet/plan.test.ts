/** The plan of a fleet for other engines, validated against their published schemas. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "vitest";
import { Ajv } from "ajv";
import { parseAllDocuments } from "yaml";
import { githubMatrix, pulumiDeployments, kubernetesOperator } from "../../../care/fleet/plan.ts";
import type { Plan } from "../../../care/fleet/plan.ts";

const plan: Plan = {
  project: "customer-care",
  stacks: ["org", "prod-00", "prod-01"],
  looksUpProjects: true,
  repository: "https://github.com/octo-org/care.git",
  branch: "main",
  directory: ".",
  organization: "octo-org",
};

const ajv = new Ajv({ strict: false, formats: { int32: true, int64: true } });

function problems(schema: string, document: unknown): unknown {
  const text = readFileSync(new URL(`schemas/${schema}.json`, import.meta.url), "utf8");
  const validate = ajv.compile(JSON.parse(text) as object);
  return validate(document) ? [] : validate.errors;
}

describe("a fleet for", () => {
  it("GitHub Actions: a job for each stack", () => {
    assert.deepEqual(JSON.parse(githubMatrix(plan)), { stack: plan.stacks });
    const many = Array.from({ length: 257 }, (_, index) => `prod-${String(index)}`);
    assert.throws(() => githubMatrix({ ...plan, stacks: many }), /256 jobs at most, but the fleet has 257 stacks/);
  });

  it("Pulumi Deployments: the settings of each stack, in the shape of its REST API", () => {
    const requests = JSON.parse(pulumiDeployments(plan)) as { path: string; settings: unknown }[];
    assert.deepEqual(
      requests.map(({ path }) => path),
      plan.stacks.map((stack) => `/api/stacks/octo-org/customer-care/${stack}/deployments/settings`),
    );
    for (const { settings } of requests) assert.deepEqual(problems("pulumiDeploymentsSettings", settings), []);
  });

  it("the Kubernetes Operator: Stack resources, in the shape of its custom resource definition", () => {
    const resources = parseAllDocuments(kubernetesOperator(plan)).map((document) => document.toJS() as object);
    assert.equal(resources.length, plan.stacks.length);
    for (const resource of resources) assert.deepEqual(problems("kubernetesOperatorStack", resource), []);
    assert.deepEqual(resources[1], {
      apiVersion: "pulumi.com/v1",
      kind: "Stack",
      metadata: { name: "customer-care-prod-00" },
      spec: {
        stack: "octo-org/customer-care/prod-00",
        projectRepo: "https://github.com/octo-org/care.git",
        branch: "refs/heads/main",
        repoDir: ".",
        continueResyncOnCommitMatch: true,
        resyncFrequencySeconds: 3600,
        envRefs: {
          PULUMI_ACCESS_TOKEN: { type: "Secret", secret: { name: "pulumi-access-token", key: "accessToken" } },
        },
      },
    });
  });

  it("the Kubernetes Operator is checked against the schema: a key that it does not have is a problem", () => {
    const [first] = parseAllDocuments(kubernetesOperator(plan)).map(
      (document) => document.toJS() as { spec: Record<string, unknown> },
    );
    assert.notDeepEqual(problems("kubernetesOperatorStack", { ...first, spec: { ...first?.spec, repo: "x" } }), []);
  });

  it("an engine that needs the repository reports that", () => {
    assert.throws(() => pulumiDeployments({ ...plan, repository: undefined }), /needs --repository/);
    assert.throws(() => kubernetesOperator({ ...plan, organization: undefined }), /needs --organization/);
    assert.throws(() => kubernetesOperator({ ...plan, repository: "" }), /needs --repository/);
  });

  it("an organization that would lead the path elsewhere is refused", () => {
    for (const organization of ["../octo", "octo org", "octo/org"])
      assert.throws(() => pulumiDeployments({ ...plan, organization }), /is not an organization's name/);
  });
});
