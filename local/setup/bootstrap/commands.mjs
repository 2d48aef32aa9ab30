/** The commands, each with the script that runs it. */
export const commands = {
  quickstart: "local/quickstart/main.ts",
  test: "node_modules/vitest/vitest.mjs",
  cloud: "local/cloud/main.ts",
  care: "cli/main.ts",
  bench: "bench/main.ts",
  pack: "local/package/main.ts",
  generate: "local/generate.ts",
  lint: "local/setup/lint.ts",
  format: "local/setup/format.ts",
};

/**
 * @param {string | undefined} name
 * @returns {name is keyof typeof commands}
 */
export function isCommand(name) {
  return name !== undefined && Object.hasOwn(commands, name);
}
