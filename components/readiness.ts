/** What an update would fail on, told before anything is made: places that are not there, or that nothing can be made in. */
import * as pulumi from "@pulumi/pulumi";
import { ConfigError } from "../config/index.ts";
import type { Problem } from "../config/index.ts";
import { checkUpTransport, GoogleError, readGoogleSettings, readReadiness } from "../google/index.ts";
import type { Obstacle } from "../google/index.ts";
import type { CustomerCareArgs } from "./args.ts";
import { lateUserError } from "./inputs.ts";
import { isMocked } from "./runs.ts";

/** A place by its name in Google Cloud, and where it stands in the args. */
interface NamedPlace {
  readonly resource: string;
  readonly id: string;
  readonly path: readonly string[];
}

/** What a component waits for in its `dependsOn`: it comes to no resource. */
export type Ready = Promise<pulumi.Resource[]>;

/**
 * Fulfilled once the places that the args name are found ready; undefined where that is not looked at.
 *
 * A place whose ID is an Output is not looked at: the program may be what makes it. The same holds for a component that depends
 * on other resources, and for one with a provider of its own, whose credential is not known here.
 *
 * @param opts Those of the component.
 */
export function whenReady(
  name: string,
  args: CustomerCareArgs,
  opts: pulumi.ComponentResourceOptions | undefined,
): Ready | undefined {
  const places = namedPlaces(args);
  if (places.length === 0 || opts?.dependsOn !== undefined || hasProvider(opts) || isMocked()) return undefined;
  return checkPlaces(name, places).then(() => []);
}

function namedPlaces({ organization, folders = {}, projects = {} }: CustomerCareArgs): NamedPlace[] {
  const place = (collection: string, id: unknown, path: readonly string[]) =>
    typeof id === "string" ? [{ resource: `${collection}/${id}`, id, path }] : [];
  return [
    ...place("organizations", organization?.id, ["organization", "id"]),
    ...Object.entries(folders).flatMap(([key, { folderId }]) =>
      place("folders", folderId ?? key, ["folders", key, ...(folderId === undefined ? [] : ["folderId"])]),
    ),
    ...Object.entries(projects).flatMap(([key, { projectId }]) =>
      place("projects", projectId ?? key, ["projects", key, ...(projectId === undefined ? [] : ["projectId"])]),
    ),
  ];
}

function hasProvider({ provider, providers, parent }: pulumi.ComponentResourceOptions = {}): boolean {
  if (provider !== undefined || Object.keys(providers ?? {}).length > 0) return true;
  return parent?.getProvider("gcp:index:any") !== undefined;
}

/** @throws RunError that names each place that is not ready */
async function checkPlaces(name: string, places: readonly NamedPlace[]): Promise<void> {
  const { obstacles, hasSeenAny } = await read(places.map(({ resource }) => resource));
  const problems = (isTold: (obstacle: Obstacle) => boolean): Problem[] =>
    places.flatMap(({ resource, id, path }) => {
      const obstacle = obstacles.get(resource);
      return obstacle !== undefined && isTold(obstacle) ? [{ path, message: sentence(resource, id, obstacle) }] : [];
    });
  const certain = problems(({ kind }) => kind !== "unseen");
  const unseen = problems(({ kind }) => kind === "unseen");
  // A caller who sees nothing may only look at the code: the update is another's.
  if (unseen.length > 0 && hasSeenAny && pulumi.runtime.isDryRun())
    await pulumi.log.warn(new ConfigError(name, unseen).message);
  if (certain.length > 0) throw lateUserError(new ConfigError(name, certain).message);
}

async function read(resources: readonly string[]) {
  const config = pulumi.runtime.allConfig();
  try {
    return await readReadiness(checkUpTransport(readGoogleSettings((key) => config[key])), resources);
  } catch (error) {
    // A credential that cannot be had is the gcp provider's to tell, where it is needed.
    if (error instanceof GoogleError) return { obstacles: new Map<string, Obstacle>(), hasSeenAny: false };
    throw error;
  }
}

function sentence(resource: string, id: string, { kind, ...obstacle }: Obstacle): string {
  const [collection = ""] = resource.split("/");
  const { one, name, undelete } = nouns[collection as keyof typeof nouns];
  const shown = `${collection.slice(0, -1)} ${JSON.stringify(id)}`;
  switch (kind) {
    case "absent":
      return `there is no ${shown}: this caller would see it; write the ${name} of ${one} that is there`;
    case "unseen":
      return `there is no ${shown}, or this caller has no role on it, and an update would fail; write the ${name} of ${one} that is there, or grant the caller the roles that care doctor names`;
    case "inactive":
      return `the ${shown} is marked for deletion; leave it out, or run ${undelete} ${id}`;
    case "unbilled": {
      const { account } = obstacle as { readonly account: string };
      return account === ""
        ? `the ${shown} has no billing account; run gcloud billing projects link ${id} --billing-account=ACCOUNT_ID, or leave it out`
        : `the billing account of the ${shown}, ${account}, is closed; open it, link another one, or leave the project out`;
    }
  }
}

const nouns = {
  organizations: { one: "an organization", name: "number", undelete: "" },
  folders: { one: "a folder", name: "number", undelete: "gcloud resource-manager folders undelete" },
  projects: { one: "a project", name: "ID", undelete: "gcloud projects undelete" },
} as const;
