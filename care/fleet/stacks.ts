/** The fleet's stacks in the backend: those that are not there are made. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError, UserError } from "../userError.ts";
import type { Fleet } from "./fleetFile.ts";
import { answerOf } from "./pulumi.ts";
import { organizationStack, shardName } from "./shareOut.ts";
import type { StackRun, Surroundings } from "./stackOperation.ts";

/**
 * @returns Of the names, those that there are.
 * @throws UsageError where there are more shards than the fleet has
 */
export async function presentStacks(stacks: readonly string[], { fleet, logs }: Surroundings): Promise<Set<string>> {
  const ask = (log: string, ...args: readonly string[]) =>
    answerOf({ args, cwd: fleet.directory, log: join(logs, `${log}.log`) });
  const list = () => ask("stacks", "stack", "ls", "--json");
  const listed = await list().catch(async (error: unknown) => {
    if (!(error instanceof UserError) || !/\bEOF\b/.test(error.message)) throw error;
    const { url } = JSON.parse(await ask("backend", "whoami", "--json")) as { url: string };
    const mended = await mendFileBackend(url);
    if (mended === 0) throw error;
    process.stderr.write(`took away ${String(mended)} empty files that a dead engine left in ${url}\n`);
    return list();
  });
  const names = (JSON.parse(listed.slice(listed.indexOf("["))) as { name: string }[]).map(
    ({ name }) => name.split("/").at(-1) ?? name,
  );
  refuseSurplus(names, fleet);
  return new Set(names.filter((name) => stacks.includes(name)));
}

/** Shards of a larger number hold projects that are now another's. */
function refuseSurplus(names: readonly string[], { name, shards, project }: Fleet): void {
  const surplus = names.filter((stack) => {
    const number = stack.startsWith(`${name}-`) ? stack.slice(name.length + 1) : "";
    return /^\d{2,}$/.test(number) && Number(number) >= shards && stack === shardName(name, Number(number));
  });
  if (surplus.length === 0) return;
  throw new UsageError(
    `${project}:fleet.shards: is ${String(shards)}, and the backend has ${surplus.sort().join(", ")} beyond that: another number moves projects between stacks; see "Another number of shards" in docs/how-to/fleet.md`,
  );
}

/**
 * A stack's file tells how many shards the fleet had. Where it is lost, a larger number looks like a fleet of which not all is made
 * yet, and would move projects from the stacks that there are to new ones.
 *
 * @param absent Those of the stacks that have no file of the fleet's.
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
    `${project}:fleet.shards: is ${String(shards)}, and the backend has ${lost.join(", ")} without a file here, and not ${missing.join(", ")}: it may have been another number, which moves projects between stacks; take the files from where they are kept, or, if it was ${String(shards)} all along, write them anew by \`care fleet plan ${name} --format github-matrix\``,
  );
}

/**
 * Without selecting it: which stack is selected is the person's affair. The log is the operation's, which begins after it, or never.
 *
 * @throws UserError with the engine's last words
 */
export async function makeStack({ stack, log }: StackRun, { fleet, signal }: Surroundings): Promise<void> {
  const { secretsProvider, directory: cwd } = fleet;
  const args = ["stack", "init", stack, "--no-select"];
  if (secretsProvider !== undefined) args.push("--secrets-provider", secretsProvider);
  await answerOf({ args, cwd, log, signal });
}

/** Younger ones may be about to be written, in milliseconds. */
const writing = 2000;

/**
 * Removes what an engine that was killed leaves in a backend that is a folder. Next to each of its files there is one with
 * attributes, which is created empty and then written: killed between the two, no engine can read the backend any more
 * ("EOF"). The attributes are optional: without the empty file, the state next to it is read as it is.
 *
 * Source: gocloud.dev/blob/fileblob; seen with Pulumi 3.259
 *
 * @param url The backend's, as `pulumi whoami --json` tells it.
 * @returns How many empty files were taken away.
 */
async function mendFileBackend(url: string): Promise<number> {
  if (!url.startsWith("file:///")) return 0;
  const { pathname } = new URL(url);
  const folder = join(fileURLToPath(`file://${pathname}`), ".pulumi");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const attributes = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".attrs"));
  let count = 0;
  for (const { parentPath, name } of attributes) {
    const path = join(parentPath, name);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || found.size > 0 || Date.now() - found.mtimeMs < writing) continue;
    await rm(path, { force: true });
    count++;
  }
  return count;
}
