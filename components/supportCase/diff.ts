/**
 * What separates the case that is from the one that is asked for. A closed case takes nothing more: what is asked for all the same is
 * one error of the preview.
 */
import { GoogleError } from "../../google/index.ts";
import type { Attachment, SupportApi } from "../../google/index.ts";
import { changeable, fieldsOf, fixed, isAdopted, sha256, valueOf, version } from "./properties.ts";
import type { AttachmentContent, AttachmentFile, SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";
import { messageOf } from "./write.ts";

export interface Difference {
  /** Whether there is anything to do. Never undefined: the engine would then compare the provider's text. */
  readonly changes: boolean;
  /** The inputs that only another case can have. */
  readonly replaces: string[];
  /** The old case is closed before the new one is made. */
  readonly deleteBeforeReplace: true;
}

export function difference(olds: SupportCaseOutputs, news: SupportCaseInputs): Difference {
  const replaces = replacing(olds, news);
  const changes =
    replaces.length > 0 ||
    olds.version !== version ||
    ["adopt", "keepOpen"].some((key) => !isEqual(valueOf(olds, key), valueOf(news, key))) ||
    isClosedOnDestroy(olds) !== isClosedOnDestroy(news) ||
    isToBeClosed(news, olds) ||
    fieldsToChange(olds, news).length > 0 ||
    commentsToMake(news, olds).length > 0 ||
    attachmentsToUpload(news, olds).length > 0 ||
    isEscalationDue(news, olds);
  return { changes, replaces, deleteBeforeReplace: true };
}

function isClosedOnDestroy(properties: object): boolean {
  return valueOf(properties, "closeOnDestroy") === true;
}

function replacing(olds: SupportCaseOutputs, news: SupportCaseInputs): string[] {
  // The case that this resource has already may be adopted at any time: it stays the same one.
  // So does one that is named by its project's number, which the API answers with the project's id.
  if (isAdopted(news)) return [olds.name, olds.adopt].includes(news.adopt) ? [] : ["adopt"];
  const replaces: string[] = fixed.filter((key) => !isEqual(valueOf(olds, key), valueOf(news, key)));
  // The API has no way to reopen a case.
  if (news.keepOpen && !olds.keepOpen && olds.state === "CLOSED") replaces.push("keepOpen");
  return replaces;
}

/** Whether the case is to be closed as soon as it has all that is asked for. */
export function isToBeClosed(inputs: SupportCaseInputs, { state }: Pick<SupportCaseOutputs, "state">): boolean {
  return !isAdopted(inputs) && !inputs.keepOpen && state !== "CLOSED";
}

/** The fields that are asked for and that the case has otherwise. An adopted case keeps what nobody asks for. */
export function fieldsToChange(
  is: object,
  asked: Pick<SupportCaseInputs, "adopt" | (typeof changeable)[number]>,
): (typeof changeable)[number][] {
  return changeable.filter((key) => {
    const wanted = valueOf(asked, key);
    if (isAdopted(asked) ? wanted === undefined : isLeftOut(key, asked, is)) return false;
    return !isEqual(valueOf(is, key), wanted);
  });
}

/**
 * Whether nobody asks for the field. One that was taken out of the config has the guide's words again, which a closed case
 * cannot get: that is no reason to refuse the config.
 */
function isLeftOut(key: string, asked: object, is: object): boolean {
  const has = (list: "leftOut" | "takenOut") => ((valueOf(asked, list) ?? []) as readonly string[]).includes(key);
  return has("leftOut") && !(has("takenOut") && valueOf(is, "state") !== "CLOSED");
}

/** Values of the config are texts, booleans and lists of texts in any order; what is absent and what is empty are the same. */
export function isEqual(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "null" : JSON.stringify([...(value as string[])].sort());
  return JSON.stringify(value === "" ? null : (value ?? null));
}

/** What is known to be done already of what is added to a case and never taken away. Each is asked for once. */
export type Done = Pick<SupportCaseOutputs, "comments" | "attachments" | "escalated">;

/** The comments that are asked for and not known to be made, in their order. */
export function commentsToMake({ comments = [] }: SupportCaseInputs, done: Done): string[] {
  return comments.filter((comment) => !done.comments?.some((made) => isSameText(made, comment)));
}

/** The files that are asked for and not known to be uploaded, in their order. */
export function attachmentsToUpload({ attachments = [] }: SupportCaseInputs, done: Done): AttachmentFile[] {
  return attachments.filter((file) => !done.attachments?.some((uploaded) => isSameContent(uploaded, file)));
}

/** A case that was escalated once is not escalated again, whatever became of that. */
export function isEscalationDue({ escalation }: SupportCaseInputs, { escalated = false }: Done): boolean {
  return escalation !== undefined && !escalated;
}

/** Blanks do not count: it is not documented how Google keeps them. */
export function isSameText(one: string, other: string): boolean {
  const words = (text: string) => text.trim().replace(/\s+/g, " ");
  return words(one) === words(other);
}

function isSameContent(one: AttachmentContent, other: AttachmentContent): boolean {
  return one.filename === other.filename && one.sha256 === other.sha256;
}

/** The attachment with this file's name and content: a name alone may be another file's. */
export async function findAttachment(
  name: string,
  file: AttachmentFile,
  api: SupportApi,
): Promise<Attachment | undefined> {
  for (const attachment of await api.listAttachments(name))
    if (attachment.filename === file.filename && sha256(await api.downloadAttachment(attachment.name)) === file.sha256)
      return attachment;
  return undefined;
}

/** What to do where a closed case is to be changed. */
export function waysOn({ urns = [] }: Pick<SupportCaseInputs, "urns">): string {
  const quoted = (urn: string) => `--replace '${urn.replaceAll("'", "'\\''")}'`;
  return `take that back in the config, or replace the case and ${
    urns.length === 0
      ? "the Stash of its name with `pulumi up --replace`"
      : `its life: pulumi up ${urns.map(quoted).join(" ")}`
  }`;
}

/**
 * What an update would be refused for, because the case is closed. The state may be out of date: where something is asked
 * for that only an open case takes, the case is read.
 *
 * @param olds The resource as it is in the state, and what is asked for in place of that.
 * @returns undefined where nothing speaks against the update, or nothing is known that does
 */
export async function closedProblem(
  olds: SupportCaseOutputs,
  news: SupportCaseInputs,
  { api, say }: { readonly api: SupportApi; readonly say: (text: string) => void },
): Promise<string | undefined> {
  const asked = neededOpen(news, olds);
  if (asked.length === 0) return undefined;
  const { name } = olds;
  let needed = asked;
  try {
    const found = await api.getCase(name);
    if (found.state !== "CLOSED") return undefined;
    needed = neededOpen(news, await withWhatIsDone(olds, news, found, api));
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return goneProblem(name);
    if (olds.state !== "CLOSED") {
      say(`case ${name}: whether it is still open is known only when it is changed: ${messageOf(error)}`);
      return undefined;
    }
  }
  if (needed.length === 0) return undefined;
  const { owner } = news;
  const where = owner === undefined ? "" : `${owner.slice(owner.lastIndexOf(" ") + 1)}: `;
  return `${where}case ${name} is closed, and a closed case takes nothing more: ${needed.join("; ")}. ${
    isAdopted(news)
      ? "Take that back in the config, or adopt an open case"
      : waysOn(news).replace(/^./, (letter) => letter.toUpperCase())
  }`;
}

export function goneProblem(name: string): string {
  return `case ${name} is gone; run \`pulumi refresh\` to take it out of the state, then \`pulumi up\``;
}

/** What is asked for that only an open case takes, each with the value got; empty where nothing is. */
export function neededOpen(inputs: SupportCaseInputs, known: SupportCaseOutputs): string[] {
  const { comments = [], escalation } = inputs;
  return [
    ...fieldsToChange(known, inputs).map(
      (key) => `${key} (got ${show(valueOf(inputs, key))}, the case has ${show(valueOf(known, key))})`,
    ),
    // What a comment says may be for the support team alone.
    ...commentsToMake(inputs, known).map((comment) => `comments[${String(comments.indexOf(comment))}] (got a new one)`),
    ...attachmentsToUpload(inputs, known).map(({ path }) => `attachments (got ${show(path)}, a new file)`),
    ...(isEscalationDue(inputs, known) ? [`escalation (got ${show(escalation?.reason)})`] : []),
  ];
}

/** With what an update has done that was killed before it could record it. */
async function withWhatIsDone(
  olds: SupportCaseOutputs,
  news: SupportCaseInputs,
  found: Awaited<ReturnType<SupportApi["getCase"]>>,
  api: SupportApi,
): Promise<SupportCaseOutputs> {
  const { name, state } = found;
  const due = commentsToMake(news, olds);
  const made = due.length === 0 ? [] : await api.listComments(name);
  const comments = due.filter((comment) => made.some(({ body }) => isSameText(body, comment)));
  const attachments = [];
  for (const file of attachmentsToUpload(news, olds))
    if ((await findAttachment(name, file, api)) !== undefined) attachments.push(file);
  return {
    ...olds,
    ...fieldsOf(found, news),
    state,
    comments: [...(olds.comments ?? []), ...comments],
    attachments: [...(olds.attachments ?? []), ...attachments],
    escalated: olds.escalated === true || found.escalated === true,
  };
}

function show(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
