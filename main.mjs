/** The entry point for Pulumi: runs index.ts, or reports in one sentence that Node is too old to load TypeScript. */
import module from "node:module";
import { fileURLToPath } from "node:url";
import { nodeProblem } from "./text/nodeVersion.mjs";

const problem = nodeProblem("customer-care", process.versions.node);
if (problem !== undefined) {
  const { RunError } = (await import("@pulumi/pulumi")).default;
  throw new RunError(problem);
}

// Otherwise each run strips the types of all modules again. The folder belongs to the clone, because anybody could write into a shared one.
module.enableCompileCache(fileURLToPath(new URL(".customer-care/compileCache", import.meta.url)));

export default async () => ({ ...(await import("./index.ts")) });
