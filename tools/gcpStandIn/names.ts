/** The last part of a path, such as the project's ID in `projects/shop-dev`. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Whether a resource's name or path means the one before, which may be its path. */
export function sameResourceName(before: string, next: string): boolean {
  return before === next || (!next.includes("/") && lastPart(before) === next);
}

/** Whether two paths end in the same name. */
export function sameLastPart(a: string, b: string): boolean {
  return lastPart(a) === lastPart(b);
}

/** A topic by its name and the project that it is in. */
export interface TopicName {
  project: string;
  topic: string;
}

/** Reads `projects/PROJECT/topics/TOPIC`, `PROJECT/TOPIC` or `TOPIC`, the last of which requires `defaultProject`. */
export function parseTopicName(text: string, defaultProject: string | undefined): TopicName {
  const [, project = defaultProject, topic] =
    /^projects\/([^/]+)\/topics\/([^/]+)$/.exec(text) ?? /^(?:([^/]+)\/)?([^/]+)$/.exec(text) ?? [];
  if (topic === undefined)
    throw new Error(`Import id ${JSON.stringify(text)} doesn't match any of the accepted formats`);
  if (project === undefined) throw new Error("No value was found for project during import");
  return { project, topic };
}

/** The topic's full name. */
export function topicPath({ project, topic }: TopicName): string {
  return `projects/${project}/topics/${topic}`;
}
