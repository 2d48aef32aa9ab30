/** The projects below folders, looked up before the component is made: resources in an `apply` would be in no preview. */
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
import { createTransport, GoogleError, projectsBelow, readGoogleSettings } from "../google/index.ts";
import type { Transport } from "../google/index.ts";
import { logInfo } from "./log.ts";
import { currentRun } from "./run.ts";

/**
 * The args with each active project below a folder with `everyProject` under `projects`, by its ID, as if a person had written
 * it there. Where folders are one below the other, the nearest one's word counts. A project that stands under `projects`
 * is as it stands there.
 *
 * The credential is that of the `gcp:` config, else of the environment.
 *
 * @param name What an error starts with: the component's name.
 * @throws RunError that names each problem of the args, and a folder that cannot be read, which is never taken for empty
 */
export async function withEveryProject(name: string, args: CustomerCareArgs): Promise<CustomerCareArgs> {
  const { args: checked } = onboardingOfArgs(name, args, currentRun().namedMembersKey);
  const folders = everyProjectFolders(checked);
  if (folders.size === 0) return checked;
  const numbers = knownNumbers(name, folders);
  const transport = transportOfConfig();
  const isAsked = new Set(numbers.values());
  const found = new Map<string, readonly string[]>();
  const problems: Problem[] = [];
  await Promise.all(
    [...numbers].map(async ([key, number]) => {
      try {
        found.set(key, await projectsBelow(transport, number, (below) => isAsked.has(below)));
      } catch (error) {
        if (!(error instanceof GoogleError)) throw error;
        problems.push({ path: ["folders", key, "everyProject"], message: unreadable(number, error) });
      }
    }),
  );
  if (problems.length > 0) throw userError(new ConfigError(name, problems));
  for (const [key, ids] of found)
    void logInfo(`folders.${key}.everyProject: ${counted(ids.length)} below folders/${numbers.get(key) ?? key}`);
  const resolved = withProjects(checked, new Map([...folders.keys()].map((key) => [key, found.get(key) ?? []])));
  // Whether a folder holds the project of the test case is known only now.
  const { project } = resolved.testCase ?? {};
  if (project !== undefined) problems.push(...testCaseProjectProblem(project, Object.keys(resolved.projects ?? {})));
  if (problems.length > 0) throw userError(new ConfigError(name, problems));
  const once = rejectDuplicates(name, resolved);
  return withModel(once, onboardingOf<pulumi.Input<string>>(once));
}

function transportOfConfig(): Transport {
  const config = pulumi.runtime.allConfig();
  try {
    return createTransport(readGoogleSettings((key) => config[key]));
  } catch (error) {
    throw error instanceof GoogleError ? new pulumi.RunError(error.message) : error;
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
              "needs the folder's number in the preview, and folderId is an Output; write the number as a text, or list the projects under projects",
          })),
      ),
    );
  return new Map(known);
}

function unreadable(folder: string, { status, message }: GoogleError): string {
  return status === 403 || status === 404
    ? `the projects below folders/${folder} cannot be listed: it is not there, or Browser (roles/browser) is missing on it (${message}); grant the caller that role there, or write the number of a folder that is there`
    : `the projects below folders/${folder} could not be listed: ${message}; try again`;
}

function counted(projects: number): string {
  return projects === 1 ? "1 active project" : `${String(projects)} active projects`;
}

/** A project whose ID is an Output, under a key that is not its ID, may be one that was found too: it would have two owners. */
function rejectDuplicates(name: string, args: CustomerCareArgs): CustomerCareArgs {
  const { projects = {} } = args;
  const checked = Object.entries(projects).map(([key, project]) => {
    const { projectId } = project;
    if (projectId === undefined || typeof projectId === "string") return [key, project] as const;
    const once = pulumi.output(projectId).apply((id) => {
      if (id === key || !Object.hasOwn(projects, id)) return id;
      const message = `is ${JSON.stringify(id)}, which is below a folder with everyProject; write ${JSON.stringify(id)} as its key`;
      throw userError(new ConfigError(name, [{ path: ["projects", key, "projectId"], message }]));
    });
    return [key, { ...project, projectId: once }] as const;
  });
  return { ...args, projects: Object.fromEntries(checked) };
}
