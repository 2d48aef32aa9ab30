import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { ensureDependencies } from "./dependencies.mjs";
import { ensureNode } from "./node.mjs";
import { home, root } from "./places.mjs";
import { runInForeground } from "./process.mjs";
import { terminalProgress } from "./progress.mjs";
import { withoutProxyForLoopback } from "./proxy.mjs";
import { SetUpError } from "./setUpError.mjs";

/** @param {string[]} argv a command and its arguments */
export async function main([command, ...args]) {
  try {
    if (!isCommand(command)) {
      throw new SetUpError(
        `${command === undefined ? "No command given" : `Unknown command "${command}"`}. Known: ${Object.keys(commands).join(", ")}.`,
      );
    }
    const progress = terminalProgress();
    const node = await ensureNode({ home, progress });
    await ensureDependencies({ root, home, progress });
    const entry = join(root, commands[command]);
    if (!existsSync(entry)) throw new SetUpError(`${commands[command]} is missing. Is this clone complete?`);
    const path = [dirname(node), process.env.PATH].filter(Boolean).join(delimiter);
    const environment = {
      ...process.env,
      ...withoutProxyForLoopback(process.env),
      PATH: path,
      // PATH now begins with the clone's Node, which may be newer than the machine's. The tests run everything with the clone's.
      ...(command !== "test" && { CUSTOMER_CARE_MACHINE_NODE: process.versions.node }),
    };
    process.exitCode = await runInForeground(node, [entry, ...args], environment);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** The commands, each with the script that runs it. */
export const commands = {
  quickstart: "tools/quickstart/main.ts",
  test: "node_modules/vitest/vitest.mjs",
  cloud: "tools/localCloud/main.ts",
  care: "care/main.ts",
  bench: "tools/bench/main.ts",
  acceptance: "tools/acceptance/main.ts",
  pack: "tools/pack/main.ts",
  release: "tools/release/main.ts",
  upgrade: "tools/upgrade/main.ts",
  generate: "tools/generate/main.ts",
  lint: "tools/setup/lint.ts",
  format: "tools/setup/format.ts",
};

/**
 * @param {string | undefined} name
 * @returns {name is keyof typeof commands}
 */
export function isCommand(name) {
  return name !== undefined && Object.hasOwn(commands, name);
}
