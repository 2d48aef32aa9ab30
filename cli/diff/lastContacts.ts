/** Categories that lose their last contact of the stack at a place, which no single step shows. */
import { notificationCategories, notificationCategoryNames } from "../../guide/index.ts";
import { stays } from "./change.ts";
import type { Change } from "./change.ts";
import { contactsAfterByConfig } from "./contactsOfConfig.ts";
import { categoryWords, contactType } from "./contacts.ts";
import { code, listed, own, say, shown } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { consoleOf, placeOf } from "./place.ts";
import { changingSteps } from "./preview.ts";
import type { Preview, State, Step } from "./preview.ts";
import { knownText, knownTexts } from "./values.ts";

export function lastContactChanges(preview: Preview): Change[] {
  const steps = changingSteps(preview).filter(({ type }) => type === contactType);
  const losing = steps.filter((step) => step.before !== undefined && !stays(step));
  const places = [...new Set(losing.flatMap(({ before }) => knownText(before?.inputs["parent"]) ?? []))];
  return places.flatMap((parent) => {
    const there = losing.filter(({ before }) => before?.inputs["parent"] === parent);
    const heard = new Set(
      steps.flatMap(({ after }) => (after?.inputs["parent"] === parent ? categoriesOf(after) : [])),
    );
    const unchanged = unchangedCategories(preview, there, parent);
    const lost = new Set(there.flatMap(({ before }) => categoriesOf(before)));
    return apiNames
      .filter((category) => lost.has(category) && !hears(heard, category))
      .flatMap((category) => {
        if (unchanged !== undefined && hears(unchanged, category)) return [];
        const last = there.filter(({ before }) => categoriesOf(before).includes(category));
        return [changeOf(category, last, parent, unchanged !== undefined)];
      });
  });
}

const apiNames = notificationCategoryNames.map((name): string => notificationCategories[name].apiName);

function changeOf(category: string, last: readonly Step[], parent: string, isSure: boolean): Change {
  const place = placeOf(parent, last[0]?.name ?? "");
  const who = listed(last.map(({ before, name }) => shown(before?.inputs["email"], name)).sort(byText));
  const words: Phrase = isSure
    ? say`Nobody of the stack is told of ${categoryWords([category])} at ${place.phrase} any more; ${own(last.length === 1 ? "the last was" : "the last were")} ${who}`
    : say`Perhaps nobody of the stack is told of ${categoryWords([category])} at ${place.phrase} any more: ${who} was, and the preview does not tell who else is; ${code("--show-sames")} makes it`;
  return {
    group: "contacts",
    operation: "delete",
    kinds: ["last-contact", ...(place.level === "organization" ? (["organization"] as const) : [])],
    place: place.resourceName,
    urns: last.map(({ urn }) => urn).sort(),
    sentence: say`${words}${consoleOf.contacts(place)}.`,
  };
}

function byText(one: Phrase, other: Phrase): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

function categoriesOf(state: State | undefined): string[] {
  return knownTexts(state?.inputs["notificationCategorySubscriptions"]);
}

/** A contact of ALL is told of each category. */
function hears(categories: ReadonlySet<string>, category: string): boolean {
  return categories.has(category) || categories.has("ALL");
}

/** The categories of the contacts that stay as they are, unless the preview leaves that open. */
function unchangedCategories(
  preview: Preview,
  changed: readonly Step[],
  parent: string,
): ReadonlySet<string> | undefined {
  const changing = new Set(changingSteps(preview).map(({ urn }) => urn));
  const told = toldSteps(preview);
  if (told !== undefined)
    return new Set(
      told
        .filter(({ urn, type }) => type === contactType && !changing.has(urn))
        .map(({ before, after }) => before ?? after)
        .flatMap((state) => (state?.inputs["parent"] === parent ? categoriesOf(state) : [])),
    );
  const components = changed.map(({ before }) => before?.parent);
  const isWholeDeleted = changingSteps(preview).some(({ op, urn }) => op === "delete" && components.includes(urn));
  if (isWholeDeleted) return new Set();
  return contactsAfterByConfig(preview, changed);
}

/** The steps of all that stays the same, if the preview tells them: with --show-sames, as a stream, or after a refresh. */
function toldSteps({ steps, changeSummary }: Preview): readonly Step[] | undefined {
  const same = steps.filter(({ op }) => op === "same");
  if (same.length === (changeSummary["same"] ?? 0)) return same;
  const refreshed = steps.filter(({ op }) => op === "refresh");
  const inState = ["same", "update", "replace", "delete"].reduce((sum, op) => sum + (changeSummary[op] ?? 0), 0);
  return refreshed.length >= inState && refreshed.length > 0 ? refreshed : undefined;
}
