/** The entry point for Pulumi: runs index.ts, or reports in one sentence that Node is too old to load TypeScript. */
import { nodeProblem } from "./text/nodeVersion.mjs";

const problem = nodeProblem("customer-care", process.versions.node);
if (problem !== undefined) {
  const { RunError } = (await import("@pulumi/pulumi")).default;
  throw new RunError(problem);
}

export default async () => ({ ...(await import("./index.ts")) });
