/** The config's key for the events of support cases: its schema, its checks and its model. */
import type { z } from "zod";
import { supportEvents as data } from "../guide/index.ts";
import { hiddenCharacter, hiddenNote } from "./hiddenCharacters.ts";
import { formatPath, show, showFull, showKey } from "./problems.ts";
import type { Problem } from "./problems.ts";
import {
  isText,
  mapOf,
  projectId,
  projectIdPattern,
  projectIdProblem,
  projectOfUrl,
  text,
  underKey,
} from "./values.ts";

/** Source: https://docs.cloud.google.com/pubsub/docs/pubsub-basics#resource_names */
const namePattern = /^(?!goog)[A-Za-z][\w.~+%-]{2,254}$/;

const fullNamePattern = /^projects\/([^/]+)\/topics\/([^/]+)$/;

const topicPattern = new RegExp(
  `${namePattern.source}|^projects/(${projectIdPattern.source.slice(1, -1)})/topics/(?!goog)[A-Za-z][\\w.~+%-]{2,254}$`,
);

/** A topic's name alone, or its full name with the ID of its project. */
function topicProblem(value: string): string | undefined {
  if (topicPattern.test(value)) return undefined;
  const hidden = hiddenCharacter(value);
  const [, project = "", name = ""] = fullNamePattern.exec(value) ?? [];
  if (hidden === undefined && namePattern.test(name) && /^\d+$/.test(project))
    return `${show(value)} has the number of a project; write the project's ID in its place, such as "projects/ops-admin/topics/${name}"`;
  const meant = suggestTopic(value);
  const nameRule = "3 to 255 letters, digits and -._~+%, a letter first and not goog";
  if (hidden === undefined && meant === undefined && projectIdPattern.test(project))
    return `${show(value)} has ${show(name)} in the place of the topic's name; write a name of ${nameRule} there, such as "projects/${project}/topics/${data.defaultTopic}"`;
  if (hidden === undefined && meant === undefined && project !== "")
    return `${show(value)} has ${show(project)} in the place of a project's ID, and the topic must be in the project of supportEvents; write the name of a topic of ${nameRule}, or the full name of an existing topic with the value of project, such as "projects/ops-admin/topics/${namePattern.test(name) ? name : data.defaultTopic}"`;
  return `${show(value)} ${hiddenNote(value, hidden)}is not a topic; write ${meant ?? `a name of ${nameRule}, such as "${data.defaultTopic}", or the full name of an existing topic of the project, such as "projects/ops-admin/topics/${data.defaultTopic}"`}`;
}

/** The topic that its URL in the console, its full resource name or its path without a project means. */
function suggestTopic(value: string): string | undefined {
  const [, inConsole] = /\/topic\/detail\/([^?#/]+)/.exec(value) ?? [];
  const project = projectOfUrl(value);
  const candidates = [
    ...(inConsole === undefined || project === undefined ? [] : [`projects/${project}/topics/${inConsole}`]),
    value.trim(),
    value.trim().replace(/^(\/\/|https?:\/\/)pubsub\.googleapis\.com\/(v1\/)?/, ""),
    value.trim().replace(/^\/?topics\//, ""),
    value.trim().replace(/\s+/g, "-"),
  ];
  const meant = candidates.find((one) => topicPattern.test(one));
  return meant === undefined ? undefined : showFull(meant);
}

const topic = text("a topic", `"${data.defaultTopic}"`, topicProblem, topicPattern);

export const supportEvents = mapOf(
  "the config of support events",
  {
    project: projectId.describe(
      "The ID of the project with the Pub/Sub topic. It need not be under `projects`. The program enables the Pub/Sub API there if it creates the topic.",
    ),
    topic: topic
      .optional()
      .describe(
        `The topic. With a name, the program creates the topic, and deletes it in \`pulumi destroy\`. With the full name of an existing topic of the project, \`projects/ID/topics/NAME\`, the program uses the topic, and never deletes it. Default: \`${data.defaultTopic}\`.`,
      ),
  },
  "{project: ops-admin}",
  (input) => underKey(isText(projectIdProblem), "project")(input) ?? ofFullName(input),
  // Another name than the component's, because the SDKs of other languages have a class for each.
).meta({ id: "supportEventsTarget", description: "Where the events of support cases are published." });

/** The config that a full name of a topic means. */
function ofFullName(input: unknown): string | undefined {
  const [, project] = typeof input === "string" && topicPattern.test(input) ? (fullNamePattern.exec(input) ?? []) : [];
  return project === undefined ? undefined : `{project: ${showFull(project)}, topic: ${showFull(input)}}`;
}

export type SupportEventsConfig = z.infer<typeof supportEvents>;

/** @typeParam Value An `Input` where the value may be known only later. */
export interface SupportEventsModel<Value = string> {
  /** The ID of the topic's project. */
  readonly project: Value;
  /** The name of the topic in its project. */
  readonly topic: string;
  /** The ID of the project in the full name of an existing topic; undefined for a topic that the program creates. */
  readonly existingIn: string | undefined;
}

export function supportEventsModel<Value>({
  project,
  topic = data.defaultTopic,
}: {
  readonly project: Value;
  readonly topic?: string | undefined;
}): SupportEventsModel<Value> {
  const [, existingIn, name = topic] = fullNamePattern.exec(topic) ?? [];
  return { project, topic: name, existingIn };
}

/**
 * The problems of the values together.
 *
 * @param path The path of the map.
 * @param projects The config's projects.
 */
export function supportEventsProblems(
  { project, topic }: Partial<SupportEventsConfig>,
  path: readonly string[],
  isUnknown: (path: readonly string[]) => boolean,
  projects: Readonly<Record<string, { readonly projectId?: string | undefined }>> = {},
): Problem[] {
  if (project === undefined || isUnknown([...path, "project"])) return [];
  const { projectId: meant = project } = Object.hasOwn(projects, project) ? (projects[project] ?? {}) : {};
  const isId = Object.entries(projects).some(([key, { projectId = key }]) => projectId === project);
  if (meant !== project && !isId)
    return [
      {
        path: [...path, "project"],
        message: `${show(project)} is a key of projects and not the ID of a project; write ${showFull(meant)}, the projectId of ${formatPath(["projects", project])}`,
      },
    ];
  const problem = topic === undefined ? undefined : otherProjectProblem(topic, project);
  return problem === undefined ? [] : [{ path: [...path, "topic"], message: problem }];
}

/** A problem if the full name of a topic has another project. */
export function otherProjectProblem(topic: string, project: string): string | undefined {
  const [, other = project] = fullNamePattern.exec(topic) ?? [];
  return other === project
    ? undefined
    : `${show(topic)} is a topic of another project than ${show(project)}; write project: ${showKey(other)}, or a topic of ${project}`;
}
