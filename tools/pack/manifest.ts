/** The published packages. Each package.json is the repository's, with compiled files instead of sources. */
import { globSync, readFileSync } from "node:fs";
import { sep } from "node:path";
import { join } from "node:path/posix";
import { root } from "../setup/bootstrap/places.mjs";

interface SourceManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly type: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  /** The source of each entry point, and the file that loads it. */
  readonly exports?: Readonly<Record<string, { readonly types: string; readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

function readManifest(path: string): SourceManifest {
  return JSON.parse(readFileSync(join(root, path), "utf8")) as SourceManifest;
}

const rootManifest = readManifest("package.json");

/** A package that is published. All paths are relative to the clone. */
export interface Package {
  readonly manifest: SourceManifest;
  /** The entry points: sources by their paths in the package, such as `./guide`. */
  readonly exports: Readonly<Record<string, string>>;
  /** The sources of the commands. */
  readonly bin: Readonly<Record<string, string>>;
  /** Files that are copied unchanged. */
  readonly unchanged: readonly string[];
  /** Its documents, by their paths in the package. */
  readonly documents: ReadonlyMap<string, string>;
  /** The address of the repository, for a release. */
  readonly repository?: string;
}

const careDocuments = [
  ...["adopt", "case", "pullRequests"].map((name) => `docs/how-to/${name}.md`),
  ...["care", "diff", "doctor", "report"].map((name) => `docs/reference/${name}.md`),
];

/** The pages for contributors, and those on commands that only a clone has. */
const documentsOfClone = [
  ...["architecture", "surprises"].map((name) => `docs/explanation/${name}.md`),
  "docs/tutorial/firstStack.md",
  "docs/how-to/acceptance.md",
  "docs/reference/localCloud.md",
];

const samePlaces = (paths: readonly string[]) => paths.map((path) => [path, path] as const);

const componentDocuments = ["tutorial", "how-to", "reference", "explanation"]
  .flatMap((folder) => globSync(`docs/${folder}/*.md`, { cwd: root }))
  .map((path) => path.split(sep).join("/"))
  .sort()
  .filter((path) => !careDocuments.includes(path) && !documentsOfClone.includes(path));

/** The package for landing zones. */
export const components: Package = {
  manifest: rootManifest,
  exports: mapped(rootManifest.exports ?? {}, ({ types }) => types),
  bin: {},
  // The policy pack runs from its folder, and editors read the schema.
  unchanged: ["policy/PulumiPolicy.yaml", "onboarding/stack.schema.json"],
  documents: new Map(samePlaces(["README.md", "CHANGELOG.md", "LICENSE", "SECURITY.md", ...componentDocuments])),
};

const careManifest = readManifest("care/package.json");

/** The command line. It has its own copy of the components' sources that it uses. */
export const care: Package = {
  manifest: careManifest,
  exports: {},
  bin: Object.fromEntries(
    Object.entries(careManifest.bin ?? {}).map(([command, source]) => [command, `./${join("care", source)}`]),
  ),
  // The style and the script of the report's page.
  unchanged: ["care/report/html/page.css", "care/report/html/page.client.js", "docs/reference/care.schema.json"],
  // Messages of both packages name these pages.
  documents: new Map([
    ["README.md", "care/README.md"],
    ...samePlaces([
      "LICENSE",
      ...careDocuments,
      "docs/reference/errors.md",
      "docs/explanation/supportCase.md",
      "docs/how-to/fleet.md",
    ]),
  ]),
};

/**
 * Peer dependencies. Each minimum is the first version with all used features. tests/package/landingZone.long.test.ts deploys a
 * stack with the minimum and the maximum.
 */
export const peerDependencies = {
  /** The first version with error hooks, which wait for propagation. */
  "@pulumi/pulumi": "^3.218.0",
  "@pulumi/gcp": "^9.0.0",
  /** For the policy pack and the types of the policies. */
  "@pulumi/policy": "^1.21.0",
};

/** Optional: only for the policy pack. */
const peerDependenciesMeta = { "@pulumi/policy": { optional: true } };

/** `./guide/index.ts` → `./guide/index.js`, or another ending. */
export function compiled(source: string, ending: ".js" | ".d.ts" = ".js"): string {
  return source.replace(/\.ts$/, ending);
}

/** The package of an import; none for files, for Node and for this repository. */
export function packageOf(specifier: string): string[] {
  if (/^(\.|node:|customer-care)/.test(specifier)) return [];
  return [specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/")];
}

/** @param imported The packages that its sources import. */
export function packedManifest({ manifest, exports, bin, repository }: Package, imported: ReadonlySet<string>): object {
  const { name, version, description, license, type, engines } = manifest;
  const peers = Object.entries(peerDependencies).filter(([peer]) => imported.has(peer));
  return {
    name,
    version,
    description,
    license,
    ...repositoryField(repository),
    type,
    engines,
    ...entryPoints(exports),
    ...(Object.keys(bin).length === 0 ? {} : { bin: mapped(bin, (source) => compiled(source)) }),
    dependencies: dependencies(manifest, imported),
    peerDependencies: Object.fromEntries(peers),
    ...(imported.has("@pulumi/policy") ? { peerDependenciesMeta } : {}),
  };
}

/** Only a release has it: npm compares it with the provenance, and errors link to the repository. */
export function repositoryField(repository: string | undefined): object {
  return repository === undefined ? {} : { repository: { type: "git", url: `git+${repository}.git` } };
}

function entryPoints(exports: Package["exports"]): object {
  const { ".": main, ...others } = exports;
  if (main === undefined) return {};
  return {
    main: compiled(main),
    types: compiled(main, ".d.ts"),
    // For programs that ignore `exports`, such as those with "moduleResolution": "node".
    typesVersions: {
      "*": Object.fromEntries(
        Object.entries(others).map(([path, source]) => [path.slice(2), [compiled(source, ".d.ts")]]),
      ),
    },
    exports: {
      ...mapped(exports, (source) => ({ types: compiled(source, ".d.ts"), default: compiled(source) })),
      "./package.json": "./package.json",
    },
  };
}

function mapped<From, To>(map: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, to(value)]));
}

/** This repository pins tested versions. A program that uses the package can share newer ones with it. */
function dependencies(manifest: SourceManifest, imported: ReadonlySet<string>): Record<string, string> {
  const pinned = { ...rootManifest.dependencies, ...manifest.dependencies };
  const names = [...imported].filter((name) => !Object.hasOwn(peerDependencies, name)).sort();
  return Object.fromEntries(
    names.map((name) => {
      const version = pinned[name];
      if (version === undefined)
        throw new Error(`${name} is imported by ${manifest.name} and not among its dependencies`);
      return [name, `^${version}`];
    }),
  );
}
