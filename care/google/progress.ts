/** Shows progress on standard error if a command takes long: one line on a terminal, else plain lines. */
import { startHeartbeat } from "../heartbeat.ts";
import type { Counts } from "../../google/index.ts";
import { forControls } from "../terminal.ts";

/** Milliseconds until the first line, and between two. In a file, an unchanged line is repeated after `unchanged`. */
const intervals = { first: 2000, terminal: 200, plain: 2000, unchanged: 10_000 };

/**
 * @returns A function that ends it.
 * @param command The prefix of each line, such as `care doctor`.
 */
export function showProgress(
  command: string,
  counts: Counts,
  stream: NodeJS.WriteStream = forControls(process.stderr),
): () => void {
  const { isTTY } = stream;
  let last = { line: "", at: 0 };
  const write = () => {
    const line =
      counts.asked === 0
        ? `${command}: reading the stack`
        : `${command}: ${String(counts.answered)} of ${String(counts.asked)} requests to Google answered`;
    if (!isTTY && line === last.line && Date.now() - last.at < intervals.unchanged) return;
    last = { line, at: Date.now() };
    stream.write(isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  };
  const end = startHeartbeat(intervals, isTTY, write);
  return () => {
    end();
    if (last.line !== "" && isTTY) stream.write("\r\u001b[K");
  };
}
