/** Pulumi's own command line is missing. */
export const pulumiNotFound =
  "Pulumi was not found on PATH; install it as described on https://www.pulumi.com/docs/install/";

/** Whether it is the cause of an error of the Automation API, whose message contains the system's. */
export function isPulumiNotFound(error: unknown): boolean {
  return error instanceof Error && /\bspawn \S+ ENOENT\b/.test(error.message);
}
