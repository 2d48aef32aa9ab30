/** The previews that a command reads: files and standard input, each optionally with a name for its stack. */
import { existsSync } from "node:fs";
import { text } from "node:stream/consumers";
import { readText } from "../files.ts";
import { UsageError } from "../userError.ts";

export interface Source {
  /** What the caller calls the stack. */
  readonly stack: string | undefined;
  /** As given; `-` is standard input. */
  readonly file: string;
  /** Names the source in errors. */
  readonly place: string;
  readonly text: string;
}

/** @param names Each `FILE` or `STACK=FILE`; `-` is standard input. An existing file with a "=" in its name is a `FILE`. */
export async function readSources(
  names: readonly string[],
  input: NodeJS.ReadStream = process.stdin,
): Promise<Source[]> {
  const sources = names.map((name) => {
    const [, stack, file = name] = existsSync(name) ? [] : (/^([^=]+)=(.+)$/s.exec(name) ?? []);
    return { stack, file };
  });
  if (sources.filter(({ file }) => file === "-").length > 1)
    throw new UsageError('standard input ("-") is given twice, but can only be read once; write a file instead');
  return Promise.all(
    sources.map(async ({ stack, file }) => ({
      stack,
      file,
      place: file === "-" ? "standard input" : file,
      text: await read(file, input),
    })),
  );
}

async function read(file: string, input: NodeJS.ReadStream): Promise<string> {
  if (file === "-") {
    if (input.isTTY)
      throw new UsageError(
        "there is no preview to read; write a file with the output of `pulumi preview --json`, or pipe it in",
      );
    return text(input);
  }
  return readText(file, {
    remedies: { ENOENT: "write the path of a file with the output of `pulumi preview --json`" },
  });
}
