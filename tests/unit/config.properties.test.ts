/** What holds of every config (onboarding/): it is judged without a crash, by its meaning alone, and told where it is wrong. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { check, ConfigError, contactsByAddress } from "../../onboarding/index.ts";
import type { Contacts, Problem } from "../../onboarding/index.ts";
import {
  caseLanguageNames,
  notificationCategoryNames,
  planNames,
  plans,
  roleNames,
  roles,
  serviceNames,
  testCaseDefaults,
  valueAddedServiceNames,
} from "../../guide/index.ts";
import type { Level } from "../../guide/index.ts";

/** A document, as YAML or JSON has it. */
type Document = null | boolean | number | string | Document[] | Map;
interface Map {
  [key: string]: Document;
}
type Path = readonly (string | number)[];

const isMap = (value: Document | undefined): value is Map =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The paths of all that is in a document, other than of itself. */
function pathsIn(document: Document, at: Path = []): Path[] {
  if (typeof document !== "object" || document === null) return [];
  const children: [string | number, Document][] = Array.isArray(document)
    ? document.map((child, index) => [index, child])
    : Object.entries(document);
  return children.flatMap(([key, child]) => [[...at, key], ...pathsIn(child, [...at, key])]);
}

function valueAt(document: Document, path: Path): Document | undefined {
  return path.reduce<Document | undefined>((at, key) => (at as Map | undefined)?.[key], document);
}

/** Puts a value at a path, in place: also under a key that JavaScript has a meaning for. */
function put(document: Document, path: Path, value: Document): void {
  const map = valueAt(document, path.slice(0, -1));
  assert.ok(typeof map === "object" && map !== null);
  Object.defineProperty(map, path.at(-1) ?? "", { value, enumerable: true, configurable: true, writable: true });
}

/** What a generated number chooses, if there is anything to choose from. */
const pick = <Value>(values: readonly Value[], choice: number): Value | undefined => values[choice % values.length];

// A config without a mistake. What the organization has and what is below it have different holders and contacts.

const addresses = (host: string) => ["ada", "grace", "support", "zoe"].map((name) => `${name}@${host}.example.com`);

const members = (host: string) =>
  fc.subarray([
    ...addresses(host).flatMap((address) => [`user:${address}`, `group:${address}`]),
    `serviceAccount:${host}@shop-dev.iam.gserviceaccount.com`,
    `principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/${host}`,
  ]);

/** Some of the contacts by category, others by address. */
const contacts = (host: string) =>
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

const goodConfig: fc.Arbitrary<Map> = fc
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
  // A copy, as parts of it are shared and a fault is put in place.
  .map((config) => JSON.parse(JSON.stringify(config)) as Map);

