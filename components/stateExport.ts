/**
 * The state as `pulumi stack export` writes it. It has what the engine does not pass to the program: which resource has which
 * provider, and what an interrupted update was creating.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { formerState, retryTruncated } from "./formerState.ts";
import type { Outputs } from "./formerState.ts";
import { pulumiProgram } from "./operation.ts";
import type { RunContext } from "./run.ts";

interface Exported {
  readonly deployment?: {
    readonly resources?: readonly {
      readonly urn: string;
      readonly provider?: string;
      readonly delete?: boolean;
      readonly retainOnDelete?: boolean;
    }[];
    readonly pending_operations?: readonly {
      readonly type: string;
      readonly resource: { readonly urn: string; readonly type: string; readonly inputs?: Outputs };
    }[];
  };
}

/** Read once for each run. @throws Error if the CLI cannot export the state */
export const exportedState = (run: RunContext) => run.shared(readExport);

async function readExport(run: RunContext): Promise<NonNullable<Exported["deployment"]>> {
  const folder = pulumi.getRootDirectory();
  const stack = isInline()
    ? `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`
    : pulumi.getStack();
  const args = ["stack", "export", "--non-interactive", "--stack", stack];
  const { deployment = {} } = await retryTruncated(async () => {
    const { stdout } = await promisify(execFile)(pulumiProgram(run), args, {
      cwd: isInline() ? process.cwd() : folder,
      timeout: 60_000,
      maxBuffer: Number.POSITIVE_INFINITY,
    });
    return JSON.parse(stdout) as Exported;
  });
  // The options of the Automation API can have another backend than this process.
  const urns = new Set(deployment.resources?.map(({ urn }) => urn));
  if (isInline() && Object.keys((await formerState(run)).resources).some((urn) => !urns.has(urn)))
    throw new Error(`${stack} in this backend has another state`);
  return deployment;
}

/**
 * The resources that a deletion only removes from the state, because of the option `retainOnDelete`; none if the CLI cannot export the
 * state.
 */
export async function retainedUrns(run: RunContext): Promise<ReadonlySet<string>> {
  const { resources = [] } = await exportedState(run).catch((): Awaited<ReturnType<typeof readExport>> => ({}));
  return new Set(resources.flatMap(({ urn, retainOnDelete = false }) => (retainOnDelete ? [urn] : [])));
}

/** What an interrupted update had begun to create, and did not record. */
export function unrecordedCreations<Resource extends { readonly urn: string }>(
  resources: readonly { readonly urn: string }[],
  pending: readonly { readonly type: string; readonly resource: Resource }[],
): Resource[] {
  const recorded = new Set(resources.map(({ urn }) => urn));
  return pending.flatMap(({ type, resource }) =>
    type === "creating" && !recorded.has(resource.urn) ? [resource] : [],
  );
}

/** An inline program of the Automation API does not know the folder of its project. */
const isInline = () => !existsSync(pulumi.getRootDirectory());

/** Why something is not checked, and what to do. */
export const exportFailure = (error: unknown) =>
  `because pulumi stack export fails (${(error as Error).message}). Put the Pulumi CLI on PATH${isInline() ? ", and set PULUMI_BACKEND_URL in the environment of the program" : ""}`;
