/** Finds out, before anything is created, in which places an update would fail: those that do not exist or are not ready. */
import * as pulumi from "@pulumi/pulumi";
import { checkUpTransport, GoogleError, readGoogleSettings, readReadiness } from "../google/index.ts";
import type { Obstacle } from "../google/index.ts";
import type { Level } from "../guide/index.ts";
import { ConfigError, lateUserError } from "../onboarding/index.ts";
import type { Problem, ScopeArgs } from "../onboarding/index.ts";
import { formerState, placeOf } from "./formerState.ts";
import { logWarning } from "./log.ts";
import { isAnything } from "./obstacles/needs.ts";
import { valueOf } from "./outputs.ts";
import type { LocatedPlace } from "./places.ts";
import { ownHookName } from "./propagation.ts";
import { mayBeTransformed } from "./run.ts";
import type { RunContext } from "./run.ts";
import {
  anyChange,
  changesOf,
  newlyWanted,
  notingRefused,
  readRefused,
  thingsToCreate,
  wantedAt,
} from "./updateRefusals.ts";
import type { Asked, WantedPlace } from "./updateRefusals.ts";

/** A place by its name in Google Cloud, and where it stands in the args. */
interface NamedPlace extends WantedPlace {
  readonly id: string;
  /** Where its ID stands in the args. */
  readonly idPath: readonly string[];
  /** Whether it was found by a search, and so is there. */
  readonly isFound?: boolean;
}

/** What a component waits for in its `dependsOn`: it comes to no resource. */
export type Ready = Promise<pulumi.Resource[]>;

/**
 * Fulfilled once the places are found ready, and nothing that an update would create there is refused; undefined where that is not
 * looked at.
 *
 * A place whose ID is an Output is not looked at: the program may be what makes it. The same holds for a component that depends
 * on other resources, and for one with a provider of its own, whose credential is not known here.
 *
 * @param component The component that has the places.
 * @param opts Those of the component.
 */
export function whenReady(
  run: RunContext,
  name: string,
  component: pulumi.Resource,
  places: readonly LocatedPlace[],
  opts: pulumi.ComponentResourceOptions | undefined,
): Ready | undefined {
  const namedPlaces = async () =>
    (
      await Promise.all(
        places.map(async (located) => {
          const { level, id, path, idPath, domain } = located;
          const isFound = id === undefined && domain !== undefined;
          // Whoever looks it up reports that it is not found.
          const number = isFound ? await valueOf(located.scope.id).catch(() => undefined) : id;
          return place(level, number, located, path, idPath).map((one) => ({ ...one, isFound }));
        }),
      )
    ).flat();
  return whenAllReady(run, name, component, namedPlaces, opts);
}

/**
 * The same for a component that works on one place. Below another component of this package, that one has looked.
 *
 * @param asked What the component wants at the place.
 */
export function whenPlaceReady(
  run: RunContext,
  name: string,
  component: pulumi.Resource,
  { organizationId, folderId, projectId }: ScopeArgs,
  asked: Asked,
  opts: pulumi.ComponentResourceOptions | undefined,
): Ready | undefined {
  const parent = opts?.parent as { readonly __pulumiType?: string } | undefined;
  if (parent?.__pulumiType?.startsWith("customer-care:") === true) return undefined;
  const places = [
    ...place("organization", organizationId, asked, [], ["organizationId"]),
    ...place("folder", folderId, asked, [], ["folderId"]),
    ...place("project", projectId, asked, [], ["projectId"]),
  ];
  return places.length === 0 ? undefined : whenAllReady(run, name, component, () => Promise.resolve(places), opts);
}

/**
 * For each resource at a place: refuses to create or change it where the place is gone or not ready. It asks nothing: what was found
 * out of the places is known by then.
 *
 * A `pulumi destroy` or `pulumi refresh` that runs the program creates and changes nothing, and a program cannot find out which
 * operation it runs for.
 */
