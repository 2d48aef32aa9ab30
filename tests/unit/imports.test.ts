/** How the folders of the sources import each other: the arrows and the front doors (CONTRIBUTING.md, "Where things are"). */
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "../../tools/setup/bootstrap/places.mjs";

/** Which folders each one imports. Each may import text/, and nothing imports index.ts. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  "index.ts": ["components", "onboarding"],
  components: ["onboarding", "google", "guide"],
  onboarding: ["guide"],
  google: [],
  guide: [],
  text: [],
  care: ["components", "onboarding", "google", "guide"],
  plugin: ["components", "onboarding", "guide"],
  policy: ["components", "onboarding", "guide"],
  tools: ["onboarding", "google", "guide"],
};

/** The files of a folder that another folder imports. */
const doors: Readonly<Record<string, RegExp>> = {
  components: /^components\/(index|internal|supportCase\/index)\.ts$/,
  tools: /^tools\/(\w+\/index\.ts|setup\/bootstrap\/places\.mjs)$/,
};

/** What an arrow or a door would forbid, with the reason why it is there. */
const exceptions: Readonly<Record<string, string>> = {
  "plugin/caseProvider.ts → components/supportCase/provider.ts":
    "a provider of its own, which has the secrets of a component package unwrapped",
  "plugin/packagedCase.ts → components/dynamicCase.ts": "has the inputs and outputs of the resource that it replaces",
  "plugin/provider.ts → components/run.ts":
    "one process of a component package makes the resources of many runs, with a case's resource and keys of its own",
  "plugin/schema/types.ts → onboarding/jsonSchema.ts": "makes the package's schema of the config's",
  "plugin/schema/types.ts → onboarding/schema.ts": "makes the package's schema of the config's",
  "tools/generate/files.ts → care/outputs.ts": "generates docs/reference/care.schema.json",
  "tools/generate/files.ts → onboarding/jsonSchema.ts": "generates onboarding/stack.schema.json",
  "tools/generate/files.ts → onboarding/reference.ts": "generates docs/reference/config.md",
  "tools/generate/files.ts → plugin/schema/index.ts": "generates plugin/schema.json",
  "tools/quickstart/quickstart.ts → care/report/report.ts": "reads the JSON of care report",
  "tools/localCloud/api.ts → onboarding/emailAddress.ts":
    "the local Google Cloud starts without Pulumi, which onboarding/index.ts loads",
  "tools/localCloud/essentialContacts.ts → onboarding/emailAddress.ts": "the local Google Cloud starts without Pulumi",
  "tools/localCloud/iamPolicy.ts → onboarding/emailAddress.ts": "the local Google Cloud starts without Pulumi",
};

const sourcesUnder = (folder: string) =>
  globSync(`${folder}/**/*.{ts,mjs,js}`, { cwd: root }).map((path) => path.replaceAll("\\", "/"));

const files = Object.keys(arrows).flatMap((name) => (name.endsWith(".ts") ? [name] : sourcesUnder(name)));

const textOf = (file: string) => readFileSync(join(root, file), "utf8");

const linesOf = (file: string) => textOf(file).trimEnd().split("\n").length;

const importsOf = new Map(
  [...files, ...sourcesUnder("tests")].map((file) => [
    file,
    ts
      .preProcessFile(textOf(file), true, true)
      .importedFiles.filter(({ fileName }) => fileName.startsWith("."))
      .map(({ fileName }) => join(dirname(file), fileName)),
  ]),
);

const folderOf = (file: string) => file.split("/")[0] ?? "";

const between = files.flatMap((from) =>
  (importsOf.get(from) ?? []).filter((to) => folderOf(to) !== folderOf(from)).map((to) => ({ from, to })),
);

const isForbidden = ({ from, to }: { readonly from: string; readonly to: string }) => {
  const [importing, imported] = [folderOf(from), folderOf(to)];
  // index.ts first keeps what Node compiles.
  if (to === "quickStart.ts") return importing !== "index.ts";
  if (imported !== "text" && !arrows[importing]?.includes(imported)) return true;
  return !(doors[imported]?.test(to) ?? to === `${imported}/index.ts`);
};

describe("a source", () => {
  it("imports another folder along the arrows and through its door", () => {
    const forbidden = between.filter(isForbidden).map(({ from, to }) => `${from} → ${to}`);
    expect([...new Set(forbidden)].sort()).toEqual(Object.keys(exceptions).sort());
  });

  it("is in no circle of imports", () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      if (path.includes(file) || done.has(file)) return;
      for (const next of importsOf.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  it("has at most 400 lines", () => {
    expect(files.filter((file) => linesOf(file) > 400)).toEqual([]);
  });

  it("has at least 25 lines where one file alone imports it, unless it is a door", () => {
    const importers = (file: string) => [...importsOf.values()].filter((targets) => targets.includes(file));
    const small = files.filter((file) => linesOf(file) < 25 && !/(^|\/)index\.ts$/.test(file));
    expect(small.filter((file) => importers(file).length === 1)).toEqual([]);
  });
});
