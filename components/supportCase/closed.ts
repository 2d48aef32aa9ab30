/** A closed case takes nothing more: what is asked for all the same is one error of the preview. */
import { GoogleError } from "../../google/index.ts";
import type { SupportApi } from "../../google/index.ts";
import { attachmentsToUpload, commentsToMake, isEscalationDue, isSameText } from "./additions.ts";
import { findAttachment } from "./attachment.ts";
import { fieldsToChange } from "./difference.ts";
import { messageOf } from "./partialFailure.ts";
import { fieldsOf, isAdopted, valueOf } from "./properties.ts";
import type { SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";

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
