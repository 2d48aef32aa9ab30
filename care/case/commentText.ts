/** The text of a comment: of an argument, a file or standard input. */
import { text as textOf } from "node:stream/consumers";
import { longestComment } from "../../guide/index.ts";
import { readBytes } from "../files.ts";
import { UsageError } from "../userError.ts";

/** @throws UsageError */
export async function commentText(
  given: string | undefined,
  file: string | undefined,
  input: NodeJS.ReadableStream = process.stdin,
): Promise<string> {
  if (given !== undefined && file !== undefined)
    throw new UsageError("there are two comments, an argument and --file; write one of them");
  if (file !== undefined) return checked(utf8(await readBytes(file), file), `the comment in ${file}`);
  if (given === "-") return checked(await textOf(input), "the comment on standard input");
  if (given !== undefined) return checked(given, "the comment");
  throw new UsageError(
    "there is no comment; write it as an argument, name its file with --file, or write - to read standard input",
  );
}

function utf8(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UsageError(`${file} is not text in UTF-8; add it as a file with \`care case attach\``, { cause: error });
  }
}

/** Without the line ends after it, which editors and shells add. */
function checked(text: string, what: string): string {
  const comment = text.trimEnd();
  if (comment === "") throw new UsageError(`${what} is empty; write a text`);
  const { length } = [...comment];
  if (length <= longestComment) return comment;
  throw new UsageError(
    `${what} has ${length.toLocaleString("en")} characters, and Google accepts ${longestComment.toLocaleString("en")} at most; ` +
      "shorten it, or add it as a file with `care case attach`",
  );
}
