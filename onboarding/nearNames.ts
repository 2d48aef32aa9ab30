/** Suggests known names for misspelled ones: another case, spaces, a plural, French, a typo. */
import { distance } from "fastest-levenshtein";
import type { OtherNames } from "./otherNames.ts";
import { oneOf, showKey } from "./problems.ts";

/** Words that people add to a name. */
const fillerWords = new Set([
  "support",
  "plan",
  "forfait",
  "assistance",
  "api",
  "google",
  "cloud",
  "customer",
  "care",
  "the",
]);

/**
 * The known name that is closest to a misspelled one; undefined if there is none, or more than one.
 *
 * @param others Other names for the known names.
 */
export function nearName(name: string, known: readonly string[], others: OtherNames = {}): string | undefined {
  const spellings = spellingsOf(name);
  if (spellings.length === 0) return undefined;
  const isMeant = (one: string) =>
    [one, ...(others[one] ?? [])].some((form) => intersects(spellings, spellingsOf(form)));
  const meant = known.filter(isMeant);
  if (meant.length > 0) return meant.length === 1 ? meant[0] : undefined;
  const [written = ""] = spellings;
  const longer = known.filter((one) => written.length > 3 && spellingsOf(one).some((form) => form.startsWith(written)));
  if (longer.length === 1) return longer[0];
  const distances = known.map((one) => ({
    one,
    steps: Math.min(...spellingsOf(one).map((form) => editDistance(written, form))),
  }));
  const least = Math.min(...distances.map(({ steps }) => steps));
  const nearest = distances.filter(({ steps }) => steps === least);
  return least < Infinity && nearest.length === 1 ? nearest[0]?.one : undefined;
}

/** ` (did you mean security?)`, or an empty string. */
export function didYouMean(name: string, known: readonly string[], others: OtherNames = {}): string {
  const near = nearName(name, known, others);
  return near === undefined ? "" : ` (did you mean ${showKey(near)}?)`;
}

/** The same as `oneOf` for names that the user chooses, of which there can be many: lists at most 10. */
export function oneOfMany(names: readonly string[]): string {
  const most = 10;
  const more = names.length - most;
  return more <= 1 ? oneOf(names) : oneOf([...names.slice(0, most), `one of ${String(more)} others`]);
}

/** The edit distance of two names, or Infinity if it is large for their length. */
function editDistance(written: string, form: string): number {
  const steps = distance(written, form);
  return steps <= Math.min(3, Math.floor(form.length / 3)) ? steps : Infinity;
}

/** The forms of a name to compare: whole, without its domain, without filler words; each also in the singular. */
function spellingsOf(name: string): string[] {
  const words = wordsOf(name.replace(/\.googleapis\.com$/i, ""));
  const all = [words, wordsOf(name), words.filter((word) => !fillerWords.has(word))];
  return [...new Set(all.flatMap((each) => [each.join(""), each.map(singular).join("")]))].filter(Boolean);
}

/** `Technical_Incidents`, `technicalIncidents` → `technical`, `incidents`. */
function wordsOf(name: string): string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function singular(word: string): string {
  return word.length > 3 ? word.replace(/(ies|s|x)$/, (ending) => (ending === "ies" ? "y" : "")) : word;
}

function intersects(one: readonly string[], other: readonly string[]): boolean {
  return one.some((spelling) => other.includes(spelling));
}
