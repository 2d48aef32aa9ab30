/** The entry point for Pulumi: runs index.ts, or reports in one sentence that Node is too old to load TypeScript. */
import module from "node:module";
import { fileURLToPath } from "node:url";
import { nodeProblem } from "./text/nodeVersion.mjs";

const problem = nodeProblem("customer-care", process.versions.node);
if (problem !== undefined) {
  const { RunError } = (await import("@pulumi/pulumi")).default;
  throw new RunError(`${problem}\nSee docs/reference/errors.md#node-or-pulumi-is-missing-or-too-old`);
}

// Otherwise each run strips the types of all modules again. The folder belongs to the clone, because anybody could write into a shared one.
module.enableCompileCache(fileURLToPath(new URL(".customer-care/compileCache", import.meta.url)));

// Pulumi records a stack trace for each promise, and its hook looks up each line in source maps. This program has none, because Node
// strips the types in place. Without the hook, the program uses a tenth less processor time.
delete (/** @type {{ prepareStackTrace?: unknown }} */ (Error).prepareStackTrace);

export default async () => ({ ...(await import("./index.ts")) });
