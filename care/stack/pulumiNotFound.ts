/** Pulumi's own command line is not there. */
export const pulumiNotFound = "Pulumi was not found on PATH; https://www.pulumi.com/docs/install/ tells how to get it";

/** Whether this is what an error of the Automation API comes from: it has the system's words among its own. */
export function isPulumiNotFound(error: unknown): boolean {
  return error instanceof Error && /\bspawn \S+ ENOENT\b/.test(error.message);
}
