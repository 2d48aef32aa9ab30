/** Who is notified of what (guide row G5 contacts). */
import { fallbackCategories, notificationCategoryNames } from "../../../guide/index.ts";
import type { NotificationCategory } from "../../../guide/index.ts";
import { contactsOf, driftOf, gapsOf } from "../contacts.ts";
import { updateRemedy } from "../remedies.ts";
import type { PlaceContacts } from "../report.ts";
import type { PlaceReadings } from "../readings.ts";
import type { ReportContext } from "../context.ts";
import { unread } from "../why.ts";
import { faultAbout, outcomeOf, row } from "./row.ts";
import type { Fault, RowWithFaults, Outcome } from "./row.ts";

export function contactsRow(
  place: PlaceReadings,
  contacts: PlaceContacts | null,
  context: ReportContext,
): RowWithFaults {
  const outcome = contacts === null ? unread(context, place.contacts) : contactsOutcome(place, contacts, context);
  return row(context, "contacts", place.resource, outcome);
}

function contactsOutcome(place: PlaceReadings, contacts: PlaceContacts, context: ReportContext): Outcome {
  const { details, guide } = context.words;
  const { own, notified } = contacts;
  const names = (categories: readonly NotificationCategory[]) => categories.map((one) => guide.categories[one]);
  const covered = notificationCategoryNames.filter((category) => category !== "all" && notified[category] > 0);
  const { gaps, waiting } = gapsAt(place, contacts, context);
  const faults = [...driftFaults(place, contacts, context), ...gapFaults(gaps, context), ...badFaults(own, context)];
  const otherwise =
    waiting.length > 0
      ? ({ status: "waiting", details: details.contactsWait(names(waiting)) } as const)
      : context.isLeaf(place)
        ? ({ status: "done", details: details.contactsCover(names(covered)) } as const)
        : own.length > 0
          ? ({ status: "done", details: details.contactsHere(own.length) } as const)
          : ({ status: "notConfigured", details: details.contactsNone } as const);
  return outcomeOf(faults, otherwise);
}

/** The contacts of the config for this place that Google does not have. */
function driftFaults(place: PlaceReadings, { own }: PlaceContacts, context: ReportContext): Fault[] {
  const { details, guide } = context.words;
  const { missing, differing, inOtherLanguage } = driftOf(place, own);
  const lacking = differing.map(
    ({ email, categories }) => [email, categories.map((one) => guide.categories[one])] as const,
  );
  const emails = missing.map(({ email }) => email);
  return [
    ...faultAbout("contactMissing", emails, () => ({
      details: details.contactsMissing(emails),
      ...updateRemedy(context),
    })),
    ...faultAbout(
      "contactDiffers",
      differing.map(({ email }) => email),
      () => ({ details: details.contactsDiffer(lacking), ...updateRemedy(context) }),
    ),
    ...faultAbout(
      "contactLanguage",
      inOtherLanguage.map(({ email }) => email),
      () => ({
        details: details.contactsInOtherLanguage(inOtherLanguage.map(({ email, language }) => [email, language])),
        ...updateRemedy(context),
      }),
    ),
  ];
}

interface Gaps {
  readonly gaps: readonly { readonly category: NotificationCategory; readonly isAsked: boolean }[];
  /** The categories with a contact in the config of a place above, whose row then has the finding. */
  readonly waiting: readonly NotificationCategory[];
}

/** Categories that nobody is notified of, at the lowest places of the stack. */
function gapsAt(place: PlaceReadings, contacts: PlaceContacts, context: ReportContext): Gaps {
  if (!context.isLeaf(place)) return { gaps: [], waiting: [] };
  const askedAt = (one: PlaceReadings) => {
    const at = one === place ? contacts : contactsOf(one, context.projectNames, context.now);
    if (at === null) return [];
    const { missing, differing } = driftOf(one, at.own);
    return [...missing, ...differing].flatMap(({ categories }) => categories);
  };
  const [here, ...above] = context.lineage(place).map(askedAt);
  const isIn = (asked: readonly NotificationCategory[], category: NotificationCategory): boolean =>
    asked.includes(category) || asked.includes("all") || hasFallback(category, asked);
  const all = gapsOf(contacts).map((category) => ({ category, isAsked: isIn(here ?? [], category) }));
  const waits = ({ category, isAsked }: Gaps["gaps"][number]) => !isAsked && isIn(above.flat(), category);
  return {
    gaps: all.filter((gap) => !waits(gap)),
    waiting: all.filter(waits).map(({ category }) => category),
  };
}

function gapFaults(gaps: Gaps["gaps"], context: ReportContext): Fault[] {
  const { details, guide, next } = context.words;
  const names = (categories: readonly NotificationCategory[]) => categories.map((one) => guide.categories[one]);
  const categories = gaps.map(({ category }) => category);
  const toAdd = gaps.filter(({ isAsked }) => !isAsked).map(({ category }) => category);
  return faultAbout("contactGap", categories, () => ({
    details: details.contactGaps(names(categories)),
    ...(toAdd.length < categories.length ? updateRemedy(context) : {}),
    ...(toAdd.length > 0 ? { next: next.addContacts(names(withoutImplied(toAdd))) } : {}),
  }));
}

function withoutImplied(categories: readonly NotificationCategory[]): NotificationCategory[] {
  return categories.filter((category) => !hasFallback(category, categories));
}

function hasFallback(category: NotificationCategory, categories: readonly NotificationCategory[]): boolean {
  const fallback = fallbackCategories[category];
  return fallback !== undefined && categories.includes(fallback);
}

function badFaults(own: PlaceContacts["own"], { words: { details, next } }: ReportContext): Fault[] {
  const of = (problem: "invalid" | "stale") =>
    own.filter((contact) => contact.problem === problem).map(({ email }) => email);
  const [invalid, stale] = [of("invalid"), of("stale")];
  return [
    ...faultAbout("contactInvalid", invalid, () => ({
      details: details.contactsInvalid(invalid),
      next: next.correctContacts,
    })),
    ...faultAbout("contactStale", stale, () => ({
      details: details.contactsStale(stale),
      next: next.confirmContacts,
    })),
  ];
}
