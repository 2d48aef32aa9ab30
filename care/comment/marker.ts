/** The first line of a comment, which GitHub does not show: the next run finds the stack's comment by it. */

/** Whose comment it is. */
export interface Key {
  /** The Pulumi project's name. Undefined where the preview failed too early to have it. */
  readonly project: string | undefined;
  /** What the caller calls the stack. */
  readonly stack: string;
}

/** Of what a comment was made. */
export interface Origin {
  /** The file with the preview. */
  readonly file: string;
  /** The head of the branch, where the event has it. */
  readonly commit: string | undefined;
}

export interface Marker extends Key {
  /** Undefined in a comment of an earlier release. */
  readonly origin: Origin | undefined;
}

/** Encoded, so that no name can end the HTML comment, or be taken for another one. */
export function markerOf({ project, stack }: Key, { file, commit }: Origin): string {
  const key = [...(project === undefined ? [] : [project]), stack].map(encoded).join("/");
  return `<!-- customer-care preview of ${key} from ${encoded(file)} at ${encoded(commit ?? "")} -->`;
}

const pattern = /^<!-- customer-care preview of (?:([^\s/]+)\/)?([^\s/]+)(?: from (\S*) at (\S*))? -->$/;

/** The marker must come first: a person who quotes the comment below their own words keeps theirs. */
export function readMarker(body: string | null | undefined): Marker | undefined {
  const [, project, stack, file, commit] = pattern.exec(body?.split(/\r?\n/, 1)[0] ?? "") ?? [];
  if (stack === undefined) return undefined;
  try {
    return {
      project: project === undefined ? undefined : decodeURIComponent(project),
      stack: decodeURIComponent(stack),
      origin:
        file === undefined
          ? undefined
          : { file: decodeURIComponent(file), commit: commit ? decodeURIComponent(commit) : undefined },
    };
  } catch {
    return undefined;
  }
}

/** The same as a key once it is written: what is no text in Unicode cannot be. */
export function normalizedKey({ project, stack }: Key): Key {
  return { project: project?.toWellFormed(), stack: stack.toWellFormed() };
}

/**
 * Whether a comment is of the stack, certainly or perhaps: one that names no project is of an earlier release, which called a stack
 * PROJECT/STACK where two were called the same, or of a preview that failed before it had a project.
 */
export function matchOf({ project, stack, origin }: Marker, key: Key): "same" | "perhaps" | "no" {
  if (project !== undefined && key.project !== undefined)
    return project === key.project && stack === key.stack ? "same" : "no";
  if (project === undefined && key.project === undefined && stack === key.stack) return "same";
  if (stack === key.stack) return "perhaps";
  return origin === undefined && project === undefined && stack === `${key.project ?? ""}/${key.stack}`
    ? "perhaps"
    : "no";
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
