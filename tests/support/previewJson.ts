import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { LocalRun } from "./localRun.ts";

/** A stack's preview, or another command, as Pulumi writes it in JSON: a stream of events, or a digest of them. */
export async function previewJson(
  { stack: { workspace, name } }: LocalRun,
  {
    command = "preview",
    streams = true,
    options = [],
  }: { readonly command?: string; readonly streams?: boolean; readonly options?: readonly string[] } = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(
    workspace.pulumiCommand.command,
    [command, "--json", "--non-interactive", "--stack", name, ...options],
    {
      cwd: workspace.workDir,
      env: {
        ...process.env,
        ...workspace.envVars,
        ...(streams ? { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" } : {}),
      },
      maxBuffer: 100_000_000,
    },
  );
  return stdout;
}