export function refuseWhereNotReady(run: RunContext, name: string): pulumi.ResourceHookBinding {
  // The mocks have no hooks.
  if (run.isMocked) return {};
  const problems = run.the(noProblems);
  const refuse: pulumi.ResourceHookFunction = ({ type, newInputs, oldInputs }) => {
    const inputs = (newInputs ?? {}) as Readonly<Record<string, unknown>>;
    const created = oldInputs === undefined ? thingsToCreate(type, inputs) : [];
    const problem = [placeOf(inputs) ?? "", anyChange, changesOf(type) ?? "", ...created]
      .map((key) => problems.get(key))
      .find((one) => one !== undefined);
    if (problem !== undefined) throw new Error(problem);
  };
  const hook = new pulumi.ResourceHook(ownHookName(run, `${name}/readiness`), refuse, { onDryRun: true });
  return { beforeCreate: [hook], beforeUpdate: [hook] };
}

/** What was found at the places that the state has something at, by place; and what may be refused, by what would be created. */
const noProblems = () => new Map<string, string>();

function whenAllReady(
  run: RunContext,
  name: string,
  component: pulumi.Resource,
  places: () => Promise<readonly NamedPlace[]>,
  opts: pulumi.ComponentResourceOptions | undefined,
): Ready | undefined {
  if (dependsOnOthers(opts) || hasProvider(opts) || run.isMocked) return undefined;
  return places()
    .then((all) => checkPlaces(run, name, component, all))
    .then(() => []);
}

function place(
  level: Level,
  id: unknown,
  asked: Asked,
  path: readonly string[],
  idPath: readonly string[],
): NamedPlace[] {
  return typeof id === "string" ? [{ id, path, idPath, wanted: wantedAt(level, `${level}s/${id}`, asked) }] : [];
}

/** In a component of the package, what is absent is an empty list. */
function dependsOnOthers({ dependsOn }: pulumi.ComponentResourceOptions = {}): boolean {
  return dependsOn !== undefined && !(Array.isArray(dependsOn) && dependsOn.length === 0);
}

function hasProvider({ provider, providers, parent }: pulumi.ComponentResourceOptions = {}): boolean {
  if (provider !== undefined || Object.keys(providers ?? {}).length > 0) return true;
  return parent?.getProvider("gcp:index:any") !== undefined;
}

/**
 * A place that the state has something at is a warning here: what is there can still be taken out of the state. What would be refused
 * there is refused as it is created, and so is everything where transforms may import it.
 *
 * @throws RunError that names all else in which an update would fail
 */
async function checkPlaces(
  run: RunContext,
  name: string,
  component: pulumi.Resource,
  places: readonly NamedPlace[],
): Promise<void> {
  const known = run.the(noProblems);
  const state = await formerState(run);
  const { places: inState } = state;
  const reading = read(places.flatMap(({ isFound, wanted: { resource } }) => (isFound === true ? [] : [resource])));
  const [{ obstacles, hasSeenAny }, allRefused] = await Promise.all([
    reading,
    readRefused(
      name,
      places,
      state,
      reading.then(({ denied }) => denied),
    ),
  ]);
  const found = places.flatMap(({ wanted: { resource }, id, idPath }) => {
    const obstacle = obstacles.get(resource);
    return obstacle === undefined
      ? []
      : [{ resource, isUnseen: obstacle.kind === "unseen", path: idPath, message: sentence(resource, id, obstacle) }];
  });
  const here = allRefused.filter(({ resource }) => !obstacles.has(resource));
  const refused = here.filter(({ isOfChanges }) => isOfChanges !== true);
  const ofChanges = here.filter(({ isOfChanges }) => isOfChanges === true);
  if (found.length === 0 && here.length === 0) return;
  for (const { message, isCertain, things } of ofChanges) {
    if (isCertain) for (const thing of things) known.set(thing, message);
    if (pulumi.runtime.isDryRun())
      await logWarning(`${message}. An update that changes or deletes a resource fails`, component);
  }
  const certain = found.filter(({ isUnseen }) => !isUnseen);
  const deployed = certain.filter(({ resource }) => inState.has(resource));
  for (const { resource, path, message } of deployed)
    known.set(resource, new ConfigError(name, [{ path, message }]).message);
  const isWanted = (place: NamedPlace) => isAnything(newlyWanted(place.wanted, state));
  const newlyWantedAt = new Set(places.filter(isWanted).map(({ wanted: { resource } }) => resource));
  const unseen = found.filter(({ isUnseen }) => isUnseen);
  const warn = (problems: readonly Problem[]) => pulumi.log.warn(new ConfigError(name, problems).message);
  // A caller without any role may preview what another one deploys. In the update of this one, all of it is refused.
  if (pulumi.runtime.isDryRun()) {
    if (hasSeenAny && unseen.length > 0) await warn(unseen);
    else if (unseen.some(({ resource }) => newlyWantedAt.has(resource))) await warn([seesNothing(unseen)]);
  } else
    for (const { resource, path, message } of unseen)
      known.set(resource, new ConfigError(name, [{ path, message }]).message);
  if (deployed.length > 0)
    await warn(deployed.map(({ path, message }) => ({ path, message: `${message}. ${keptThere}` })));
  for (const { isCertain, message } of refused)
    if (!isCertain && pulumi.runtime.isDryRun()) await logWarning(message, component);
  const isRefusedNow = ({ isUnseen, resource }: (typeof found)[number]) =>
    !isUnseen || (!pulumi.runtime.isDryRun() && newlyWantedAt.has(resource));
  const fresh = found.filter((one) => isRefusedNow(one) && !inState.has(one.resource));
  const surely = refused.filter(({ isCertain }) => isCertain);
  const isLeftToEngine = surely.length > 0 && (await mayBeTransformed(run, component));
  const now = surely.filter(({ resource }) => !isLeftToEngine && !inState.has(resource));
  const lines = [
    ...(fresh.length === 0 ? [] : [new ConfigError(name, fresh).message]),
    ...(now.length === 0 && fresh.length === 0 ? [] : surely.map(({ message }) => message)),
  ];
  if (lines.length > 0) throw lateUserError(lines.join("\n"));
  const all = surely.map(({ message }) => message).join("\n");
  for (const { things } of surely) for (const thing of things) known.set(thing, all);
}

