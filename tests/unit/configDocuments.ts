/** Generated configs without a mistake, the places in them, and what every error must be. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { ConfigError, onboardingOf } from "../../onboarding/index.ts";
import type { Contact, Contacts, Problem } from "../../onboarding/index.ts";
import {
  caseLanguageNames,
  notificationCategoryNames,
  planNames,
  plans,
  roleNames,
  roles,
  serviceNames,
} from "../../guide/index.ts";
import type { Level } from "../../guide/index.ts";

/** A document, as YAML or JSON has it. */
export type Document = null | boolean | number | string | Document[] | Map;
export interface Map {
  [key: string]: Document;
}
export type Path = readonly (string | number)[];

export const isMap = (value: Document | undefined): value is Map =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The paths of all that is in a document, other than of itself. */
export function pathsIn(document: Document, at: Path = []): Path[] {
  if (typeof document !== "object" || document === null) return [];
  const children: [string | number, Document][] = Array.isArray(document)
    ? document.map((child, index) => [index, child])
    : Object.entries(document);
  return children.flatMap(([key, child]) => [[...at, key], ...pathsIn(child, [...at, key])]);
}

export function valueAt(document: Document, path: Path): Document | undefined {
  return path.reduce<Document | undefined>((at, key) => (at as Map | undefined)?.[key], document);
}

/** Sets a value at a path, in place: also under a key that JavaScript has a meaning for. */
export function put(document: Document, path: Path, value: Document): void {
  const map = valueAt(document, path.slice(0, -1));
  assert.ok(typeof map === "object" && map !== null);
  Object.defineProperty(map, path.at(-1) ?? "", { value, enumerable: true, configurable: true, writable: true });
}

/** What a generated number chooses, if there is anything to choose from. */
export const pick = <Value>(values: readonly Value[], choice: number): Value | undefined =>
  values[choice % values.length];

// A config without a mistake. The organization and the places below it have different members and contacts.

export const addresses = (host: string) =>
  ["ada", "grace", "support", "zoe"].map((name) => `${name}@${host}.example.com`);

const members = (host: string) =>
  fc.subarray([
    ...addresses(host).flatMap((address) => [`user:${address}`, `group:${address}`]),
    `serviceAccount:${host}@shop-dev.iam.gserviceaccount.com`,
    `principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/${host}`,
  ]);

/** Some of the contacts by category, others by address. */
export const contacts = (host: string) =>
  fc
    .tuple(
      fc.dictionary(fc.constantFrom(...notificationCategoryNames), fc.subarray(addresses(host))),
      fc.dictionary(
        fc.constantFrom(...addresses(`${host}.mail`)),
        fc.record(
          {
            categories: fc.subarray(notificationCategoryNames, { minLength: 1 }),
            language: fc.constantFrom("en", "fr", "pt-BR"),
          },
          { requiredKeys: ["categories"] },
        ),
      ),
    )
    .map(([byCategory, byAddress]) => ({ ...byCategory, ...byAddress }));

const level = (level: Level) => ({
  ...Object.fromEntries(
    roleNames
      .filter((name) => (roles[name].levels as readonly string[]).includes(level))
      .map((name) => [name, members(level)]),
  ),
  contacts: contacts(level),
});

/** Places under their own ids, or under a name with the id next to it. */
function places(ids: string[], idKey: string, place: fc.Arbitrary<object>) {
  const entry = (id: string) =>
    fc
      .tuple(place, fc.boolean())
      .map(([rest, isNamed]) => (isNamed ? [`Name.of_${id.slice(-3)}`, { ...rest, [idKey]: id }] : [id, rest]));
  return fc
    .subarray(ids)
    .chain((chosen) => fc.tuple(...chosen.map(entry)))
    .map((entries) => Object.fromEntries(entries) as Map);
}

const organization = fc
  .tuple(
    fc.constantFrom({ id: "123456789012" }, { domain: "example.com" }),
    fc.record(level("organization"), { requiredKeys: [] }),
  )
  .map(([which, rest]): object => ({ ...which, ...rest }));
const folders = places(["456789012345", "567890123456"], "folderId", fc.record(level("folder"), { requiredKeys: [] }));
const projects = places(
  ["shop-dev", "shop-prod", "example.com:pay-dev"],
  "projectId",
  fc.record({ services: fc.subarray(serviceNames), ...level("project") }, { requiredKeys: [] }),
);

const words = fc.constantFrom("Test", "None", "undecided");
const testCase = fc.record(
  {
    classification: words,
    displayName: words,
    description: words,
    errorMessage: words,
    businessImpact: words,
    vmInstances: words,
    thirdPartyAuthorization: fc.boolean(),
    timeZone: fc.constantFrom("Europe/Paris", "UTC"),
    subscriberEmailAddresses: fc.subarray(addresses("subscribers")),
    keepOpen: fc.boolean(),
    realCase: fc.boolean(),
  },
  { requiredKeys: [] },
);
const answer = fc.oneof(
  fc.constant({}),
  fc.constantFrom(...caseLanguageNames).map((language) => ({ channel: "email", language })),
  fc.constant({ channel: "chat", language: "en" }),
);

export const goodConfig: fc.Arbitrary<Map> = fc
  .record({ plan: fc.constantFrom(...planNames), organization, folders, projects, testCase, answer, choice: fc.nat() })
  .chain(({ plan, testCase, answer, choice, ...rest }) => {
    const { cloudSupportApi, casePriorities, valueAddedServices } = plans[plan];
    const priority = pick(casePriorities, choice);
    const subjects = [{ organization: true }, ...Object.keys(rest.projects).map((project) => ({ project }))];
    const made = { ...testCase, ...answer, ...(choice % 2 === 0 && { priority }), ...pick(subjects, choice) };
    return fc.record(
      {
        plan: fc.constant(plan),
        valueAddedServices: fc.subarray([...valueAddedServices]),
        organization: fc.constant(rest.organization),
        folders: fc.constant(rest.folders),
        projects: fc.constant(rest.projects),
        ...(cloudSupportApi && { testCase: fc.constant(made) }),
      },
      // What a test case is for must be there.
      { requiredKeys: ["plan", "organization", "projects"] },
    );
  })
  // A copy, as parts of it are shared and a fault is added in place.
  .map((config) => JSON.parse(JSON.stringify(config)) as Map);

/** The contacts of a project in the model, as its config has them. */
export const contactsOf = (contacts?: Contacts): readonly Contact[] =>
  onboardingOf({ plan: "basic", projects: { "shop-dev": { contacts } } }).places.flatMap((place) => place.contacts);

/** Each problem is one line that a person can read. */
export function assertReadable(problems: readonly Problem[]): void {
  const lines = problems.map((problem) => new ConfigError("customer-care", [problem]).message);
  for (const line of lines) {
    assert.match(line, /^customer-care(:\S.*)?: \S/u);
    assert.doesNotMatch(line, /[\n\r]|undefined|\[object/);
    assert.ok(line.length < 1000, line);
  }
  assert.equal(new Set(lines).size, lines.length, "reported twice");
}
