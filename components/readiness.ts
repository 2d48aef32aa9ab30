/** Finds out, before anything is created, in which places an update would fail: those that do not exist or are not ready. */
import * as pulumi from "@pulumi/pulumi";
import { ConfigError, lateUserError } from "../onboarding/index.ts";
import type { PlaceOfArgs, Problem, ScopeArgs } from "../onboarding/index.ts";
import { checkUpTransport, GoogleError, readGoogleSettings, readReadiness } from "../google/index.ts";
import type { Obstacle } from "../google/index.ts";
import { formerState, placeOf } from "./formerState.ts";
import { ownHookName } from "./propagation.ts";
import type { RunContext } from "./run.ts";

/** A place by its name in Google Cloud, and where it stands in the args. */
interface NamedPlace {
  readonly resource: string;
  readonly id: string;
  readonly path: readonly string[];
}

/** What a component waits for in its `dependsOn`: it comes to no resource. */
export type Ready = Promise<pulumi.Resource[]>;

/**
 * Fulfilled once the places are found ready; undefined where that is not looked at.
 *
 * A place whose ID is an Output is not looked at: the program may be what makes it. The same holds for a component that depends
 * on other resources, and for one with a provider of its own, whose credential is not known here.
 *
 * @param opts Those of the component.
 */
export function whenReady(
  run: RunContext,
  name: string,
  places: readonly PlaceOfArgs[],
  opts: pulumi.ComponentResourceOptions | undefined,
): Ready | undefined {
  const named = places.flatMap(({ level, id, idPath }) => place(`${level}s`, id, idPath));
  return whenAllReady(run, name, named, opts);
}

/** The same for a component that works on one place. Below another component of this package, that one has looked. */
export function whenPlaceReady(
  run: RunContext,
  name: string,
  { organizationId, folderId, projectId }: ScopeArgs,
  opts: pulumi.ComponentResourceOptions | undefined,
): Ready | undefined {
  const parent = opts?.parent as { readonly __pulumiType?: string } | undefined;
  if (parent?.__pulumiType?.startsWith("customer-care:") === true) return undefined;
  const places = [
    ...place("organizations", organizationId, ["organizationId"]),
    ...place("folders", folderId, ["folderId"]),
    ...place("projects", projectId, ["projectId"]),
  ];
  return whenAllReady(run, name, places, opts);
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
  const refuse: pulumi.ResourceHookFunction = ({ newInputs }) => {
    const problem = problems.get(placeOf((newInputs ?? {}) as Readonly<Record<string, unknown>>) ?? "");
    if (problem !== undefined) throw new Error(problem);
  };
  const hook = new pulumi.ResourceHook(ownHookName(run, `${name}/readiness`), refuse, { onDryRun: true });
  return { beforeCreate: [hook], beforeUpdate: [hook] };
}

/** What was found at the places that the state has something at. */
const noProblems = () => new Map<string, string>();

function whenAllReady(
  run: RunContext,
  name: string,
  places: readonly NamedPlace[],
  opts: pulumi.ComponentResourceOptions | undefined,
): Ready | undefined {
  if (places.length === 0 || dependsOnOthers(opts) || hasProvider(opts) || run.isMocked) return undefined;
  return checkPlaces(run, name, places).then(() => []);
}

function place(collection: string, id: unknown, path: readonly string[]): NamedPlace[] {
  return typeof id === "string" ? [{ resource: `${collection}/${id}`, id, path }] : [];
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
 * A place that the state has something at is a warning here: what is there can still be taken out of the state.
 *
 * @throws RunError that names each other place in which an update would fail
 */
async function checkPlaces(run: RunContext, name: string, places: readonly NamedPlace[]): Promise<void> {
  const known = run.the(noProblems);
  const { obstacles, hasSeenAny } = await read(places.map(({ resource }) => resource));
  const found = places.flatMap(({ resource, id, path }) => {
    const obstacle = obstacles.get(resource);
    return obstacle === undefined
      ? []
      : [{ resource, isUnseen: obstacle.kind === "unseen", path, message: sentence(resource, id, obstacle) }];
  });
  if (found.length === 0) return;
  const { places: inState } = await formerState(run);
  const certain = found.filter(({ isUnseen }) => !isUnseen);
  const deployed = certain.filter(({ resource }) => inState.has(resource));
  for (const { resource, path, message } of deployed)
    known.set(resource, new ConfigError(name, [{ path, message }]).message);
  const unseen = found.filter(({ isUnseen }) => isUnseen);
  const warn = (problems: readonly Problem[]) => pulumi.log.warn(new ConfigError(name, problems).message);
  // A caller without any role may preview what another one deploys.
  if (unseen.length > 0 && hasSeenAny && pulumi.runtime.isDryRun()) await warn(unseen);
  if (deployed.length > 0)
    await warn(deployed.map(({ path, message }) => ({ path, message: `${message}. ${keptThere}` })));
  const fresh = certain.filter(({ resource }) => !inState.has(resource));
  if (fresh.length > 0) throw lateUserError(new ConfigError(name, fresh).message);
}

const keptThere = "The state has resources there: an update that creates or changes one there fails";

async function read(resources: readonly string[]) {
  const config = pulumi.runtime.allConfig();
  try {
    return await readReadiness(checkUpTransport(readGoogleSettings((key) => config[key])), resources);
  } catch (error) {
    // The gcp provider reports a credential that is missing or wrong, where it needs one.
    if (error instanceof GoogleError) return { obstacles: new Map<string, Obstacle>(), hasSeenAny: false };
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
