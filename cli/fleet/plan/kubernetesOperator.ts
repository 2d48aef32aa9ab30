/**
 * The `Stack` resources of the Pulumi Kubernetes Operator, a document for each stack.
 *
 * Source: https://github.com/pulumi/pulumi-kubernetes-operator, deploy/crds/pulumi.com_stacks.yaml
 */
import { stringify } from "yaml";
import { needed } from "./needed.ts";
import type { Plan } from "./plan.ts";

/** Seconds between two updates without a commit. */
const resync = 3600;

export function kubernetesOperator(plan: Plan): string {
  const { stacks, project, branch, directory, looksUpProjects } = plan;
  const organization = needed(plan, "organization");
  const projectRepo = needed(plan, "repository");
  const resources = stacks.map((stack) => ({
    apiVersion: "pulumi.com/v1",
    kind: "Stack",
    metadata: { name: `${project}-${stack}`.toLowerCase().replaceAll(/[^a-z0-9-]/g, "-") },
    spec: {
      stack: `${organization}/${project}/${stack}`,
      ...{ projectRepo, branch: `refs/heads/${branch}`, repoDir: directory },
      ...(looksUpProjects ? { continueResyncOnCommitMatch: true, resyncFrequencySeconds: resync } : {}),
      envRefs: {
        PULUMI_ACCESS_TOKEN: { type: "Secret", secret: { name: "pulumi-access-token", key: "accessToken" } },
      },
    },
  }));
  return resources.map((resource) => `---\n${stringify(resource, { lineWidth: 0 })}`).join("");
}