/** In one line, whatever the number of places: mostly, it is the caller. */
function seesNothing([first, ...more]: readonly { readonly resource: string }[]): Problem {
  const others = more.length === 0 ? "" : ` and ${String(more.length)} more`;
  return {
    path: [],
    message: `this caller sees none of the places of the config (${first?.resource ?? ""}${others}), so none was checked: an update by this caller would fail; grant the caller the roles that care doctor names`,
  };
}

const keptThere = "The state has resources there: an update that creates or changes one there fails";

async function read(resources: readonly string[]) {
  const config = pulumi.runtime.allConfig();
  const denied: GoogleError[] = [];
  try {
    const transport = notingRefused(checkUpTransport(readGoogleSettings((key) => config[key])), denied);
    return { ...(await readReadiness(transport, resources)), denied: denied[0] };
  } catch (error) {
    // The gcp provider reports a credential that is missing or wrong, where it needs one.
    if (error instanceof GoogleError)
      return { obstacles: new Map<string, Obstacle>(), hasSeenAny: false, denied: denied[0] };
    throw error;
  }
}

function sentence(resource: string, id: string, obstacle: Obstacle): string {
  const [collection = ""] = resource.split("/");
  const { name, undelete } = commands[collection as keyof typeof commands];
  const noun = collection.slice(0, -1);
  const shown = `the ${noun} ${JSON.stringify(id)}`;
  switch (obstacle.kind) {
    case "absent":
      return `${shown} does not exist: this caller would see it; write the ${name} of an existing ${noun}`;
    case "unseen":
      return `${shown} does not exist, or this caller has no role on it: an update by this caller would fail; write the ${name} of an existing ${noun}, or grant the caller the roles that care doctor names`;
    case "inactive":
      return `${shown} is marked for deletion; leave it out${undelete === undefined ? "" : `, or run ${undelete} ${id}`}`;
    case "unbilled":
      return obstacle.account === ""
        ? `${shown} has no billing account; run gcloud billing projects link ${id} --billing-account=ACCOUNT_ID, or leave it out`
        : `the billing account of ${shown}, ${obstacle.account}, is closed; open it, link another one, or leave the project out`;
  }
}

const commands = {
  organizations: { name: "number", undelete: undefined },
  folders: { name: "number", undelete: "gcloud resource-manager folders undelete" },
  projects: { name: "ID", undelete: "gcloud projects undelete" },
} as const;