/** Each problem is one line that a person can read. */
function assertTold(problems: readonly Problem[]): void {
  const lines = problems.map((problem) => new ConfigError("customer-care", [problem]).message);
  for (const line of lines) {
    assert.match(line, /^customer-care(:\S.*)?: \S/u);
    assert.doesNotMatch(line, /[\n\r]|undefined|\[object/);
    assert.ok(line.length < 1000, line);
  }
  assert.equal(new Set(lines).size, lines.length, "told twice");
}

function judge(document: unknown): void {
  const { config, problems } = check(document);
  assert.equal(config === undefined, problems.length > 0);
  assertTold(problems);
}

const hostileKeys = ["__proto__", "constructor", "toString", "hasOwnProperty", "", "a.b", "a\nb", "[0]", "0"];
const anything = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Document>;

describe("any document", () => {
  it("is judged without a crash", () => {
    fc.assert(fc.property(anything, judge));
  });

  it("is judged without a crash at each place of a config", () => {
    const keys = ["plan", "valueAddedServices", "organization", "folders", "projects", "testCase"];
    const loose = fc.dictionary(fc.constantFrom(...keys, ...hostileKeys), anything, { noNullPrototype: true });
    fc.assert(fc.property(loose, judge));
  });

  it("is judged without a crash when it was a good config before some of it was changed", () => {
    const change = fc.record({
      kind: fc.constantFrom("replace", "delete", "insert"),
      at: fc.nat(),
      key: fc.oneof(fc.constantFrom(...hostileKeys), fc.string()),
      value: anything,
    });
    fc.assert(
      fc.property(goodConfig, fc.array(change, { minLength: 1, maxLength: 5 }), (config, changes) => {
        for (const { kind, at, key, value } of changes) {
          const path = pick(pathsIn(config), at);
          if (path === undefined) continue;
          const parent = valueAt(config, path.slice(0, -1));
          const target = valueAt(config, path);
          if (kind === "replace") put(config, path, value);
          else if (kind === "delete" && Array.isArray(parent)) parent.splice(Number(path.at(-1)), 1);
          else if (kind === "delete") delete (parent as Map)[String(path.at(-1))];
          else if (Array.isArray(target)) target.push(value);
          else if (isMap(target)) put(config, [...path, key], value);
        }
        judge(config);
      }),
      { numRuns: 300 },
    );
  });
});

/** The same document, its maps and lists in another order. */
function shuffled(document: Document): fc.Arbitrary<Document> {
  if (typeof document !== "object" || document === null) return fc.constant(document);
  if (Array.isArray(document)) return fc.shuffledSubarray(document, { minLength: document.length });
  const entries = Object.entries(document);
  return fc
    .tuple(...entries.map(([key, child]) => fc.tuple(fc.constant(key), shuffled(child))))
    .chain((shuffledEntries) => fc.shuffledSubarray(shuffledEntries, { minLength: entries.length }))
    .map((inOrder) => Object.fromEntries(inOrder));
}

describe("the order of a config", () => {
  it("means nothing to its contacts, which are sorted, each once", () => {
    const pair = contacts("any").chain((one) => fc.tuple(fc.constant(one), shuffled(one)));
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const found = contactsByAddress(one);
        assert.deepEqual(contactsByAddress(other as Contacts), found);
        const emails = found.map(({ email }) => email);
        assert.deepEqual(emails, [...new Set(emails)].sort());
        for (const { categories } of found)
          assert.deepEqual(
            categories,
            notificationCategoryNames.filter((name) => categories.includes(name)),
          );
      }),
    );
  });

  it("means nothing to whether it is written by category or by address", () => {
    const byCategory = fc.dictionary(fc.constantFrom(...notificationCategoryNames), fc.subarray(addresses("any")));
    fc.assert(
      fc.property(byCategory, (written) => {
        const found = contactsByAddress(written);
        const byAddress = Object.fromEntries(found.map(({ email, ...details }) => [email.toUpperCase(), details]));
        assert.deepEqual(contactsByAddress(byAddress), found);
      }),
    );
  });

  it("means nothing to what is wrong with it", () => {
    const spoilt = fc.tuple(goodConfig, fc.nat()).map(([config, at]) => {
      // Not in a list, whose indexes are part of the error.
      const keys = pathsIn(config).filter((path) => typeof path.at(-1) === "string");
      put(config, pick(keys, at) ?? ["plan"], null);
      return config;
    });
    const pair = spoilt.chain((one) => fc.tuple(fc.constant(one), shuffled(one)));
    const toldOf = (document: Document) => new ConfigError("", check(document).problems).message.split("\n").sort();
    fc.assert(fc.property(pair, ([one, other]) => assert.deepEqual(toldOf(other), toldOf(one))));
  });

  it("means nothing to the example of a test case without a value", () => {
    const told = (projects: readonly string[]) =>
      check({
        plan: "enhanced",
        projects: Object.fromEntries(projects.map((id) => [id, {}])),
        testCase: null,
      }).problems.map(({ message }) => message);
    assert.match(told(["shop-dev", "pay-dev"]).join(), /write \{project: pay-dev\}/);
    assert.deepEqual(told(["shop-dev", "pay-dev"]), told(["pay-dev", "shop-dev"]));
  });
});

/** Puts a fault into a good config, at one of the places that it fits. Returns where the problem is, if it fits at all. */
type Fault = (config: Map, at: number) => Path | undefined;

const below = ["folders", "projects"];

const placesBelow = (config: Map): Path[] =>
  pathsIn(config).filter((path) => path.length === 2 && below.includes(String(path[0])));

/** The paths of the maps whose keys are known. */
const knownMaps = (config: Map): Path[] =>
  [[], ...pathsIn(config)].filter(
    (path) => isMap(valueAt(config, path)) && !(path.length === 1 && below.includes(String(path[0]))),
  );

const texts = (config: Map) => pathsIn(config).filter((path) => typeof valueAt(config, path) === "string");
const others = (config: Map) => pathsIn(config).filter((path) => typeof valueAt(config, path) !== "string");

const fullLists = (config: Map) =>
  pathsIn(config).filter((path) => {
    const value = valueAt(config, path);
    return Array.isArray(value) && value.length > 0;
  });

const atOneOf =
  (choose: (config: Map) => Path[], spoil: (config: Map, path: Path) => Path): Fault =>
  (config, at) => {
    const path = pick(choose(config), at);
    return path && spoil(config, path);
  };

