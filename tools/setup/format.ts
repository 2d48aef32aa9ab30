/** `npm run format`: fixes what can be fixed automatically. */
import { join } from "node:path";
import { root } from "./bootstrap/places.mjs";
import { runInForeground } from "./bootstrap/process.mjs";
import { fixes } from "./codeStyle.ts";

process.chdir(root);
for (const {
  args: [script, ...args],
} of fixes)
  process.exitCode =
    (await runInForeground(process.execPath, [join("node_modules", script), ...args], process.env)) || process.exitCode;
