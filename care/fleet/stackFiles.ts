/** Writes the stacks' own files, so that `pulumi up` of one stack has the same effect as the fleet. */
import { readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { configSize, engineText, isEmpty, largestConfig, sizeLimitMessage } from "../../onboarding/index.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import { documentPath, withSection } from "../../text/index.ts";
import { isFileError, readText, unwritable } from "../files.ts";
import { UsageError } from "../userError.ts";
import { parsed } from "./fleetFile.ts";
import type { Fleet } from "./fleetFile.ts";
import { organizationStack, stackConfigs } from "./stackConfigs.ts";

const mark = /^# Made by `care fleet` from (\S+): change that one\./;

/** The keys that `pulumi stack init` writes into a stack's file. */
const engineKeys = new Set(["secretsprovider", "encryptedkey", "encryptionsalt"]);

export interface StackFiles {
  /** The names of the stacks. */
  readonly stacks: readonly string[];
  /** The stacks that have no file of the fleet yet. */
  readonly absent: ReadonlySet<string>;
  /** Writes the files that differ from the fleet's file. Only works once, since the engine then adds a stack's salt to its file. */
  readonly write: () => Promise<void>;
}

/** @throws UsageError if a person or another fleet wrote one of them, or the stacks have another number of shards */
export async function stackFilesOf(fleet: Fleet): Promise<StackFiles> {
  const parts = stackConfigs(fleet);
  await refuseAnotherCount(fleet);
  refuseTooLarge(fleet, parts);
  const files = await Promise.all([...parts].map(([stack, config]) => nextStackFile(fleet, stack, config)));
  const changed = files.filter(({ before, text }) => text !== before);
  return {
    stacks: [...parts.keys()],
    absent: new Set(files.filter(({ isNew }) => isNew).map(({ stack }) => stack)),
    write: async () =>
      void (await Promise.all(changed.splice(0).map(({ path, text }) => replaceAtomically(path, text)))),
  };
}

function stackFile({ stackFiles }: Pick<Fleet, "stackFiles">, stack: string): string {
  return join(stackFiles, `Pulumi.${stack}.yaml`);
}

async function nextStackFile(fleet: Fleet, stack: string, config: CustomerCareConfig) {
  const path = stackFile(fleet, stack);
  const before = await textOf(path);
  const { config: configBefore, ...kept } = (parsed(before ?? "", path) ?? {}) as Record<string, unknown>;
  const source = `Pulumi.${fleet.name}.yaml`;
  const [, from] = mark.exec(before ?? "") ?? [];
  const isByHand =
    from === undefined && (!isEmpty(configBefore ?? {}) || Object.keys(kept).some((key) => !engineKeys.has(key)));
  if (isByHand || (from !== undefined && from !== source)) throw otherOwnerError(path, stack, source, from);
  const own = Object.entries(config).map(([key, value]): [string, unknown] => [`${fleet.project}:${key}`, value]);
  // The engine keeps the salt of the stack's secrets next to the config.
  const document = { ...kept, config: { ...fleet.ofProviders, ...Object.fromEntries(own) } };
  const text = `# Made by \`care fleet\` from ${source}: change that one.\n${stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })}`;
  return { stack, path, before, text, isNew: from === undefined };
}

/** @param from The file of the other fleet; undefined if a person wrote it. */
function otherOwnerError(path: string, stack: string, source: string, from: string | undefined): UsageError {
  const found = `${path} was ${from === undefined ? "written by hand" : `written by \`care fleet\` from ${from}`}`;
  if (stack !== organizationStack)
    return new UsageError(
      `${found}, but ${source} has a stack of the same name; rename the fleet, or remove \`config\` from ${path}, and care fleet writes its own`,
    );
  const instead =
    from === undefined
      ? `move them to ${path}`
      : `configure them in ${from} only, or delete ${path} if ${from} no longer exists`;
  return new UsageError(
    `${found}, but ${source} also has an organization, or folders with grants or contacts: these belong in one stack; ${instead}`,
  );
}

/** Replaces the file atomically, since an engine may read it at the same time. */
async function replaceAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  await writeFile(temporary, text).catch(unwritable(temporary));
  await rename(temporary, path).catch(unwritable(path));
}

/** Another number of shards moves projects between stacks, which would delete their grants and contacts and create them again. */
async function refuseAnotherCount(fleet: Fleet): Promise<void> {
  const { name, shards, stackFiles, project } = fleet;
  const files = (await readdir(stackFiles)).filter((file) =>
    new RegExp(`^Pulumi\\.${name}-\\d{2,}\\.yaml$`).test(file),
  );
  for (const file of files) {
    const path = join(stackFiles, file);
    const { config } = (parsed((await textOf(path)) ?? "", path) ?? {}) as {
      config?: Record<string, { of?: unknown } | undefined>;
    };
    const of = config?.[`${project}:shard`]?.of;
    if (typeof of === "number" && of !== shards)
      throw new UsageError(
        `${project}:fleet.shards: is ${String(shards)} in Pulumi.${name}.yaml, but ${file} is one of ${String(of)}: changing the number moves projects between stacks; write ${String(of)}, or see "Change the number of shards" in ${documentPath("docs/how-to/fleet.md")}`,
      );
  }
}

/** The engine cannot pass such a config to the program, and would fail without an explanation. */
function refuseTooLarge(fleet: Fleet, parts: ReadonlyMap<string, CustomerCareConfig>): void {
  const sizes = [...parts].map(([stack, config]) => [stack, sizeOf(fleet, config)] as const);
  const [stack, size] = sizes.reduce((one, other) => (other[1] > one[1] ? other : one), ["", 0]);
  if (size <= largestConfig) return;
  const { name, project, shards } = fleet;
  if (stack === organizationStack)
    throw tooLargeError(
      `${project}: the config above the projects in Pulumi.${name}.yaml ${sizeLimitMessage(size)}; move a part of it to another stack`,
    );
  const instead = shardsThatFit(fleet, Math.ceil((shards * size) / largestConfig));
  throw tooLargeError(
    `${project}:fleet.shards: ${String(shards)} gives ${stack} so many projects that it ${sizeLimitMessage(size)}; write ${String(instead)}${shards === 1 ? "" : `, and see "Change the number of shards" in ${documentPath("docs/how-to/fleet.md")}`}`,
  );
}

const tooLargeError = (message: string) => new UsageError(withSection(message, "size"));

/** The smallest number of shards, starting from this one, with which every stack's config is small enough. */
function shardsThatFit(fleet: Fleet, from: number): number {
  for (let shards = from; shards < 1000; shards++)
    if ([...stackConfigs({ ...fleet, shards }).values()].every((config) => sizeOf(fleet, config) <= largestConfig))
      return shards;
  return 1000;
}

/** Includes the config in Pulumi.yaml and the providers' keys. */
function sizeOf({ project, defaults, ofProviders }: Fleet, config: CustomerCareConfig): number {
  const own = Object.fromEntries(Object.entries(config).map(([key, value]) => [`${project}:${key}`, value as unknown]));
  const all = Object.entries({ ...defaults, ...ofProviders, ...own });
  return configSize(all.map(([key, value]) => [key, engineText(value)] as const));
}

async function textOf(path: string): Promise<string | undefined> {
  return readText(path).catch((error: unknown) => {
    if (error instanceof UsageError && isFileError(error.cause) && error.cause.code === "ENOENT") return undefined;
    throw error;
  });
}
