import { existsSync } from "node:fs";
import { basename } from "node:path";
import { Command } from "commander";
import type { Attachment, SupportApi } from "../../google/index.ts";
import { withExitCodes } from "../exitCodes.ts";
import { readBytes } from "../files.ts";
import { UsageError, UserError } from "../userError.ts";
import { openCaseStack } from "./caseStack.ts";
import type { CaseStack } from "./caseStack.ts";
import { candidates, chooseCase } from "./choice.ts";
import { action, examples, explained } from "./options.ts";
import { getOpenCase } from "./openCase.ts";
import { localTime, oneLine, printJson } from "./output.ts";
import { attachmentRecordOf } from "./record.ts";
import type { AttachmentRecord, Sent } from "./record.ts";
import { sendOnce } from "./sendOnce.ts";
import type { Write } from "./sendOnce.ts";
import { inWords } from "./stackCase.ts";
import type { StackCase } from "./stackCase.ts";

export function attachCommand(): Command {
  const command = new Command("attach")
    .description("Attach files to an open case; a file that the case has already is not sent again")
    .usage("[options] [case] <file...>")
    .argument("<file...>", "the files, after the case's name where the stack has several; ./NAME is never a case")
    .addHelpText("after", examples("attach serial-console.log", "attach testCase serial-console.log top.txt"))
    .action(
      action<object, [words: string[]]>(async (options, words) => {
        const stack = await openCaseStack(options);
        const { name, files } = split(stack, words);
        // All are read before one is sent.
        const contents = await Promise.all(
          files.map((file) => readBytes(file, { remedies: { EISDIR: "name its files, or pack it" } })),
        );
        const one = await chooseCase(stack, name);
        await getOpenCase(stack.api, one, "take a file");
        const records: Sent<AttachmentRecord>[] = [];
        for (const [index, file] of files.entries()) {
          try {
            const { attachment, sent } = await attach(stack.api, one, file, contents[index] ?? new Uint8Array());
            records.push({ ...attachmentRecordOf(attachment), sent });
            if (!options.json)
              console.log(
                sent
                  ? `Attached ${oneLine(file)} to ${inWords(one)}: ${attachment.name}`
                  : `${inWords(one)} has ${oneLine(file)} already, of ${localTime(attachment.createTime)}: it was not sent. To attach it again, rename it.`,
              );
          } catch (error) {
            throw withWhatIsDone(error, files, index);
          }
        }
        if (options.json) printJson(records);
      }),
    );
  return withExitCodes(command, {
    fine: "the files were attached, or the case has them already",
    failedOrFindings: "a file was not attached, or it is not known whether it was",
    usage: "the command is wrong, or a file cannot be read",
  });
}

/** The first word is the case if it names one in the state, or if no file has that name. */
function split({ inState }: CaseStack, words: readonly string[]): { name?: string; files: readonly string[] } {
  const [first = "", ...rest] = words;
  const isCase = candidates(inState, first).length > 0;
  if (isCase && rest.length === 0)
    throw new UsageError(`${JSON.stringify(first)} is the name of a case; write the files after it`);
  return isCase || (rest.length > 0 && !existsSync(first)) ? { name: first, files: rest } : { files: words };
}

/** Sends the file, unless the case has an attachment with its name and its content. */
async function attach(
  api: SupportApi,
  one: StackCase,
  file: string,
  bytes: Uint8Array,
): Promise<{ readonly attachment: Attachment; readonly sent: boolean }> {
  const filename = basename(file);
  for (const attachment of await api.listAttachments(one.name))
    if (isLike(attachment, filename, bytes) && Buffer.from(await api.downloadAttachment(attachment)).equals(bytes))
      return { attachment, sent: false };
  return { attachment: await sendOnce(await attachmentWrite(api, one, filename, bytes)), sent: true };
}

function isLike({ filename, sizeBytes = "0" }: Attachment, name: string, bytes: Uint8Array): boolean {
  return filename === name && Number(sizeBytes) === bytes.length;
}

/** Recognizes the attachment by its name and its size, among those that are new. */
export async function attachmentWrite(
  api: SupportApi,
  one: StackCase,
  filename: string,
  bytes: Uint8Array,
): Promise<Write<Attachment>> {
  const before = new Set((await api.listAttachments(one.name)).map(({ name }) => name));
  return {
    question: `whether ${filename} was attached`,
    checkWith: `care case show ${one.resource}`,
    send: () => api.uploadAttachment(one.name, filename, bytes),
    find: async () =>
      (await api.listAttachments(one.name)).find(
        (attachment) => !before.has(attachment.name) && isLike(attachment, filename, bytes),
      ),
  };
}

/** Lists what was sent, so that the caller sends only the rest again. */
function withWhatIsDone(error: unknown, files: readonly string[], failed: number): unknown {
  const explanation = explained(error);
  if (!(explanation instanceof UserError) || files.length === 1) return explanation;
  const [done, rest] = [files.slice(0, failed), files.slice(failed + 1)];
  return new UserError(
    [
      `${files[failed] ?? ""}: ${explanation.message}`,
      done.length === 0 ? "no file was attached" : `already attached: ${done.join(", ")}`,
      rest.length === 0 ? "" : `not sent: ${rest.join(", ")}`,
    ]
      .filter((part) => part !== "")
      .join("; "),
    { cause: error },
  );
}
