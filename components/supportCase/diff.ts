/**
 * Compares the case with the inputs. A closed case cannot be changed, so a change of one is an error in the preview.
 */
import { GoogleError } from "../../google/index.ts";
import type { Attachment, SupportApi } from "../../google/index.ts";
import { capitalized } from "../../text/index.ts";
import { changeable, fieldsOf, fixed, isAdopted, sha256, valueOf, version } from "./properties.ts";
import type { AttachmentContent, AttachmentFile, SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";
import { messageOf } from "./write.ts";

export interface Difference {
  /** Whether anything changes. Never undefined, because the engine would then compare the provider's serialized text. */
  readonly changes: boolean;
  /** The changed inputs that require a new case. */
  readonly replaces: string[];
  /** The old case is closed before the new one is created. */
  readonly deleteBeforeReplace: true;
}

export function difference(olds: SupportCaseOutputs, news: SupportCaseInputs): Difference {
  const replaces = replacedFields(olds, news);
  const changes =
    replaces.length > 0 ||
    olds.version !== version ||
    ["adopt", "keepOpen"].some((key) => !isEqual(valueOf(olds, key), valueOf(news, key))) ||
    isClosedOnDestroy(olds) !== isClosedOnDestroy(news) ||
    mustBeClosed(news, olds) ||
    fieldsToChange(olds, news).length > 0 ||
    pendingComments(news, olds).length > 0 ||
    pendingAttachments(news, olds).length > 0 ||
    isEscalationDue(news, olds);
  return { changes, replaces, deleteBeforeReplace: true };
}

function isClosedOnDestroy(properties: object): boolean {
  return valueOf(properties, "closeOnDestroy") === true;
}

function replacedFields(olds: SupportCaseOutputs, news: SupportCaseInputs): string[] {
  // Adopting the case that this resource already has changes nothing, also if the config names its project by number,
  // for which the API returns the ID.
  if (isAdopted(news)) return [olds.name, olds.adopt].includes(news.adopt) ? [] : ["adopt"];
  const replaces: string[] = fixed.filter((key) => !isEqual(valueOf(olds, key), valueOf(news, key)));
  // The API has no way to reopen a case.
  if (news.keepOpen && !olds.keepOpen && olds.state === "CLOSED") replaces.push("keepOpen");
  return replaces;
}

/** Whether the case must be closed once all inputs are applied. */
export function mustBeClosed(inputs: SupportCaseInputs, { state }: Pick<SupportCaseOutputs, "state">): boolean {
  return !isAdopted(inputs) && !inputs.keepOpen && state !== "CLOSED";
}

/** The fields whose value differs from the inputs. An adopted case keeps the fields that the config omits. */
export function fieldsToChange(
  current: object,
  asked: Pick<SupportCaseInputs, "adopt" | (typeof changeable)[number]>,
): (typeof changeable)[number][] {
  return changeable.filter((key) => {
    const wanted = valueOf(asked, key);
    if (isAdopted(asked) ? wanted === undefined : isLeftOut(key, asked, current)) return false;
    return !isEqual(valueOf(current, key), wanted);
  });
}

/**
 * Whether the config omits the field. A field that was removed from the config gets its default again, except on a closed
 * case, where the change is not possible and must not fail.
 */
function isLeftOut(key: string, asked: object, current: object): boolean {
  const has = (list: "leftOut" | "takenOut") => ((valueOf(asked, list) ?? []) as readonly string[]).includes(key);
  return has("leftOut") && !(has("takenOut") && valueOf(current, "state") !== "CLOSED");
}

/** Compares strings, booleans and lists of strings in any order. Absent and empty values are equal. */
export function isEqual(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "null" : JSON.stringify([...(value as string[])].sort());
  return JSON.stringify(value === "" ? null : (value ?? null));
}

/** The additions that are already done. Additions are made once, and never removed. */
export type Done = Pick<SupportCaseOutputs, "comments" | "attachments" | "escalated">;

/** The comments that are not added yet, in order. */
export function pendingComments({ comments = [] }: SupportCaseInputs, done: Done): string[] {
  return comments.filter((comment) => !done.comments?.some((added) => isSameText(added, comment)));
}

/** The files that are not uploaded yet, in order. */
export function pendingAttachments({ attachments = [] }: SupportCaseInputs, done: Done): AttachmentFile[] {
  return attachments.filter((file) => !done.attachments?.some((uploaded) => isSameContent(uploaded, file)));
}

/** A case is escalated at most once. */
export function isEscalationDue({ escalation }: SupportCaseInputs, { escalated = false }: Done): boolean {
  return escalation !== undefined && !escalated;
}

/** Ignores white space, because Google does not document how it stores it. */
export function isSameText(one: string, other: string): boolean {
  const words = (text: string) => text.trim().replace(/\s+/g, " ");
  return words(one) === words(other);
}

function isSameContent(one: AttachmentContent, other: AttachmentContent): boolean {
  return one.filename === other.filename && one.sha256 === other.sha256;
}

/** The attachment with the file's name and content. The name alone does not identify it. */
export async function findAttachment(
  name: string,
  file: AttachmentFile,
  api: SupportApi,
): Promise<Attachment | undefined> {
  for (const attachment of await api.listAttachments(name))
    if (attachment.filename === file.filename && sha256(await api.downloadAttachment(attachment)) === file.sha256)
      return attachment;
  return undefined;
}

/** The remedy for a change of a closed case. */
export function closedCaseRemedy({ urns = [] }: Pick<SupportCaseInputs, "urns">): string {
  const quoted = (urn: string) => `--replace '${urn.replaceAll("'", "'\\''")}'`;
  return `undo that in the config, or replace the case and ${
    urns.length === 0
      ? "the Stash with the same name with `pulumi up --replace`"
      : `its life: pulumi up ${urns.map(quoted).join(" ")}`
  }`;
}

/**
 * The error of an update that changes a closed case. The state can be out of date, so this reads the case if a change requires
 * it to be open.
 *
 * @returns undefined if the update is possible, or if the case could not be read
 */
export async function closedProblem(
  olds: SupportCaseOutputs,
  news: SupportCaseInputs,
  { api, log }: { readonly api: SupportApi; readonly log: (text: string) => void },
): Promise<ClosedProblem | undefined> {
  const asked = changesThatNeedOpenCase(news, olds);
  if (asked.length === 0) return undefined;
  const { name } = olds;
  let needed = asked;
  try {
    const found = await api.getCase(name);
    if (found.state !== "CLOSED") return undefined;
    needed = changesThatNeedOpenCase(news, await withUnrecordedChanges(olds, news, found, api));
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return notFoundProblem(name);
    if (olds.state !== "CLOSED") {
      log(`case ${name}: the preview could not check whether it is still open: ${messageOf(error)}`);
      return undefined;
    }
  }
  if (needed.length === 0) return undefined;
  const { owner } = news;
  const where = owner === undefined ? "" : `${owner.slice(owner.lastIndexOf(" ") + 1)}: `;
  return {
    problem: `${where}case ${name} is closed, and a closed case cannot be changed: ${needed.join("; ")}`,
    remedy: isAdopted(news) ? "undo that in the config, or adopt an open case" : closedCaseRemedy(news),
  };
}

export interface ClosedProblem {
  readonly problem: string;
  readonly remedy: string;
}

export function notFoundProblem(name: string): ClosedProblem {
  return {
    problem: `case ${name} does not exist any more`,
    remedy: "run `pulumi refresh` to remove it from the state, then `pulumi up`",
  };
}

export function sentenceOf({ problem, remedy }: ClosedProblem): string {
  return `${problem}. ${capitalized(remedy)}`;
}

/** The changes that require an open case, each with the value of the config. */
function changesThatNeedOpenCase(inputs: SupportCaseInputs, known: SupportCaseOutputs): string[] {
  const { comments = [], escalation } = inputs;
  return [
    ...fieldsToChange(known, inputs).map(
      (key) => `${key} (got ${show(valueOf(inputs, key))}, the case has ${show(valueOf(known, key))})`,
    ),
    // The text of a comment can be confidential.
    ...pendingComments(inputs, known).map(
      (comment) => `comments[${String(comments.indexOf(comment))}] (got a new one)`,
    ),
    ...pendingAttachments(inputs, known).map(({ path }) => `attachments (got ${show(path)}, a new file)`),
    ...(isEscalationDue(inputs, known) ? [`escalation (got ${show(escalation?.reason)})`] : []),
  ];
}

/** Adds what an interrupted update did but could not record. */
async function withUnrecordedChanges(
  olds: SupportCaseOutputs,
  news: SupportCaseInputs,
  found: Awaited<ReturnType<SupportApi["getCase"]>>,
  api: SupportApi,
): Promise<SupportCaseOutputs> {
  const { name, state } = found;
  const due = pendingComments(news, olds);
  const existing = due.length === 0 ? [] : await api.listComments(name);
  const comments = due.filter((comment) => existing.some(({ body }) => isSameText(body, comment)));
  const attachments = [];
  for (const file of pendingAttachments(news, olds))
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
