#!/usr/bin/env node
/** Starts `care`, or reports in one line that Node is too old, where care's modules would fail with a stack trace. */
import { nodeProblem } from "../text/nodeVersion.mjs";

const problem = nodeProblem("care", process.versions.node);
if (problem === undefined) await import("./run.ts");
else {
  console.error(problem);
  process.exitCode = 2;
}
