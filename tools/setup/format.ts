/** `npm run format`: fixes what can be fixed automatically. */
import { root } from "./bootstrap/places.mjs";
import { runInForeground } from "./bootstrap/process.mjs";
import { fixes } from "./codeStyle.ts";

process.chdir(root);
for (const { args } of fixes)
  process.exitCode = (await runInForeground(process.execPath, args, process.env)) || process.exitCode;
