/** The files that are made from the one schema of the config, as they stand in the repository. */
import { format, resolveConfig } from "prettier";
import { packageSchema } from "../plugin/schema/index.ts";
import { stackFileSchema } from "../config/jsonSchema.ts";
import { reference } from "../config/reference.ts";

/** Relative to the clone. */
const files = {
  "config/stack.schema.json": () => JSON.stringify(stackFileSchema()),
  "docs/config.md": reference,
  "plugin/schema.json": () => JSON.stringify(packageSchema()),
};

/** The text of each, by its path relative to the clone. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const formatted = Object.entries(files).map(async ([path, make]) => {
    const options = await resolveConfig(new URL(`../${path}`, import.meta.url));
    return [path, await format(make(), { ...options, filepath: path })] as const;
  });
  return new Map(await Promise.all(formatted));
}
