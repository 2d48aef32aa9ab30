/** The stacks' own files, so that a plain `pulumi up` of one stack does the same as the fleet does. */
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { CustomerCareConfig } from "../../config/index.ts";
import { UsageError } from "../userError.ts";
import type { Fleet } from "./fleetFile.ts";
import { organizationStack, sharedOut } from "./shareOut.ts";

const mark = "# Made by `care fleet` from ";

/**
 * Writes those files that differ from what the fleet's file says.
 *
 * @returns The names of the stacks.
 * @throws UsageError where a person wrote the organization's file, or the stacks have another number of shards
 */
export async function writeStackFiles(fleet: Fleet): Promise<string[]> {
  const parts = sharedOut(fleet);
  await refuseAnotherCount(fleet);
  await Promise.all([...parts].map(([stack, config]) => writeStackFile(fleet, stack, config)));
  return [...parts.keys()];
}

export function stackFile({ stackFiles }: Pick<Fleet, "stackFiles">, stack: string): string {
  return join(stackFiles, `Pulumi.${stack}.yaml`);
}

async function writeStackFile(fleet: Fleet, stack: string, config: CustomerCareConfig): Promise<void> {
  const path = stackFile(fleet, stack);
  const before = await textOf(path);
  if (stack === organizationStack && before !== undefined && !before.startsWith(mark))
    throw new UsageError(
      `${path} was written by hand, and Pulumi.${fleet.name}.yaml has an organization, or folders with grants or contacts: they belong to one stack; move them to ${path}`,
    );
  // The engine keeps the salt of the stack's secrets beside the config.
  const { config: _, ...kept } = (parse(before ?? "") ?? {}) as Record<string, unknown>;
  const own = Object.entries(config).map(([key, value]): [string, unknown] => [`${fleet.project}:${key}`, value]);
  const text = `${mark}Pulumi.${fleet.name}.yaml: change that one.\n${stringify({ ...kept, config: { ...fleet.ofProviders, ...Object.fromEntries(own) } }, { lineWidth: 0, aliasDuplicateObjects: false })}`;
  if (text === before) return;
  // In one step: an engine may read it meanwhile.
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

/** Another number moves projects from stack to stack, which would take their grants and contacts away and make them again. */
async function refuseAnotherCount(fleet: Fleet): Promise<void> {
  const { name, shards, stackFiles, project } = fleet;
  const files = (await readdir(stackFiles)).filter((file) =>
    new RegExp(`^Pulumi\\.${name}-\\d{2,}\\.yaml$`).test(file),
  );
  for (const file of files) {
    const { config } = (parse((await textOf(join(stackFiles, file))) ?? "") ?? {}) as {
      config?: Record<string, { of?: unknown } | undefined>;
    };
    const of = config?.[`${project}:shard`]?.of;
    if (typeof of === "number" && of !== shards)
      throw new UsageError(
        `${project}:fleet.shards: is ${String(shards)} in Pulumi.${name}.yaml, and ${file} is one of ${String(of)}: another number moves projects between stacks; write ${String(of)}, or see "Another number of shards" in docs/fleet.md`,
      );
  }
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  });
}