const faults: Record<string, Fault> = {
  "nothing where something is": atOneOf(pathsIn, (config, path) => {
    put(config, path, null);
    return path;
  }),
  "a blank text": atOneOf(texts, (config, path) => {
    put(config, path, " ");
    return path;
  }),
  "a text for another value": atOneOf(others, (config, path) => {
    put(config, path, "true");
    return path;
  }),
  "a number for a text": atOneOf(texts, (config, path) => {
    put(config, path, 123456789012);
    return path;
  }),
  "an unknown key": atOneOf(knownMaps, (config, path) => {
    put(config, [...path, "unknown"], []);
    return [...path, "unknown"];
  }),
  "a value listed twice": atOneOf(fullLists, (config, path) => {
    const list = valueAt(config, path) as Document[];
    list.push(list[0] ?? null);
    return path;
  }),
  "administrators below the organization": atOneOf(placesBelow, (config, path) => {
    put(config, [...path, "administrators"], ["group:admins@example.com"]);
    return [...path, "administrators"];
  }),
  "a grant of the organization, again": (config, at) =>
    atOneOf(placesBelow, (config, path) => {
      const name = pick(["editors", "contactAdministrators", "contactViewers"], at) ?? "editors";
      const list = valueAt(config, ["organization", name]);
      const member = (Array.isArray(list) ? list[0] : undefined) ?? "user:twice@example.com";
      put(config, ["organization", name], [member]);
      put(config, [...path, name], [member]);
      return [...path, name];
    })(config, at),
  "a contact of the organization, again": atOneOf(placesBelow, (config, path) => {
    put(config, ["organization", "contacts"], { all: ["twice@example.com"] });
    put(config, [...path, "contacts"], { "Twice@example.com": { categories: ["legal"] } });
    return [...path, "contacts"];
  }),
  "a second key for a project": (config) => {
    const [key] = Object.keys(config["projects"] as Map);
    if (key === undefined) return undefined;
    const id = valueAt(config, ["projects", key, "projectId"]) ?? key;
    put(config, ["projects", "second"], { projectId: id });
    return ["projects", "second"];
  },
  "a project under a key that is no ID": (config) => {
    put(config, ["projects", "Shop"], {});
    return ["projects", "Shop"];
  },
  "both domain and number": (config) => {
    Object.assign(config["organization"] as Map, { domain: "example.com", id: "123456789012" });
    return ["organization"];
  },
  "neither domain nor number": (config) => {
    const organization = config["organization"] as Map;
    delete organization["domain"];
    delete organization["id"];
    return ["organization"];
  },
  "a value-added service of another plan": (config, at) => {
    const allowed: readonly string[] = plans[config["plan"] as keyof typeof plans].valueAddedServices;
    put(
      config,
      ["valueAddedServices"],
      [
        pick(
          valueAddedServiceNames.filter((name) => !allowed.includes(name)),
          at,
        ) ?? "",
      ],
    );
    return ["valueAddedServices"];
  },
  "a test case with plan basic": (config) => {
    Object.assign(config, {
      plan: "basic",
      valueAddedServices: [],
      testCase: { ...(config["testCase"] as Map | undefined), organization: true },
    });
    delete (config["testCase"] as Map)["project"];
    return ["testCase"];
  },
  "a test case for a project that is not there": (config) => {
    if (config["testCase"] === undefined) return undefined;
    put(config, ["testCase"], { project: "other-dev", priority: testCaseDefaults.priority });
    return ["testCase", "project"];
  },
  "chat in a language other than English": (config) => {
    if (config["testCase"] === undefined) return undefined;
    Object.assign(config["testCase"] as Map, { channel: "chat", language: "ja" });
    return ["testCase", "channel"];
  },
};

describe("a config without a mistake", () => {
  it("is accepted, and is accepted again as it was returned", () => {
    fc.assert(
      fc.property(goodConfig, (written) => {
        const { config, problems } = check(written);
        assert.deepEqual(problems, []);
        assert.deepEqual(check(config), { config, problems: [] });
      }),
    );
  });
});

describe("a single mistake in a config is reported once, where it is:", () => {
  for (const [what, spoil] of Object.entries(faults))
    it(what, () => {
      fc.assert(
        fc.property(goodConfig, fc.nat(), (config, at) => {
          const path = spoil(config, at);
          fc.pre(path !== undefined);
          const { config: accepted, problems } = check(config);
          assert.equal(accepted, undefined);
          assert.deepEqual(
            problems.map(({ path }) => path),
            [path],
          );
          assertTold(problems);
        }),
        { numRuns: 60 },
      );
    });
});
