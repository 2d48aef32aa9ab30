/** The log filter of an alert on incidents of Service Health, in the terms of the config. */
import { relevanceNames, relevances, serviceHealthResource } from "../../guide/index.ts";
import { knownText } from "./values.ts";

/** Which incidents it is about. An empty list means all. */
export interface IncidentFilter {
  readonly onlyNew: boolean;
  readonly products: readonly string[];
  readonly locations: readonly string[];
  /** In the config's words, such as `partially-related`. */
  readonly relevance: readonly string[];
}

/** A field, an operator and the values of which one must match. */
interface Comparison {
  readonly what: string;
  readonly values: readonly string[];
}

/** The comparisons that every filter for incidents has. */
const base = new Map([
  ["resource.type =", serviceHealthResource],
  ["jsonPayload.category =", "INCIDENT"],
  ["jsonPayload.@type =", "type.googleapis.com/google.cloud.servicehealth.logging.v1.EventLog"],
]);

/** A filter with anything else has more than the sentences can show. Undefined for such a filter, and for a hidden one. */
export function incidentFilterOf(filter: unknown): IncidentFilter | undefined {
  const comparisons = comparisonsIn(knownText(filter) ?? "");
  if (comparisons === undefined) return undefined;
  const left = new Map(comparisons.map(({ what, values }) => [what, values]));
  if (left.size !== comparisons.length) return undefined;
  for (const [what, value] of base) {
    if (left.get(what)?.join("\n") !== value) return undefined;
    left.delete(what);
  }
  const taken = (what: string) => {
    const values = left.get(what) ?? [];
    left.delete(what);
    return values;
  };
  const isNew = taken('labels."servicehealth.googleapis.com/new_event" =');
  const locations = taken("jsonPayload.impactedLocations =~").map(locationsIn);
  const found = {
    onlyNew: isNew.length > 0,
    products: taken("jsonPayload.impactedProducts :"),
    locations: locations.flatMap((some) => some ?? []),
    relevance: taken("jsonPayload.relevance =").map(relevanceName),
  };
  const isKnown = left.size === 0 && ["", "true"].includes(isNew.join()) && !locations.includes(undefined);
  return isKnown ? found : undefined;
}

/** The lists of a filter. An incident has to match each of them, with any of its values. */
export const lists = ["products", "locations", "relevance"] as const;

/** Whether each incident that a value matches is matched by another value too. */
const includesMatchesOf: Readonly<Record<(typeof lists)[number], (wide: string, value: string) => boolean>> = {
  // By a part of the name, in upper or lower case.
  products: (wide, value) => value.toLowerCase().includes(wide.toLowerCase()),
  // A location with its zones.
  locations: (wide, value) => value === wide || value.startsWith(`${wide}-`),
  relevance: (wide, value) => value === wide,
};

/** Whether there are incidents that match the filter before, and not the one after. */
export function isNarrower(before: IncidentFilter, after: IncidentFilter): boolean {
  if (!before.onlyNew && after.onlyNew) return true;
  return lists.some((list) => {
    const [from, to] = [before[list], after[list]];
    const isLost = (value: string) => !to.some((wide) => includesMatchesOf[list](wide, value));
    return to.length > 0 && (from.length === 0 || from.some(isLost));
  });
}

function relevanceName(apiName: string): string {
  return relevanceNames.find((name) => relevances[name].apiName === apiName) ?? apiName;
}

/** The locations of the regular expression that the program writes for some of them. Undefined for any other one. */
function locationsIn(expression: string): string[] | undefined {
  const [, alternatives = ""] = /^\(\^\|\[\^a-z0-9-\]\)\(([a-z0-9|-]+)\)\(\[\^a-z0-9\]\|\$\)$/.exec(expression) ?? [];
  const locations = alternatives.split("|");
  return locations.includes("") ? undefined : locations;
}

/** Undefined if it is not a conjunction of comparisons. */
function comparisonsIn(filter: string): Comparison[] | undefined {
  const tokens = tokensOf(filter);
  if (tokens === undefined) return undefined;
  const found: Comparison[] = [];
  for (let next = comparisonAt(tokens); ; next = comparisonAt(tokens)) {
    if (next === undefined) return undefined;
    found.push(next);
    const word = tokens.shift();
    if (word === undefined) return found;
    if (word !== "AND") return undefined;
  }
}

/** `field=value`, `field=(value OR value)` or `(field=value OR field=value)`, taken from the tokens. */
function comparisonAt(tokens: string[]): Comparison | undefined {
  if (tokens[0] !== "(") {
    const [field, operator] = tokens.splice(0, 2);
    const values = tokens[0] === "(" ? listAt(tokens, (rest) => rest.shift()) : [tokens.shift()];
    const isWhole = field !== undefined && operator !== undefined && operators.includes(operator);
    if (!isWhole || values === undefined) return undefined;
    const texts = values.map(valueOfToken);
    return { what: `${field} ${operator}`, values: texts.flatMap((text) => text ?? []) };
  }
  const all = listAt(tokens, comparisonAt);
  const [first] = all ?? [];
  if (first === undefined || all?.some((one) => one?.what !== first.what)) return undefined;
  return { what: first.what, values: (all ?? []).flatMap((one) => one?.values ?? []) };
}

/** Undefined if an element is missing, or it does not end. */
function listAt<Element>(
  tokens: string[],
  elementAt: (tokens: string[]) => Element | undefined,
): Element[] | undefined {
  const elements: Element[] = [];
  tokens.shift();
  for (;;) {
    const element = elementAt(tokens);
    if (element === undefined) return undefined;
    elements.push(element);
    const word = tokens.shift();
    if (word === ")") return elements;
    if (word !== "OR") return undefined;
  }
}

const operators = ["=", "=~", ":"];

function valueOfToken(token: string | undefined): string | undefined {
  return token?.startsWith('"') ? token.slice(1, -1).replaceAll(/\\(.)/gs, "$1") : token;
}

/** Undefined if a part is none of them. */
function tokensOf(filter: string): string[] | undefined {
  const token = /\s*(=~|[=:()]|(?:[\w@]+\.)+"[^"\\]*"|"(?:[^"\\]|\\.)*"|[\w@.]+)/gsy;
  const tokens: string[] = [];
  const text = filter.trimEnd();
  while (token.lastIndex < text.length) {
    const [, found] = token.exec(text) ?? [];
    if (found === undefined) return undefined;
    tokens.push(found);
  }
  return tokens;
}
