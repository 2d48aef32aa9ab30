/** `npm run lint`: checks format, lint, types and workflows. It runs all checks, then reports which failed. */
import { checks, runInClone } from "./codeStyle.ts";

const failed: string[] = [];
for (const { name, args } of checks) {
  if ((await runInClone(args)) !== 0) failed.push(name);
}
console.log(failed.length === 0 ? "Format, lint, types and workflows passed." : `Failed: ${failed.join(", ")}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
