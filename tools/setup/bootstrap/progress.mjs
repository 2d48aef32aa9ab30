/**
 * @typedef {object} Step a slow task
 * @property {(detail: string) => void} update shows progress, for example "12 of 90 packages"
 * @property {(outcome?: string) => void} end must be called once, also after a failure
 *
 * @typedef {object} Progress
 * @property {(title: string) => Step} step starts a task, for example "Installing the dependencies"
 * @property {(line: string) => void} note prints a line
 */

const showAfter = 2_000;
const plainEvery = 10_000;

/**
 * Shows tasks that take more than 2 s, and their progress: a line that is updated on a terminal, a new line every 10 s elsewhere.
 * Writes to stderr, because stdout belongs to the command.
 *
 * @param {{ isTTY?: boolean, columns?: number, write(text: string): unknown }} stream
 * @returns {Progress}
 */
export function terminalProgress(stream = process.stderr) {
  // On a terminal, overwrite the line.
  const clear = stream.isTTY ? "\r\x1b[2K" : "";
  return {
    note: (line) => void stream.write(`${clear}${wrappedLines(line, widthOf(stream)).join("\n")}\n`),
    step(title) {
      const begin = Date.now();
      let detail = "";
      let isWritten = false;
      const elapsed = () => duration(Date.now() - begin);
      const write = () => {
        const text = `${title}… ${[elapsed(), detail].filter(Boolean).join(", ")}`;
        stream.write(stream.isTTY ? `${clear}${text}` : `${text}\n`);
        isWritten = true;
      };
      /** @type {NodeJS.Timeout} */
      let timer = setTimeout(() => {
        write();
        timer = setInterval(write, stream.isTTY ? 1_000 : plainEvery).unref();
      }, showAfter).unref();
      return {
        update: (text) => void (detail = text),
        end(outcome = "done") {
          clearTimeout(timer);
          if (isWritten) stream.write(`${clear}${title}: ${outcome}, ${elapsed()}\n`);
        },
      };
    },
  };
}

/**
 * The number of characters in a line.
 *
 * @param {{ isTTY?: boolean, columns?: number }} stream
 */
export function widthOf(stream) {
  // A terminal can report no width.
  return (stream.isTTY && stream.columns) || Infinity;
}

/**
 * Lines of whole words. A word that is longer than a line gets its own.
 *
 * @param {string} text
 * @param {number} width
 */
export function wrappedLines(text, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => line.trimEnd());
}

/** @param {number} milliseconds */
export function duration(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
