/** The first line of a comment, which GitHub does not show. The next run finds the stack's comment by it. */

/** The stack that the comment is for. */
export interface Key {
  /** The Pulumi project's name. Undefined if the preview failed too early to have it. */
  readonly project: string | undefined;
  /** The caller's name for the stack. */
  readonly stack: string;
}

/** The source of a comment. */
export interface Origin {
  /** The file with the preview. */
  readonly file: string;
  /** The head of the branch, if the event has it. */
  readonly commit: string | undefined;
}

export interface Marker extends Key {
  /** Undefined in a comment of an earlier release. */
  readonly origin: Origin | undefined;
}

/** Encoded, so that no name can end the HTML comment or be confused with another name. */
export function markerOf({ project, stack }: Key, { file, commit }: Origin): string {
  const key = [...(project === undefined ? [] : [project]), stack].map(encoded).join("/");
  return `<!-- customer-care preview of ${key} from ${encoded(file)} at ${encoded(commit ?? "")} -->`;
}

const pattern = /^<!-- customer-care preview of (?:([^\s/]+)\/)?([^\s/]+)(?: from (\S*) at (\S*))? -->$/;

/** The marker must come first: a person's comment that quotes it further down is not overwritten. */
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

/** The key as it can be written: invalid Unicode cannot. */
export function normalizedKey({ project, stack }: Key): Key {
  return { project: project?.toWellFormed(), stack: stack.toWellFormed() };
}

/**
 * Whether a comment is for the stack. A marker without a project is "perhaps" for it: it is of an earlier release, which wrote
 * PROJECT/STACK if two stacks had the same name, or of a preview that failed before it had a project.
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
