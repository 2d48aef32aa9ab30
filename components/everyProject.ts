/**
 * Looks up the projects below folders before the component is created, because no preview shows resources created in an
 * `apply`.
 */
import * as pulumi from "@pulumi/pulumi";
import {
  ConfigError,
  everyProjectFolders,
  onboardingOf,
  onboardingOfArgs,
  testCaseProjectProblem,
  userError,
  withModel,
  withProjects,
} from "../onboarding/index.ts";
import type { CustomerCareArgs, Problem } from "../onboarding/index.ts";
import { roleText, updatePermissions } from "../guide/index.ts";
import { answer, createTransport, GoogleError, projectsBelow } from "../google/index.ts";
import type { Transport } from "../google/index.ts";
import { counted, withSection } from "../text/index.ts";
import { skippedProjects } from "./foundProjects.ts";
import { stackSettings } from "./googleSettings.ts";
import { logInfo } from "./log.ts";
import { currentRun } from "./run.ts";

/**
 * Adds each active project below a folder with `everyProject` to `projects`, with its ID as the key. If such folders are
 * nested, the nearest one applies. A project that `projects` already contains keeps its config. A project without billing of
 * which the state has nothing is skipped with a warning.
 *
 * Uses the credentials of the `gcp:` config, or of the environment.
 *
 * @param name The prefix of error messages: the component's name.
 * @throws RunError with all problems of the args, or for a folder that cannot be read, which never counts as empty
 */
export async function withEveryProject(name: string, args: CustomerCareArgs): Promise<CustomerCareArgs> {
  const { args: checked } = onboardingOfArgs(name, args, currentRun().namedMembersKey);
  const folders = everyProjectFolders(checked);
  if (folders.size === 0) return checked;
  const numbers = knownNumbers(name, folders);
  const transport = transportOfConfig();
  const configured = new Set(numbers.values());
  // In the order of the config, whichever reply comes first.
  const replies = await Promise.all(
    [...numbers].map(async ([key, number]) => {
      const { value, error } = await answer(() => projectsBelow(transport, number, (below) => configured.has(below)));
      return { key, number, ids: value ?? [], error };
    }),
  );
  const unread = replies.flatMap(({ key, number, error }): Problem[] =>
    error === undefined
      ? []
      : [{ path: ["folders", key, "everyProject"], message: unreadable(number, error), section: "place" }],
  );
  if (unread.length > 0) throw userError(new ConfigError(name, unread));
  for (const { key, number, ids } of replies)
    void logInfo(`folders.${key}.everyProject: ${counted(ids.length, "active project")} below folders/${number}`);
  const found = new Map(replies.map(({ key, ids }) => [key, ids]));
  const resolved = await withReadyProjects(name, checked, [...folders.keys()], found);
  // The project of the test case can be one that was found.
  const { project } = resolved.testCase ?? {};
  const problems = project === undefined ? [] : testCaseProjectProblem(project, Object.keys(resolved.projects ?? {}));
  if (problems.length > 0) throw userError(new ConfigError(name, problems));
  const unique = rejectDuplicates(name, resolved);
  return withModel(unique, onboardingOf<pulumi.Input<string>>(unique));
}

/** @param found The IDs of the projects below each folder, by the folder's key. */
async function withReadyProjects(
  name: string,
  args: CustomerCareArgs,
  keys: readonly string[],
  found: ReadonlyMap<string, readonly string[]>,
): Promise<CustomerCareArgs> {
  const idsWithout = (skipped: ReadonlySet<string>) =>
    new Map(keys.map((key) => [key, (found.get(key) ?? []).filter((id) => !skipped.has(id))]));
  const whole = withProjects(args, idsWithout(new Set()));
  const added = keys.flatMap((key) =>
    (found.get(key) ?? [])
      .filter((id) => Object.hasOwn(whole.projects ?? {}, id) && !Object.hasOwn(args.projects ?? {}, id))
      .map((id) => [id, ["folders", key, "everyProject"]] as const),
  );
  const skipped = await skippedProjects(currentRun(), name, args, new Map(added));
  return skipped.size === 0 ? whole : withProjects(args, idsWithout(skipped));
}

function transportOfConfig(): Transport {
  try {
    return createTransport(stackSettings());
  } catch (error) {
    throw error instanceof GoogleError ? new pulumi.RunError(withSection(error.message, "config")) : error;
  }
}

function knownNumbers(name: string, folders: ReadonlyMap<string, pulumi.Input<string>>): Map<string, string> {
  const known = [...folders].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  if (known.length < folders.size)
    throw userError(
      new ConfigError(
        name,
        [...folders]
          .filter(([, id]) => typeof id !== "string")
          .map(([key]) => ({
            path: ["folders", key, "everyProject"],
            message:
              "needs the folder's number in the preview, but folderId is an Output; write the number as a string, or list the projects under projects",
          })),
      ),
    );
  return new Map(known);
}

function unreadable(folder: string, { status, message }: GoogleError): string {
  return status === 403 || status === 404
    ? `cannot list the projects below folders/${folder}: the folder does not exist, or the caller does not have ${roleText(updatePermissions.findProjects)} on it (${message}); grant the caller that role, or write the number of an existing folder`
    : `cannot list the projects below folders/${folder}: ${message}; try again`;
}

/** Rejects a project whose ID is an Output that turns out to be the ID of a found project. */
function rejectDuplicates(name: string, args: CustomerCareArgs): CustomerCareArgs {
  const { projects = {} } = args;
  const checked = Object.entries(projects).map(([key, project]) => {
    const { projectId } = project;
    if (projectId === undefined || typeof projectId === "string") return [key, project] as const;
    const unique = pulumi.output(projectId).apply((id) => {
      if (id === key || !Object.hasOwn(projects, id)) return id;
      const message = `is ${JSON.stringify(id)}, which is below a folder with everyProject; write ${JSON.stringify(id)} as its key`;
      throw userError(new ConfigError(name, [{ path: ["projects", key, "projectId"], message }]));
    });
    return [key, { ...project, projectId: unique }] as const;
  });
  return { ...args, projects: Object.fromEntries(checked) };
}
