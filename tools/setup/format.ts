/** `npm run format`: rewrites what can be rewritten. */
import { fixes, runInClone } from "./codeStyle.ts";

for (const { args } of fixes) process.exitCode = (await runInClone(args)) || process.exitCode;
