/** A topic by its name and the project that it is in. */
export interface TopicName {
  project: string;
  topic: string;
}

/** Reads `projects/PROJECT/topics/TOPIC`, `PROJECT/TOPIC` or `TOPIC`, of which the last needs a project beside it. */
export function parseTopicName(text: string, besides: string | undefined): TopicName {
  const [, project = besides, topic] =
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
