/** What separates the case that is from the one that is asked for. */
import { attachmentsToUpload, commentsToMake, isEscalationDue } from "./additions.ts";
import { changeable, fixed, isAdopted, valueOf, version } from "./properties.ts";
import type { SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";

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
