/** A property of every config (onboarding/): one mistake has one error, at its place. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { check } from "../../onboarding/index.ts";
import { plans, testCaseDefaults, valueAddedServiceNames } from "../../guide/index.ts";
import { assertReadable, goodConfig, isMap, pathsIn, pick, put, valueAt } from "./configDocuments.ts";
import type { Document, Map, Path } from "./configDocuments.ts";

/** Adds a fault to a good config, at one of the places that it fits. Returns where the problem is, if it fits at all. */
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
          assertReadable(problems);
        }),
        { numRuns: 60 },
      );
    });
});
