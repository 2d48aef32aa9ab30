/** The fleet's stacks in the backend. Missing stacks are created. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { UsageError, UserError } from "../userError.ts";
import type { Fleet } from "./fleetFile.ts";
import { answerOf } from "./pulumi.ts";
import { counted, documentPath } from "../../text/index.ts";
import { organizationStack, shardName } from "./stackConfigs.ts";
import type { StackRun, Dependencies } from "./stackOperation.ts";

/**
 * @returns The names of the existing stacks.
 * @throws UsageError if the backend has more shards than the fleet
 */
export async function presentStacks(stacks: readonly string[], { fleet, logs }: Dependencies): Promise<Set<string>> {
  const ask = (log: string, ...args: readonly string[]) =>
    answerOf({ args, cwd: fleet.directory, log: join(logs, `${log}.log`) });
  const list = () => ask("stacks", "stack", "ls", "--json");
  const listed = await list().catch(async (error: unknown) => {
    if (!(error instanceof UserError) || !/\bEOF\b/.test(error.message)) throw error;
    const { url } = JSON.parse(await ask("backend", "whoami", "--json")) as { url: string };
    const removed = await repairFileBackend(url);
    if (removed === 0) throw error;
    process.stderr.write(
      `removed ${counted(removed, "empty file")} that a dead engine left in ${url.split("?", 1)[0] ?? url}\n`,
    );
    return list();
  });
  const names = (JSON.parse(listed.slice(listed.indexOf("["))) as { name: string }[]).map(
    ({ name }) => name.split("/").at(-1) ?? name,
  );
  refuseSurplus(names, fleet);
  return new Set(names.filter((name) => stacks.includes(name)));
}

/** Shards beyond the fleet's number have projects that now belong to other shards. */
function refuseSurplus(names: readonly string[], { name, shards, project }: Fleet): void {
  const surplus = names.filter((stack) => {
    const number = stack.startsWith(`${name}-`) ? stack.slice(name.length + 1) : "";
    return /^\d{2,}$/.test(number) && Number(number) >= shards && stack === shardName(name, Number(number));
  });
  if (surplus.length === 0) return;
  throw new UsageError(
    `${project}:fleet.shards: is ${String(shards)}, but the backend also has ${surplus.sort().join(", ")}: changing the number moves projects between stacks; see "Change the number of shards" in ${documentPath("docs/how-to/fleet.md")}`,
  );
}

/**
 * A stack's file contains the fleet's number of shards. If the file is lost, a larger number looks like a fleet that is not complete
 * yet, and would move projects from the existing stacks to new ones.
 *
 * @param absent The stacks that have no file of the fleet.
 */
export function refuseUnknownCount(
  { name, shards, project }: Fleet,
  stacks: readonly string[],
  present: ReadonlySet<string>,
  absent: ReadonlySet<string>,
): void {
  const own = stacks.filter((stack) => stack !== organizationStack);
  const lost = own.filter((stack) => present.has(stack) && absent.has(stack));
  const missing = own.filter((stack) => !present.has(stack));
  if (lost.length === 0 || missing.length === 0) return;
  throw new UsageError(
    `${project}:fleet.shards: is ${String(shards)}, but the backend has ${lost.join(", ")} without a file here, and lacks ${missing.join(", ")}: the number may have been another one, and changing it moves projects between stacks; restore the files, or, if the number has always been ${String(shards)}, write them again by \`care fleet plan ${name} --format github-matrix\``,
  );
}

/**
 * Creates the stack without selecting it, since the selection belongs to the user. Uses the operation's log, which the operation then overwrites.
 *
 * @throws UserError with the engine's last words
 */
export async function createStack({ stack, log }: StackRun, { fleet, signal }: Dependencies): Promise<void> {
  const { secretsProvider, directory: cwd } = fleet;
  const args = ["stack", "init", stack, "--no-select"];
  if (secretsProvider !== undefined) args.push("--secrets-provider", secretsProvider);
  await answerOf({ args, cwd, log, signal });
}

/** A living engine writes its file within this time, in milliseconds. */
const writing = 2000;

/**
 * Removes the empty files that a killed engine leaves in a backend that is a folder. Next to each file there is one with
 * attributes, which is created empty and then written. If the engine is killed in between, no engine can read the backend any more
 * ("EOF"). The attributes are optional: without the empty file, the state next to it is read as it is.
 *
 * Source: gocloud.dev/blob/fileblob; seen with Pulumi 3.259
 *
 * @param url The backend's URL, from `pulumi whoami --json`.
 * @returns The number of removed files.
 */
async function repairFileBackend(url: string): Promise<number> {
  if (!url.startsWith("file:///")) return 0;
  const { pathname } = new URL(url);
  const folder = join(fileURLToPath(`file://${pathname}`), ".pulumi");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const attributes = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".attrs"));
  const paths = attributes.map(({ parentPath, name }) => join(parentPath, name));
  const before = await Promise.all(paths.map(emptySince));
  if (before.every((since) => since === undefined)) return 0;
  await sleep(writing);
  let count = 0;
  for (const [index, path] of paths.entries()) {
    const since = before[index];
    if (since === undefined || (await emptySince(path)) !== since) continue;
    await rm(path, { force: true });
    count++;
  }
  return count;
}

/** @returns When the file became empty, in milliseconds, or undefined if it has content or does not exist. */
async function emptySince(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.size === 0 ? found.mtimeMs : undefined;
}
