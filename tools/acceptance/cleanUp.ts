/**
 * Removes what a run has created, even if the run was killed: before its first write, a run writes a journal with what it may
 * create. Only closed test cases stay, because the API cannot delete them.
 */
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { GoogleError } from "../../google/index.ts";
import type { Binding } from "../../google/index.ts";
import { serviceNames } from "../../guide/index.ts";
import { AcceptanceError, readPolicy, withoutMember } from "./google.ts";
import type { Ask, Reply } from "./google.ts";
import { grantedRoles, placesOf } from "./sandbox.ts";
import type { Sandbox } from "./sandbox.ts";

export async function writeJournal(file: string, sandbox: Sandbox): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  // Complete or absent, even if the machine stops.
  await writeFile(`${file}.partial`, JSON.stringify(sandbox), { mode: 0o600, flush: true });
  await rename(`${file}.partial`, file);
}

/** @returns undefined if the last run has cleaned up */
export async function readJournal(file: string): Promise<Sandbox | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Sandbox);
}

/** The wait after which a request that was under way when its process was killed has had its effect, in milliseconds. */
const settling = 3000;

/**
 * Removes everything, and then the journal. It repeats until it finds nothing. A failure does not skip what follows it.
 *
 * @returns the number of removals
 * @throws AcceptanceError if something cannot be removed; the journal stays
 */
export async function cleanUp(file: string, sandbox: Sandbox, ask: Ask): Promise<number> {
  let removals = 0;
  for (let pass = 1; ; pass++) {
    const { removed, failures } = await removeAll(sandbox, ask);
    removals += removed;
    if (failures.length > 0)
      throw new AcceptanceError(
        `Clean-up: ${[...new Set(failures)].join("; ")}. Run npm run acceptance -- --clean-up again.`,
      );
    if (removed === 0 && pass > 1) break;
    if (pass === 5) throw new AcceptanceError("The clean-up finds something again and again; see the console.");
    await sleep(settling);
  }
  await rm(file, { force: true });
  return removals;
}

interface Removal {
  /** The name in a failure. */
  readonly what: string;
  /** The request that removes it. */
  readonly request: () => Promise<Reply>;
  /** Whether it is gone, although the request is refused: lists can be older than a removal. */
  readonly isGone: () => Promise<boolean>;
}

async function removeAll(
  sandbox: Sandbox,
  ask: Ask,
): Promise<{ readonly removed: number; readonly failures: string[] }> {
  const { member, contact } = sandbox;
  const failures: string[] = [];
  let removed = 0;
  const attempt = async (step: () => Promise<void>) => {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof AcceptanceError) && !(error instanceof GoogleError)) throw error;
      failures.push(error.message.replace(/\.$/, ""));
    }
  };
  const removeEach = (find: () => Promise<readonly Removal[]>) =>
    attempt(async () => {
      for (const { what, request, isGone } of await find())
        await attempt(async () => {
          const reply = await request();
          if (reply.status !== 200 && (await isGone())) return;
          bodyUnlessDisabled(reply, what);
          removed++;
        });
    });
  for (const place of member === undefined ? [] : placesOf(sandbox)) {
    await removeEach(() => contactsOf(place, contact, ask));
    await removeEach(() => grantsOf(place, member ?? "", ask));
  }
  await removeEach(() => casesOf(sandbox, ask));
  await removeEach(() => servicesOf(sandbox, ask));
  return { removed, failures };
}

/** The body of the reply. Undefined if the service is disabled: then there is nothing to clean up. */
function bodyUnlessDisabled({ status, error, body }: Reply, what: string): Reply["body"] | undefined {
  if (status === 200) return body;
  if (error === "SERVICE_DISABLED") return undefined;
  throw new AcceptanceError(`${what}: ${String(status)} ${error}`);
}

/** All items of a list. */
async function listed<Item>(ask: Ask, api: Parameters<Ask>[0], path: string, key: string, query = {}): Promise<Item[]> {
  const items: Item[] = [];
  let pageToken: string | undefined;
  do {
    const page =
      bodyUnlessDisabled(await ask(api, "GET", path, { query: { ...query, pageToken } }), `list of ${key}`) ?? {};
    items.push(...((page[key] ?? []) as Item[]));
    pageToken = (page["nextPageToken"] as string | undefined) || undefined;
  } while (pageToken !== undefined);
  return items;
}

async function contactsOf(place: string, address: string, ask: Ask): Promise<Removal[]> {
  const path = `v1/${place}/contacts`;
  const all = await listed<{ name: string; email: string }>(ask, "essentialcontacts", path, "contacts");
  const own = all.filter(({ email }) => email === address);
  return own.map(({ name }) => ({
    what: "contact",
    request: () => ask("essentialcontacts", "DELETE", `v1/${name}`),
    isGone: async () => (await ask("essentialcontacts", "GET", `v1/${name}`)).status === 404,
  }));
}

async function grantsOf(place: string, member: string, ask: Ask): Promise<Removal[]> {
  const policy = await readPolicy(ask, place);
  const { bindings } = policy;
  const isOwn = ({ role, members = [] }: Binding) => grantedRoles.includes(role) && members.includes(member);
  if (!bindings.some(isOwn)) return [];
  const body = { policy: { ...policy, bindings: withoutMember(bindings, member, grantedRoles) } };
  const request = async () => {
    const reply = await ask("cloudresourcemanager", "POST", `v3/${place}:setIamPolicy`, { body });
    // Someone else has changed the policy since. The next pass tries again.
    return reply.status === 409 ? { ...reply, status: 200 } : reply;
  };
  return [{ what: "grant", request, isGone: () => Promise.resolve(false) }];
}

async function casesOf({ project, marker }: Sandbox, ask: Ask): Promise<Removal[]> {
  const path = `v2/projects/${project}/cases`;
  const query = { filter: "state=OPEN" };
  const open = await listed<{ name: string; displayName: string }>(ask, "cloudsupport", path, "cases", query);
  const own = open.filter(({ displayName }) => displayName.includes(marker));
  return own.map(({ name }) => ({
    what: "case",
    request: () => ask("cloudsupport", "POST", `v2/${name}:close`, { body: {} }),
    isGone: async () => (await ask("cloudsupport", "GET", `v2/${name}`)).body["state"] === "CLOSED",
  }));
}

/** Those of the guide that were disabled before. */
async function servicesOf({ project, services }: Sandbox, ask: Ask): Promise<Removal[]> {
  const path = `v1/projects/${project}/services`;
  const query = { filter: "state:ENABLED", fields: "services/name,nextPageToken", pageSize: 200 };
  const enabled = await listed<{ name: string }>(ask, "serviceusage", path, "services", query);
  const names = enabled.map(({ name }) => name.split("/").at(-1) ?? "");
  const own = names.filter((name) => !services.includes(name) && serviceNames.some((service) => service === name));
  return own.map((name) => ({
    what: name,
    request: () => ask("serviceusage", "POST", `${path}/${name}:disable`, { body: {} }),
    isGone: async () => (await ask("serviceusage", "GET", `${path}/${name}`)).body["state"] === "DISABLED",
  }));
}
