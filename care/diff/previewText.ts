/** Finds the output of `pulumi preview --json` in a text that may contain other lines. */

export interface PreviewText {
  /** Whole documents: one for each preview. */
  readonly digests: readonly Record<string, unknown>[];
  /** Engine events of PULUMI_ENABLE_STREAMING_JSON_PREVIEW, one in a line. */
  readonly events: readonly Record<string, unknown>[];
  /** The first line of a document without an end, or of a truncated event. */
  readonly brokenAt: number | undefined;
}

/**
 * The engine writes a document from a line with nothing but its opening brace to one with nothing but its closing one,
 * or an object in a line. Other lines, such as those of a hook or a wrapper, are ignored.
 */
export function readPreviewText(text: string): PreviewText {
  const digests: Record<string, unknown>[] = [];
  const events: Record<string, unknown>[] = [];
  let broken: number | undefined;
  let start: number | undefined;
  const lines = text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .map((line) => line.replace(/\r$/, ""));
  const take = (found: Record<string, unknown> | undefined) => {
    if (found === undefined) return;
    if ("sequence" in found) events.push(found);
    else if (["steps", "diagnostics", "changeSummary"].some((key) => key in found)) digests.push(found);
  };
  for (const [index, line] of lines.entries()) {
    if (line === "{") {
      // The previous document is truncated if another one begins.
      if (start !== undefined) broken ??= start + 1;
      start = index;
    } else if (start !== undefined) {
      if (line !== "}") continue;
      const found = objectOf(lines.slice(start, index + 1).join("\n"));
      if (found === undefined) broken ??= start + 1;
      take(found);
      start = undefined;
    } else if (line.startsWith("{")) {
      const found = objectOf(line);
      if (found === undefined && /^\{"(sequence|config|steps)"/.test(line)) broken ??= index + 1;
      take(found);
    }
  }
  if (start !== undefined) broken ??= start + 1;
  return { digests, events, brokenAt: broken };
}

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
