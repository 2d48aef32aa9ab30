/** Says on standard error that work goes on, where it takes long: in one line of a terminal, else in plain lines. */
import { repeatedly } from "../repeatedly.ts";
import type { Counts } from "../../google/index.ts";
import { forControls } from "../terminal.ts";

/** Milliseconds until the first word, and between two in a file; there, between two that are the same. */
const patience = { first: 2000, terminal: 200, plain: 2000, unchanged: 10_000 };

/**
 * Ends with the function that is answered.
 * @param command What each line begins with, such as `care doctor`.
 */
export function showProgress(
  command: string,
  counts: Counts,
  stream: NodeJS.WriteStream = forControls(process.stderr),
): () => void {
  const { isTTY } = stream;
  let last = { said: "", at: 0 };
  const write = () => {
    const said =
      counts.asked === 0
        ? `${command}: reading the stack`
        : `${command}: ${String(counts.answered)} of ${String(counts.asked)} questions to Google answered`;
    if (!isTTY && said === last.said && Date.now() - last.at < patience.unchanged) return;
    last = { said, at: Date.now() };
    stream.write(isTTY ? `\r\u001b[K${said}` : `${said}\n`);
  };
  const end = repeatedly(patience, isTTY, write);
  return () => {
    end();
    if (last.said !== "" && isTTY) stream.write("\r\u001b[K");
  };
}
