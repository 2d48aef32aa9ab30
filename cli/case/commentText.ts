/** The text of a comment: of an argument, a file or standard input. */
import { text as textOf } from "node:stream/consumers";
import { readFile } from "./readFile.ts";
import { UsageError } from "../userError.ts";

/** In characters. Source: google/cloud/support/v2/comment.proto */
const longest = 12_800;

/** @throws UsageError */
export async function commentText(
  given: string | undefined,
  file: string | undefined,
  input: NodeJS.ReadableStream = process.stdin,
): Promise<string> {
  if (given !== undefined && file !== undefined)
    throw new UsageError(
      "the comment is given as an argument and by --file; write one of the two (an argument before it names the case)",
    );
  if (file !== undefined) return checked(new TextDecoder().decode(await readFile(file)), `file ${file}`);
  if (given === "-") return checked(await textOf(input), "standard input");
  if (given !== undefined) return checked(given, "the argument");
  throw new UsageError(
    "there is no comment; write it as an argument, name its file with --file, or write - to read it",
  );
}

/** Without the line ends after it, which editors and shells add. */
function checked(text: string, source: string): string {
  const comment = text.trimEnd();
  if (comment.trim() === "") throw new UsageError(`the comment of ${source} is empty; write what support is to read`);
  const { length } = [...comment];
  if (length > longest)
    throw new UsageError(
      `the comment of ${source} has ${length.toLocaleString("en")} characters, and Google takes ` +
        `${longest.toLocaleString("en")}; shorten it, or add it as a file with \`care case attach\``,
    );
  return comment;
}
