/** Dependabot updates together what belongs together: each pattern of a group is for a package that there is, and no package is in two. */
import { readFileSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { root } from "../../tools/setup/bootstrap/places.mjs";

interface Update {
  readonly "package-ecosystem": string;
  readonly directory?: string;
  readonly directories?: readonly string[];
  readonly groups: Readonly<Record<string, { readonly patterns: readonly string[] }>>;
}

const read = (path: string) => readFileSync(join(root, path), "utf8");
const { updates } = parse(read(".github/dependabot.yml")) as { updates: readonly Update[] };
const manifestAt = (path: string) =>
  JSON.parse(read(path)) as Partial<Record<"dependencies" | "devDependencies", Record<string, string>>>;
// Dependabot reads the workspaces of the folder that it is given.
const manifests = ["package.json", "care/package.json", "tools/package.json"];
const packages = manifests.flatMap((path) => {
  const { dependencies, devDependencies } = manifestAt(path);
  return Object.keys({ ...dependencies, ...devDependencies });
});
const npm = updates.find((update) => update["package-ecosystem"] === "npm");
const patterns = Object.values(npm?.groups ?? {}).flatMap((group) => group.patterns);

it("has no pattern without a package", () => {
  expect(patterns.length).toBeGreaterThan(5);
  expect(patterns.filter((pattern) => !packages.some((name) => matchesGlob(name, pattern)))).toEqual([]);
});

it("has no package in two groups", () => {
  const groupsOf = (name: string) => patterns.filter((pattern) => matchesGlob(name, pattern));
  expect(packages.filter((name) => groupsOf(name).length > 1)).toEqual([]);
});

it("looks for actions in the workflows and in the action of this repository", () => {
  const actions = updates.find((update) => update["package-ecosystem"] === "github-actions");
  expect(actions?.directories).toEqual(["/", "/.github/actions/set-up"]);
});

it("finds the same version of a package in each package.json", () => {
  const versions = new Map<string, Set<string>>();
  for (const path of manifests) {
    const { dependencies, devDependencies } = manifestAt(path);
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      versions.set(name, new Set([...(versions.get(name) ?? []), version]));
  }
  expect(versions.get("zod")?.size).toBe(1);
  expect([...versions].filter(([, different]) => different.size > 1)).toEqual([]);
});
