/**
 * The output of every command passes through here: all characters become visible, and credentials are removed. Only the
 * colors of this module, and explicit exceptions, reach a terminal as control characters.
 */
import { randomInt } from "node:crypto";
import { styleText } from "node:util";
import { sanitized, visibleLines, withoutSecrets } from "../text/index.ts";
import type { Extent } from "../text/index.ts";

/** Parameters that terminals ignore. They mark our own colors, since text from outside cannot know them. */
const mark = [randomInt(1000, 9999), randomInt(1000, 9999), randomInt(1000, 9999)].join(";");
// eslint-disable-next-line no-control-regex -- a color begins with one
const color = /\u001b\[(\d+)m/g;
const ownColour = new RegExp(String.raw`\u001b\[(\d+);${mark}m`, "g");

/** By guarded stream. */
const unguarded = new WeakMap<NodeJS.WriteStream, NodeJS.WriteStream>();

type Format = Parameters<typeof styleText>[0];

/** The text in a color or in bold, if styleText finds that the terminal supports it. */
export function styled(format: Format, text: string): string {
  const colored = styleText(format, sanitized(text));
  return unguarded.has(process.stdout) ? colored.replace(color, `\u001b[$1;${mark}m`) : colored;
}

/** From now on, everything written to the stream is treated as text. */
export function guardOutput(stream: NodeJS.WriteStream, extent: Extent): void {
  const write = stream.write.bind(stream) as (chunk: string, ...rest: unknown[]) => boolean;
  unguarded.set(stream, Object.create(stream, { write: { value: write } }) as NodeJS.WriteStream);
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => write(shown(chunk, extent), ...rest);
}

/** The stream for our own control characters, such as those that erase a line. */
export function forControls(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return unguarded.get(stream) ?? stream;
}

function shown(chunk: string | Uint8Array, extent: Extent): string {
  const text = withoutSecrets(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8"), extent);
  let [from, safe] = [0, ""];
  for (const {
    0: { length },
    1: code = "",
    index,
  } of text.matchAll(ownColour)) {
    safe += `${visibleLines(text.slice(from, index))}\u001b[${code}m`;
    from = index + length;
  }
  return safe + visibleLines(text.slice(from));
}
