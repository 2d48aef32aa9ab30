/** `care fleet plan`: a fleet for the engines of others, past what one machine bears. */
import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { everyProjectFolders } from "../../../config/index.ts";
import { readFleet } from "../fleetFile.ts";
import { stackFilesOf } from "../stackFiles.ts";
import { githubMatrix } from "./githubMatrix.ts";
import { kubernetesOperator } from "./kubernetesOperator.ts";
import type { Plan } from "./plan.ts";
import { pulumiDeployments } from "./pulumiDeployments.ts";

const formats = {
  "github-matrix": githubMatrix,
  "pulumi-deployments": pulumiDeployments,
  "kubernetes-operator": kubernetesOperator,
};

interface PlanOptions extends Partial<Pick<Plan, "repository" | "organization">> {
  readonly format: keyof typeof formats;
  readonly branch: string;
  readonly directory: string;
  readonly cwd: string;
}

const help = `
Examples:
  care fleet plan prod --format github-matrix
  care fleet plan prod --format pulumi-deployments --organization octo-org --repository https://github.com/octo-org/care.git
  care fleet plan prod --format kubernetes-operator --organization octo-org --repository https://github.com/octo-org/care.git`;

export function planCommand(): Command {
  return new Command("plan")
    .description(
      "Write the stacks' files, and the fleet for GitHub Actions, Pulumi Deployments or the Kubernetes Operator",
    )
    .argument("<fleet>", "the fleet's name: prod for Pulumi.prod.yaml")
    .addOption(new Option("--format <format>", "for whom").choices(Object.keys(formats)).makeOptionMandatory())
    .option("--organization <name>", "the organization in Pulumi Cloud")
    .option("--repository <url>", "the git repository that has the program")
    .option("--branch <name>", "its branch", branchOf, "main")
    .option("--directory <folder>", "the program's folder in it", ".")
    .option("-C, --cwd <folder>", "the program's folder here", ".")
    .addHelpText("after", help)
    .action(plan);
}

async function plan(name: string, { format, cwd, repository, organization, ...rest }: PlanOptions): Promise<void> {
  const fleet = await readFleet(resolve(cwd), name);
  const { stacks, write } = await stackFilesOf(fleet);
  await write();
  const looksUpProjects = everyProjectFolders(fleet.config).size > 0;
  process.stdout.write(
    formats[format]({ project: fleet.project, stacks, looksUpProjects, repository, organization, ...rest }),
  );
}

/** Also as git writes it in full. */
function branchOf(text: string): string {
  const branch = text.replace(/^refs\/heads\//, "");
  if (branch === "" || /\s/.test(branch))
    throw new InvalidArgumentError(`${JSON.stringify(text)} is not a branch, such as main`);
  return branch;
}
