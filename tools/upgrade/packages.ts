/** The newest version of each package that this repository can use. */
import { rcompare, satisfies } from "semver";

/** The packages with a reason to stay below a version. .github/dependabot.yml has the same. */
export const limits: Readonly<Record<string, { readonly range: string; readonly reason: string }>> = {
  "@types/node": { range: "<25", reason: "the types match the Node that the tests run on" },
  "google-protobuf": { range: "<4", reason: "@pulumi/pulumi requires 3" },
  protobufjs: { range: "<8", reason: "@pulumi/pulumi requires 7, and a second version would be in tools/node_modules" },
  typescript: { range: "<7", reason: "@pulumi/pulumi requires a version below 7" },
  vite: { range: "<8.4", reason: "8.4.0 has an optional dependency that the registry does not have" },
};

/** The exact versions in a package.json. */
export function pinned(manifest: string): [name: string, version: string][] {
  const { dependencies, devDependencies } = JSON.parse(manifest) as Partial<
    Record<"dependencies" | "devDependencies", Record<string, string>>
  >;
  return Object.entries({ ...dependencies, ...devDependencies });
}

export function newestAllowed(name: string, versions: readonly string[]): string {
  const range = limits[name]?.range ?? "*";
  const [newest] = versions.filter((version) => satisfies(version, range)).sort(rcompare);
  if (newest === undefined) throw new Error(`no version of ${name} is ${range}`);
  return newest;
}

interface Outdated {
  readonly latest: string;
}

/** The newest version of each package that has a newer one. @param outdated The output of `npm outdated --json`. */
export function latestOf(outdated: string): ReadonlyMap<string, string> {
  const found = Object.entries(JSON.parse(outdated) as Record<string, Outdated | Outdated[]>);
  // A package of several workspaces has a list.
  return new Map(found.flatMap(([name, one]) => [one].flat().map(({ latest }) => [name, latest] as const)));
}

/** A line for each package that does not get its newest version, with the reason, and for each limit without effect. */
export function leftOut(latest: ReadonlyMap<string, string>, taken: ReadonlyMap<string, string>): string[] {
  return Object.entries(limits).map(([name, { range, reason }]) => {
    const newest = latest.get(name);
    return newest === undefined || satisfies(newest, range)
      ? `${name}: remove its limit, ${range}: the newest version is within it`
      : `${name}: ${taken.get(name) ?? ""} instead of ${newest}, because ${reason}`;
  });
}
