/**
 * Locations of Google Cloud. Google adds new ones, so only names that look like a misspelled location are rejected. An unknown region
 * gets a warning (doubtfulFilters.ts).
 */
import { hiddenCharacter, hiddenNote } from "./hiddenCharacters.ts";
import { show, showFull, trimInvisible } from "./problems.ts";
import { text } from "./values.ts";

const continents = "africa|asia|australia|europe|northamerica|southamerica";

/** Areas as other clouds name them. */
const otherAreas: Readonly<Record<string, string>> = {
  ap: "asia",
  au: "australia",
  eu: "europe",
  na: "northamerica",
  sa: "southamerica",
};

export const zone = "(?:-(?:ai[1-9])?[a-z])?";

export const direction = "(?:(?:north|south)(?:east|west)?|east|west|central)";

/**
 * Regions, zones, and multi-regions of one or several continents.
 *
 * Sources: https://cloud.google.com/about/locations, https://cloud.google.com/storage/docs/locations,
 * https://cloud.google.com/spanner/docs/instance-configurations, https://cloud.google.com/bigquery/docs/locations
 */
const formsOf = (area: string, country: string) => [
  // europe-west1, us-east1-b, us-central1-ai1a, u-germany-northeast1
  `(?:u-[a-z]+|${area})-${direction}[1-9][0-9]?${zone}`,
  ...otherForms(country),
];

export const otherForms = (country: string) => [
  // us, eu, asia
  `global|${country}|${continents}`,
  // nam4, eur3, asia1, nam-eur-asia1
  "(?:nam|eur|asia)(?:-(?:nam|eur|asia))*[1-9][0-9]?",
  "dual-region-[a-z]+[1-9]",
  // BigQuery Omni: aws-us-east-1, azure-eastus2
  "aws-[a-z]+-[a-z]+-[1-9]|azure-[a-z]+[1-9]?",
];

export const whole = (forms: readonly string[]) => new RegExp(`^(?:${forms.join("|")})$`);

const knownForm = whole(formsOf(`(?!(?:${Object.keys(otherAreas).join("|")})-)[a-z]+`, "[a-z]{2}"));

/** Only the areas that exist. */
const suggestedForm = whole(formsOf(`${continents}|me|us`, "eu|us"));

/** A single word is a location only if it is a known one, because regions have a number. */
const singleWord = /^[a-z]+$/;

const locationPattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** The parts of a region or a zone, whatever separates them: `europewest1`, `europe-west-1`, `Europe West 1`. */
const regionParts = new RegExp(`^([a-z]+?)(${direction}[1-9][0-9]?)((?:ai[1-9])?[a-z])?$`);

function meantBy(value: string): string | undefined {
  const bare = trimInvisible(value).toLowerCase();
  const [, area, region, zone] = regionParts.exec(bare.replace(/[^a-z0-9]/g, "")) ?? [];
  const candidates = [
    bare.replace(/[^a-z0-9]+/g, "-"),
    bare.replace(/[^a-z0-9]/g, ""),
    [otherAreas[area ?? ""] ?? area, region, zone].filter((part) => part !== undefined).join("-"),
  ];
  return candidates.find((one) => suggestedForm.test(one));
}

/** A location of Google Cloud. */
export const location = text(
  "a location",
  '"europe-west1"',
  (value) => {
    if (knownForm.test(value)) return undefined;
    const meant = meantBy(value);
    if (meant === undefined && locationPattern.test(value) && !singleWord.test(value)) return undefined;
    return `${show(value)} ${hiddenNote(value, hiddenCharacter(value))}is not a location of Google Cloud; write ${meant === undefined ? 'one such as "europe-west1"' : showFull(meant)}`;
  },
  locationPattern,
);
