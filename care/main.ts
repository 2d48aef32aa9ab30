#!/usr/bin/env node
/** Starts `care`, or reports in one line that Node is too old, where care's modules would fail with a stack trace. */
import module from "node:module";
import { fileURLToPath } from "node:url";
import { nodeProblem } from "../text/nodeVersion.mjs";

const problem = nodeProblem("care", process.versions.node);
if (problem === undefined) {
  // In a clone, each start would strip the types of all modules again, which takes half of it.
  if (import.meta.url.endsWith(".ts"))
    module.enableCompileCache(fileURLToPath(new URL("../.customer-care/compileCache", import.meta.url)));
  await import("./run.ts");
} else {
  // Without types, an older Node can load it.
  const { withSection } = await import("../text/index.ts");
  console.error(withSection(problem, "tools"));
  process.exitCode = 2;
}
