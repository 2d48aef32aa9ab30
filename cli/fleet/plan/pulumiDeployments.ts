/**
 * The settings of Pulumi Deployments, for each stack the body of
 * `PATCH https://api.pulumi.com/api/stacks/ORGANIZATION/PROJECT/STACK/deployments/settings`.
 *
 * Source: https://www.pulumi.com/docs/reference/cloud-rest-api/deployments/#patch-settings
 */
import { jsonText } from "../../../text/index.ts";
import { needed } from "./needed.ts";
import type { Plan } from "./plan.ts";

export function pulumiDeployments(plan: Plan): string {
  const { stacks, project, branch, directory } = plan;
  const organization = needed(plan, "organization");
  const repoUrl = needed(plan, "repository");
  const requests = stacks.map((stack) => ({
    path: `/api/stacks/${organization}/${project}/${stack}/deployments/settings`,
    settings: { sourceContext: { git: { repoUrl, branch: `refs/heads/${branch}`, repoDir: directory } } },
  }));
  return `${jsonText(requests)}\n`;
}
