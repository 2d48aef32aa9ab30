/** Categories that lose their last contact of the stack at a place, which no single step shows. */
import { componentTypes, contactType } from "../../components/internal.ts";
import { checkStackValues, placesOf } from "../../onboarding/index.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import { notificationCategories, notificationCategoryNames } from "../../guide/index.ts";
import { stays } from "./change.ts";
import type { Change } from "./change.ts";
import { categoryWords } from "./contacts.ts";
import { code, listed, own, compose, shown } from "./phrases.ts";
import { consoleOf, placeOf } from "./place.ts";
import { changingSteps } from "./preview.ts";
import type { Preview, State, Step } from "./preview.ts";
import { parseUrn } from "./urn.ts";
import { knownText, knownTexts } from "./values.ts";

const apiNames = notificationCategoryNames.map((name): string => notificationCategories[name].apiName);

export function lastContactChanges(preview: Preview): Change[] {
  const changing = changingSteps(preview);
  const contacts = changing.filter(({ type }) => type === contactType);
  const losing = contacts.filter((step) => step.before !== undefined && !stays(step));
  const losingAt = Map.groupBy(losing, ({ before }) => placeName(before));
  const afterAt = Map.groupBy(contacts, ({ after }) => placeName(after));
  const unchangedAt = unchangedContacts(preview, changing);
  const deleted = new Set(
    changing.filter(({ op, isPendingDeletion }) => op === "delete" && !isPendingDeletion).map(({ urn }) => urn),
  );
  return [...losingAt].flatMap(([parent, losingHere]) => {
    if (parent === undefined) return [];
    // The unchanged contacts, unless the preview does not list them; none if the whole component is deleted.
    const unchanged = unchangedAt
      ? categoriesOf((unchangedAt.get(parent) ?? []).map(({ before, after }) => before ?? after))
      : losingHere.some(({ before }) => deleted.has(before?.parent ?? ""))
        ? new Set<string>()
        : contactsAfterByConfig(preview, losingHere);
    const changedTo = categoriesOf((afterAt.get(parent) ?? []).map(({ after }) => after));
    const lost = categoriesOf(losingHere.map(({ before }) => before));
    return apiNames
      .filter(
        (category) =>
          lost.has(category) &&
          !includesCategory(changedTo, category) &&
          !includesCategory(unchanged ?? new Set(), category),
      )
      .map((category) => {
        const last = losingHere.filter(({ before }) => categoriesOf([before]).has(category));
        return changeOf(category, last, parent, unchanged !== undefined);
      });
  });
}

function changeOf(category: string, last: readonly Step[], parent: string, isSure: boolean): Change {
  const sorted = [...last].sort((one, other) => (one.name < other.name ? -1 : 1));
  const place = placeOf(parent, sorted[0]?.name ?? "");
  const who = listed(sorted.map(({ before, name }) => shown(before?.inputs["email"], name)));
  const where = compose`is notified of ${categoryWords([category])} at ${place.phrase} any more`;
  const words = isSure
    ? compose`No contact of the stack ${where}; ${own(last.length === 1 ? "the last was" : "the last were")} ${who}`
    : compose`Perhaps no contact of the stack ${where}: ${who} ${own(last.length === 1 ? "was" : "were")}, and the preview does not list the others; ${code("--show-sames")} adds them`;
  return {
    group: "contacts",
    operation: "delete",
    kinds: ["last-contact", ...(place.level === "organization" ? (["organization"] as const) : [])],
    place: place.resourceName,
    urns: sorted.map(({ urn }) => urn),
    sentence: compose`${words}${consoleOf.contacts(place)}.`,
  };
}

function placeName(state: State | undefined): string | undefined {
  return knownText(state?.inputs["parent"]);
}

function categoriesOf(states: readonly (State | undefined)[]): ReadonlySet<string> {
  return new Set(states.flatMap((state) => knownTexts(state?.inputs["notificationCategorySubscriptions"])));
}

/** A contact for ALL is notified of each category. */
function includesCategory(categories: ReadonlySet<string>, category: string): boolean {
  return categories.has(category) || categories.has("ALL");
}

/** The unchanged contacts by place, if the preview lists unchanged resources. */
function unchangedContacts(preview: Preview, changing: readonly Step[]) {
  const unchanged = unchangedSteps(preview);
  if (unchanged === undefined) return undefined;
  const urns = new Set(changing.flatMap(({ urn, isPendingDeletion }) => (isPendingDeletion ? [] : [urn])));
  const contacts = unchanged.filter(({ urn, type }) => type === contactType && !urns.has(urn));
  return Map.groupBy(contacts, ({ before, after }) => placeName(before ?? after));
}

/** The steps of unchanged resources: with --show-sames, in a stream, or after a refresh. */
function unchangedSteps({ steps, changeSummary, failed }: Preview): readonly Step[] | undefined {
  // Without a count of all resources, or with the count before a failure, nothing is certain.
  if (failed || Object.keys(changeSummary).length === 0) return undefined;
  const same = steps.filter(({ op }) => op === "same");
  if (same.length === (changeSummary["same"] ?? 0)) return same;
  const refreshed = steps.filter(({ op }) => op === "refresh");
  const inState = ["same", "update", "replace", "delete"].reduce((sum, op) => sum + (changeSummary[op] ?? 0), 0);
  return refreshed.length > 0 && refreshed.length >= inState ? refreshed : undefined;
}

/** Contacts of this repository's program, directly below its one component. */
const types = [componentTypes.customerCare, componentTypes.essentialContacts, contactType].join("$");

/**
 * The contacts of the stack's config, if the preview does not list unchanged resources.
 *
 * @param changed The contacts that change at one place.
 * @returns The API's names of the categories that have a contact there after the update. Undefined if the config
 * does not show it: it is another program's, or does not contain these contacts.
 */
function contactsAfterByConfig(preview: Preview, changed: readonly Step[]): ReadonlySet<string> | undefined {
  const config = configOf(preview);
  const [first] = changed;
  if (config === undefined || first === undefined) return undefined;
  if (changed.some(({ urn }) => parseUrn(urn).types.join("$") !== types)) return undefined;
  const [, key] = /^[^/]+\/(.+)\/[^/]+$/s.exec(first.name) ?? [];
  if (changed.some(({ name }) => !name.includes(`/${key ?? ""}/`))) return undefined;
  const place = placesOf(config, "").find(({ path }) => path.join("/") === key);
  const contacts = place?.contacts ?? [];
  const after = new Map(
    contacts.map(({ email, categories }) => [
      email,
      categories.map((category): string => notificationCategories[category].apiName),
    ]),
  );
  // The config must contain the changed contacts with their new values; otherwise it is not theirs.
  const isTheirs = changed.every((step) => {
    const { email, notificationCategorySubscriptions } = (step.after ?? step.before)?.inputs ?? {};
    const inConfig = after.get(knownText(email) ?? "");
    return step.op === "delete"
      ? inConfig === undefined
      : inConfig?.join() === knownTexts(notificationCategorySubscriptions).join();
  });
  return isTheirs && contacts.length > 0 ? new Set([...after.values()].flat()) : undefined;
}

function configOf({ project = "", config }: Preview): CustomerCareConfig | undefined {
  const values = Object.entries(config).map(([key, text]) => [key, { text, isSecret: false }] as const);
  return checkStackValues(project, values).config;
}
