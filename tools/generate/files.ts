/** The files that are generated from the config's schema, and from the imports and exports in the code. */
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { packageSchema } from "../../plugin/schema/index.ts";
import { outputsSchema } from "../../care/outputs.ts";
import { stackFileSchema } from "../../onboarding/jsonSchema.ts";
import { reference } from "../../onboarding/reference.ts";
import { page, pageWithTables } from "../bench/published.ts";
import { root } from "../setup/bootstrap/places.mjs";
import { architecture } from "./architecture.ts";
import { entries, entry } from "./entries.ts";

/** Relative to the clone. */
const files: Readonly<Record<string, () => string>> = {
  "onboarding/stack.schema.json": () => JSON.stringify(stackFileSchema()),
  "docs/reference/config.md": reference,
  "docs/reference/care.schema.json": () => JSON.stringify(outputsSchema()),
  "docs/images/architecture.svg": architecture,
  [page]: pageWithTables,
  "plugin/schema.json": () => JSON.stringify(packageSchema()),
  ...Object.fromEntries([...entries].map(([file, source]) => [file, () => entry(file, source)])),
};

/** The content of each file, by its path relative to the clone. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const formatted = Object.entries(files).map(async ([path, make]) => {
    // Prettier does not support SVG.
    if (path.endsWith(".svg")) return [path, make()] as const;
    const options = await resolveConfig(join(root, path));
    return [path, await format(make(), { ...options, filepath: path })] as const;
  });
  return new Map(await Promise.all(formatted));
}
