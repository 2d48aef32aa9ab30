/** The package.json of what is published: the repository's own, with the compiled files in place of the sources. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../setup/bootstrap/places.mjs";

interface SourceManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly type: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

export const sourceManifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as SourceManifest;

/**
 * What a program and this package must have in common. Each lower end is the first version that has all that is used;
 * tests/package/landingZone.long.test.ts puts a stack up at both ends.
 */
export const peerDependencies = {
  /** The first with error hooks, which wait for a propagation. */
  "@pulumi/pulumi": "^3.218.0",
  "@pulumi/gcp": "^9.0.0",
  /** The policy pack, and the types of the policies. */
  "@pulumi/policy": "^1.21.0",
};

/** Whoever takes no policies needs it not. */
const peerDependenciesMeta = { "@pulumi/policy": { optional: true } };

/** `./guide/index.ts` → `./guide/index.js`, or another ending. */
export function compiled(source: string, ending: ".js" | ".d.ts" = ".js"): string {
  return source.replace(/\.ts$/, ending);
}

export function packedManifest(): object {
  const { name, version, description, license, type, engines, bin, exports } = sourceManifest;
  const entries = Object.entries(exports);
  const main = exports["."] ?? "";
  return {
    name,
    version,
    description,
    license,
    type,
    engines,
    main: compiled(main),
    types: compiled(main, ".d.ts"),
    // For programs that do not look at exports, such as those with "moduleResolution": "node".
    typesVersions: {
      "*": Object.fromEntries(entries.slice(1).map(([path, source]) => [path.slice(2), [compiled(source, ".d.ts")]])),
    },
    exports: {
      ...Object.fromEntries(
        entries.map(([path, source]) => [path, { types: compiled(source, ".d.ts"), default: compiled(source) }]),
      ),
      "./package.json": "./package.json",
    },
    bin: Object.fromEntries(Object.entries(bin).map(([command, source]) => [command, compiled(source)])),
    dependencies: dependencies(),
    peerDependencies,
    peerDependenciesMeta,
  };
}

/** This repository pins what it is tested with; a program that takes the package may share newer ones with it. */
function dependencies(): Record<string, string> {
  const own = Object.entries(sourceManifest.dependencies).filter(([name]) => !Object.hasOwn(peerDependencies, name));
  return Object.fromEntries(own.map(([name, version]) => [name, `^${version}`]));
}
