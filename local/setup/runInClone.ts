import { join } from "node:path";
import { become } from "./bootstrap/process.mjs";
import { root } from "./bootstrap/places.mjs";

/** Runs a script of node_modules with this Node; what it prints is ours. */
export function runInClone([script, ...args]: [script: string, ...args: string[]]): Promise<number> {
  process.chdir(root);
  return become(process.execPath, [join("node_modules", script), ...args], process.env);
}
