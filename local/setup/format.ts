/** `npm run format`: rewrites what can be rewritten. */
import { fixes } from "./codeStyle.ts";
import { runInClone } from "./runInClone.ts";

for (const { args } of fixes) process.exitCode = (await runInClone(args)) || process.exitCode;
