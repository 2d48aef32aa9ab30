/** `npm run format`: fixes what can be fixed automatically. */
import { fixes, runInClone } from "./codeStyle.ts";

for (const { args } of fixes) process.exitCode = (await runInClone(args)) || process.exitCode;
