#!/usr/bin/env node
/** Starts `care`, or reports in one line that Node is too old, where care's modules would fail with a stack trace. */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`care needs Node 22.18 or above, and this is Node ${process.versions.node}; install a later one`);
  process.exitCode = 2;
} else await import("./run.ts");

export {};
