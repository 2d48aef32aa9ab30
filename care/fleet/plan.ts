/** `care fleet plan`: a fleet for other engines, if one machine is not enough. */
import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { stringify } from "yaml";
import { everyProjectFolders } from "../../onboarding/index.ts";
import { documentPath, jsonText } from "../../text/index.ts";
import { withExitCodes } from "../exitCodes.ts";
import { UsageError } from "../userError.ts";
import { readFleet } from "./fleetFile.ts";
import { stackFilesOf } from "./stackFiles.ts";

/** A fleet for another engine: its stacks, and where their program is. */
export interface Plan {
  /** The Pulumi project's name. */
  readonly project: string;
  readonly stacks: readonly string[];
  /** Whether new projects appear without a commit, which an engine that waits for commits does not see. */
  readonly looksUpProjects: boolean;
  /** The URL of the git repository. */
  readonly repository: string | undefined;
  readonly branch: string;
  /** The program's folder in it. */
  readonly directory: string;
  /** The organization in Pulumi Cloud. */
  readonly organization: string | undefined;
}

const formats = {
  "github-matrix": githubMatrix,
  "pulumi-deployments": pulumiDeployments,
  "kubernetes-operator": kubernetesOperator,
};

interface PlanOptions extends Partial<Pick<Plan, "repository" | "organization">> {
  readonly format?: keyof typeof formats;
  readonly json?: boolean;
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
  const command = new Command("plan")
    .description(
      "Write the stacks' files, and the fleet for GitHub Actions, Pulumi Deployments or the Kubernetes Operator",
    )
    .argument("<fleet>", "the fleet's name: prod for Pulumi.prod.yaml")
    .addOption(new Option("--format <format>", "the format; required without --json").choices(Object.keys(formats)))
    .option(
      "--json",
      `write the plan itself, in the shape of ${documentPath("docs/reference/care.schema.json")}; not with --format`,
    )
    .option("--organization <name>", "the organization in Pulumi Cloud")
    .option("--repository <url>", "the git repository that has the program")
    .option("--branch <name>", "its branch", branchOf, "main")
    .option("--directory <folder>", "the program's folder in it", ".")
    .option("-C, --cwd <folder>", "the program's folder here", ".")
    .addHelpText("after", help)
    .action(plan);
  return withExitCodes(command, {
    fine: "the plan was written",
    failedOrFindings: "the stacks' files cannot be written",
    usage: "the command is wrong, or the fleet's file is invalid",
  });
}

async function plan(
  name: string,
  { format, json, cwd, repository, organization, ...rest }: PlanOptions,
): Promise<void> {
  if (format === undefined && !json)
    throw new UsageError(`--format is missing; write one of ${Object.keys(formats).join(", ")}, or --json`);
  const fleet = await readFleet(resolve(cwd), name);
  const { stacks, write } = await stackFilesOf(fleet);
  await write();
  const looksUpProjects = everyProjectFolders(fleet.config).size > 0;
  const made: Plan = { project: fleet.project, stacks, looksUpProjects, repository, organization, ...rest };
  process.stdout.write(format === undefined ? jsonOf(made) : formats[format](made));
}

function jsonOf(plan: Plan): string {
  const { repository = null, organization = null } = plan;
  return `${jsonText({ version: 1, ...plan, repository, organization })}\n`;
}

/** Also accepts the full ref. */
function branchOf(text: string): string {
  const branch = text.replace(/^refs\/heads\//, "");
  if (branch === "" || /\s/.test(branch))
    throw new InvalidArgumentError(`${JSON.stringify(text)} is not a branch, such as main`);
  return branch;
}

/** Source: https://docs.github.com/en/actions/reference/limits, "Job matrix" */
const mostJobs = 256;

/** The matrix of a GitHub Actions workflow, a job for each stack: for `strategy.matrix`, by `fromJSON`. */
export function githubMatrix({ stacks }: Plan): string {
  if (stacks.length > mostJobs)
    throw new UsageError(
      `a matrix has ${String(mostJobs)} jobs at most, but the fleet has ${String(stacks.length)} stacks; write another --format`,
    );
  return `${JSON.stringify({ stack: stacks })}\n`;
}

/**
 * The settings of Pulumi Deployments, for each stack the body of
 * `PATCH https://api.pulumi.com/api/stacks/ORGANIZATION/PROJECT/STACK/deployments/settings`.
 *
 * Source: https://www.pulumi.com/docs/reference/cloud-rest-api/deployments/#patch-settings
 */
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

/** Seconds between two updates without a commit. */
const resync = 3600;

/**
 * The `Stack` resources of the Pulumi Kubernetes Operator, a document for each stack.
 *
 * Source: https://github.com/pulumi/pulumi-kubernetes-operator, deploy/crds/pulumi.com_stacks.yaml
 */
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
      projectRepo,
      branch: `refs/heads/${branch}`,
      repoDir: directory,
      ...(looksUpProjects ? { continueResyncOnCommitMatch: true, resyncFrequencySeconds: resync } : {}),
      envRefs: {
        PULUMI_ACCESS_TOKEN: { type: "Secret", secret: { name: "pulumi-access-token", key: "accessToken" } },
      },
    },
  }));
  return resources.map((resource) => `---\n${stringify(resource, { lineWidth: 0 })}`).join("");
}

const examples = { repository: "https://github.com/octo-org/care.git", organization: "octo-org" };

/** A name in Pulumi Cloud, which becomes a part of a path. */
const organizationName = /^[A-Za-z0-9_-]+$/;

/** @throws UsageError if the option is missing, empty or invalid */
function needed(plan: Plan, option: keyof typeof examples): string {
  const value = plan[option];
  if (!value)
    throw new UsageError(`this --format needs --${option}; write one such as --${option} ${examples[option]}`);
  if (option === "organization" && !organizationName.test(value))
    throw new UsageError(
      `--${option}: ${JSON.stringify(value)} is not an organization's name; write one such as ${examples[option]}`,
    );
  return value;
}
