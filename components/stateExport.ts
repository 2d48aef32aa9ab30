/**
 * The state as `pulumi stack export` writes it. It has what the engine does not pass to the program: which resource has which
 * provider, and what an interrupted update was creating.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { retryTruncated } from "./formerState.ts";
import type { Outputs } from "./formerState.ts";
import { pulumiProgram } from "./operation.ts";
import type { RunContext } from "./run.ts";

interface Exported {
  readonly deployment?: {
    readonly resources?: readonly { readonly urn: string; readonly provider?: string; readonly delete?: boolean }[];
    readonly pending_operations?: readonly {
      readonly type: string;
      readonly resource: { readonly urn: string; readonly type: string; readonly inputs?: Outputs };
    }[];
  };
}

/** Read once for each run. @throws Error if the CLI cannot export the state */
export const exportedState = (run: RunContext) => run.shared(readExport);

async function readExport(run: RunContext): Promise<NonNullable<Exported["deployment"]>> {
  const args = ["stack", "export", "--non-interactive", "--stack", pulumi.getStack()];
  const { deployment = {} } = await retryTruncated(async () => {
    const { stdout } = await promisify(execFile)(pulumiProgram(run), args, {
      cwd: pulumi.getRootDirectory(),
      maxBuffer: Number.POSITIVE_INFINITY,
    });
    return JSON.parse(stdout) as Exported;
  });
  return deployment;
}
