/** The content of the tarball, and that a program of either kind of modules can use it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript";
import { care, components, pack } from "../../tools/pack/index.ts";
import type { Tarball } from "../../tools/pack/index.ts";
import { home, root } from "../../tools/setup/bootstrap/places.mjs";
import { consumer } from "./consumer.ts";
import type { Consumer } from "./consumer.ts";
import { namesDocuments } from "./namedDocuments.ts";

const names = Object.keys(components.exports).map((path) => posix.join("customer-care", path));

interface Manifest {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const parsed = new Map<string, ts.SourceFile>();

describe("the package", () => {
  let tarball: Tarball;
  let program: Consumer;
  let paths: readonly string[];

  beforeAll(async () => {
    tarball = await pack(join(home, "tests", "package"));
    program = await consumer(tarball);
    paths = tarball.files.map(({ path }) => path);
  });
  afterAll(() => program.close());

  const textOf = (path: string) => readFile(join(program.folder, "node_modules", "customer-care", path), "utf8");

  it("has the compiled files of the product's folders, and nothing else of this repository", () => {
    const places = new Set(paths.map((path) => (path.includes("/") ? `${path.split("/")[0] ?? ""}/` : path)));
    assert.deepEqual([...places].sort(), [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "SECURITY.md",
      "components/",
      "docs/",
      "google/",
      "guide/",
      "onboarding/",
      "package.json",
      "policy/",
      "text/",
    ]);
    assert.deepEqual(
      paths.filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts")),
      [],
    );
  });

  it("has each document that its messages name, which they find in node_modules", async () => {
    await namesDocuments(paths, textOf);
    const { stdout } = await program.node("--input-type=module", "--eval", printErrorPage("customer-care"));
    assert.equal(stdout.trim(), "node_modules/customer-care/docs/reference/errors.md");
  });

  it("has a source map with the source for each file", async () => {
    const compiled = paths.filter((path) => path.endsWith(".js") && path !== "policy/index.js");
    assert.ok(compiled.length > 100);
    for (const path of compiled) {
      const { sources, sourcesContent, mappings } = JSON.parse(await textOf(`${path}.map`)) as Record<string, string[]>;
      assert.equal(sources?.[0], posix.basename(path).replace(/js$/, "ts"));
      assert.equal(sourcesContent?.[0], await readFile(join(root, path.replace(/js$/, "ts")), "utf8"));
      assert.ok(String(mappings).startsWith("AAAA;AACA"));
    }
  });

  it("has no compiled file that its entries do not load", async () => {
    const entries = [...Object.values(components.exports).map(compiledFile), "policy/index.js"];
    assert.deepEqual(await unloaded(paths, entries, textOf), []);
  });

  it("is small", () => {
    // It grows with the sources, each of which is there twice: compiled, and in the source map of that. What does not belong
    // there, such as tools/ or the tests, is more than the rest.
    assert.ok(tarball.size < 650_000, `${String(tarball.size)} bytes`);
    assert.ok(tarball.unpackedSize < 2_600_000, `${String(tarball.unpackedSize)} bytes unpacked`);
  });

  it("links from its documents only to its own files", async () => {
    for (const path of paths.filter((file) => file.endsWith(".md")))
      for (const [, inMarkdown, inHtml] of (await textOf(path)).matchAll(
        /\]\(([^()\s#]+)(?:#[^()\s]*)?\)|\b(?:href|src)="([^"#]+)(?:#[^"]*)?"/g,
      )) {
        const target = inMarkdown ?? inHtml ?? "";
        const place = posix.join(posix.dirname(path), target).replace(/\/$/, "");
        const isThere = /^[a-z]+:/.test(target) || paths.some((one) => one === place || one.startsWith(`${place}/`));
        assert.ok(isThere, `${path}: ${target}`);
      }
  });

  it("brings at most 30 packages in addition to Pulumi's", async () => {
    const { dependencies } = JSON.parse(await textOf("package.json")) as Manifest;
    const brought = broughtBy(Object.keys(dependencies));
    assert.ok(brought.size > 5 && brought.size <= 30, [...brought].join(", "));
  });

  it("is in order for publint", async () => {
    const { buffer } = await readFile(tarball.path);
    const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg)),
      [],
    );
  });

  it("has types that are right for are-the-types-wrong", async () => {
    const analysis = await checkPackage(createPackageFromTarballData(await readFile(tarball.path)));
    assert.ok(analysis.types !== false);
    // A CommonJS program loads these ES modules by require, as each Node that the package requires can: the next tests do.
    const problems = analysis.problems.filter(({ kind }) => kind !== "CJSResolvesToESM");
    assert.deepEqual(problems, []);
  });

  const everything = names.map((name, index) => [name, `entry${String(index)}`] as const);
  const show = everything.map(([, entry]) => `Object.keys(${entry}).sort()`).join(", ");
  for (const [kind, file, take] of [
    ["an ES module", "import.mjs", ([name, entry]) => `import * as ${entry} from "${name}";`],
    ["CommonJS", "require.cjs", ([name, entry]) => `const ${entry} = require("${name}");`],
  ] as const satisfies [string, string, (entry: readonly [string, string]) => string][])
    it(`is imported by ${kind}`, async () => {
      await program.write(file, `${everything.map(take).join("\n")}\nconsole.log(JSON.stringify([${show}]));`);
      const { code, stdout, stderr } = await program.node(file);
      assert.equal(code, 0, stderr);
      assert.equal(stderr, "");
      const taken = JSON.parse(stdout) as string[][];
      const sources = Object.values(components.exports).map((source) => join(root, source));
      const own = await Promise.all(sources.map((source) => import(source) as Promise<object>));
      assert.deepEqual(
        taken.map((keys) => keys.filter((key) => key !== "module.exports" && key !== "__esModule")),
        own.map((module) => Object.keys(module).sort()),
      );
    });

  it("passes the compiler of programs of either kind, the declarations checked as well", async () => {
    const text = `
      import { CustomerCare } from "customer-care";
      import type { CustomerCareArgs } from "customer-care";
      import { plans } from "customer-care/guide";
      import { policies } from "customer-care/policy";
      import { version } from "customer-care/supportCase";
      const args: CustomerCareArgs = { plan: "enhanced", projects: { "shop-dev": { editors: ["group:sre@example.com"] } } };
      export const results = [new CustomerCare("customer-care", args).checklist, plans.enhanced, policies.length, version];
      // @ts-expect-error There is no such plan.
      export const wrong: CustomerCareArgs = { plan: "golden" };
    `;
    const nodenext = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
    const node20 = { module: ts.ModuleKind.Node20, moduleResolution: ts.ModuleResolutionKind.Node16 };
    for (const [file, options] of [
      ["types.mts", nodenext],
      ["types.cts", nodenext],
      ["node20.cts", node20],
      ["bundled.mts", { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }],
      // What pulumi new writes.
      [
        "types.ts",
        { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10, ignoreDeprecations: "6.0" },
      ],
    ] as const) {
      const path = await program.write(file, text);
      const whole = compile(path, {
        ...options,
        target: ts.ScriptTarget.ES2022,
        strict: true,
        noEmit: true,
        types: ["node"],
        typeRoots: [join(root, "node_modules", "@types")],
      });
      const own = whole.getSourceFiles().filter(({ fileName }) => fileName.startsWith(program.folder));
      assert.ok(own.length > 10);
      const problems = own.flatMap((source) => ts.getPreEmitDiagnostics(whole, source));
      assert.deepEqual(
        problems.map((problem) => `${file}: ${ts.flattenDiagnosticMessageText(problem.messageText, "\n")}`),
        [],
      );
    }
  });

  it("brings no types of a library into a program, except for those of Pulumi", async () => {
    const filesOf = async (file: string, text: string) => {
      const path = await program.write(file, text);
      const options = { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 };
      const whole = compile(path, {
        ...options,
        target: ts.ScriptTarget.ES2022,
        strict: true,
        noEmit: true,
        types: [],
      });
      return whole.getSourceFiles().map(({ fileName }) => fileName);
    };
    const pulumi = ["@pulumi/pulumi", "@pulumi/gcp", "@pulumi/policy"];
    const imported = (packages: readonly string[]) =>
      packages.map((name, index) => `export * as all${String(index)} from "${name}";`).join("\n");
    const ofPulumi = new Set(await filesOf("pulumi.ts", imported(pulumi)));
    const brought = (await filesOf("all.ts", imported([...pulumi, ...names]))).filter(
      (path) => !ofPulumi.has(path) && !path.startsWith(program.folder),
    );
    assert.deepEqual(brought, []);
  });

  it("is refused by the compiler of CommonJS for a Node that cannot require it, as docs/how-to/landingZone.md describes", async () => {
    const path = await program.write("older.cts", 'export { CustomerCare } from "customer-care";');
    for (const module of [ts.ModuleKind.Node16, ts.ModuleKind.Node18]) {
      const moduleResolution = ts.ModuleResolutionKind.Node16;
      const whole = compile(path, { module, moduleResolution, noEmit: true, skipLibCheck: true, types: [] });
      const problems = ts.getPreEmitDiagnostics(whole, whole.getSourceFile(path));
      assert.deepEqual(
        problems.map(({ code }) => code),
        [1479],
      );
    }
  });

  it("needs @pulumi/policy for the policy pack alone", async () => {
    const takes = [];
    for (const path of paths.filter((file) => file.endsWith(".js")))
      if (/^import .*"@pulumi\/policy"/m.test(await textOf(path))) takes.push(path);
    assert.deepEqual(takes, ["policy/index.js"]);
  });

  it("leaves the same provider in the state as this repository's program", async () => {
    const file = await program.write(
      "shim.mjs",
      `import * as pulumi from "@pulumi/pulumi";
      import { TestSupportCase } from "customer-care";
      let text;
      const newResource = ({ name, inputs, type }) => {
        if (type.endsWith(":SupportCase")) text = inputs.__provider;
        return { id: name, state: { ...inputs, output: "00000000-0000-4000-8000-000000000000" } };
      };
      await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "consumer", "test", false, "organization");
      new TestSupportCase("case", { projectId: "shop-dev" });
      await pulumi.runtime.disconnect();
      console.log(JSON.stringify(text));`,
    );
    const { code, stdout, stderr } = await program.node(file);
    assert.equal(code, 0, stderr);
    assert.equal(JSON.parse(stdout), await readFile(join(root, "tests", "unit", "shim.snapshot.txt"), "utf8"));
  });
});

describe("the package of care", () => {
  let tarball: Tarball;
  let program: Consumer;

  beforeAll(async () => {
    tarball = await pack(join(home, "tests", "package"), care);
    program = await consumer(tarball, care.manifest.name);
  });
  afterAll(() => program.close());

  it("has the compiled files of the command line and of its dependencies, and nothing else of this repository", () => {
    const places = tarball.files.map(({ path }) => (path.includes("/") ? `${path.split("/")[0] ?? ""}/` : path));
    assert.deepEqual([...new Set(places)].sort(), [
      "LICENSE",
      "README.md",
      "care/",
      "components/",
      "docs/",
      "google/",
      "guide/",
      "onboarding/",
      "package.json",
      "text/",
    ]);
  });

  const folder = () => join(program.folder, "node_modules", care.manifest.name);

  it("has no compiled file that the program does not load, and so needs no provider", async () => {
    const textOf = (path: string) => readFile(join(folder(), path), "utf8");
    const paths = tarball.files.map(({ path }) => path).filter((path) => !care.unchanged.includes(path));
    assert.deepEqual(await unloaded(paths, Object.values(care.bin).map(compiledFile), textOf), []);
    const { peerDependencies } = JSON.parse(await textOf("package.json")) as Manifest;
    assert.deepEqual(Object.keys(peerDependencies), ["@pulumi/pulumi"]);
  });

  it("has each document that its messages name, which they find in node_modules", async () => {
    await namesDocuments(
      tarball.files.map(({ path }) => path),
      (path) => readFile(join(folder(), path), "utf8"),
    );
    const { stdout } = await program.node("--input-type=module", "--eval", printErrorPage(care.manifest.name));
    assert.equal(stdout.trim(), `node_modules/${care.manifest.name}/docs/reference/errors.md`);
  });

  it("brings the care program, without the components' package", async () => {
    const manifest = JSON.parse(await readFile(join(folder(), "package.json"), "utf8")) as Manifest;
    assert.deepEqual(manifest.bin, { care: "./care/main.js" });
    assert.equal(manifest.version, components.manifest.version);
    assert.ok(!Object.hasOwn(manifest.dependencies, "customer-care"));
    const main = join(folder(), manifest.bin["care"] ?? "");
    assert.match(await readFile(main, "utf8"), /^#!\/usr\/bin\/env node\n/);
    const { code, stdout, stderr } = await program.node(main, "--help");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /Usage: care /);
    assert.equal((await program.node(main, "--version")).stdout.trim(), manifest.version);
  });

  it("is in order for publint", async () => {
    const { buffer } = await readFile(tarball.path);
    const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg)),
      [],
    );
  });
});

const compiledFile = (source: string) => posix.normalize(source.replace(/\.ts$/, ".js"));

/** The compiled files among the paths that no import, static or dynamic, reaches from the entries. */
async function unloaded(
  paths: readonly string[],
  entries: readonly string[],
  textOf: (path: string) => Promise<string>,
): Promise<string[]> {
  const loaded = new Set<string>(entries);
  // A set's iteration includes what is added during it.
  for (const path of loaded)
    for (const { fileName } of ts.preProcessFile(await textOf(path), true, true).importedFiles)
      if (fileName.startsWith(".")) loaded.add(posix.join(posix.dirname(path), fileName));
  return paths.filter((path) => path.endsWith(".js") && !loaded.has(path));
}

/** As ts.createProgram, but what one program has parsed is not parsed again for the next: most of it is @pulumi/gcp's. */
function compile(path: string, options: ts.CompilerOptions): ts.Program {
  const host = ts.createCompilerHost(options);
  const parse = host.getSourceFile.bind(host);
  host.getSourceFile = (file, format, ...others) => {
    const { languageVersion, impliedNodeFormat } = typeof format === "object" ? format : { languageVersion: format };
    const key = JSON.stringify([file, languageVersion, impliedNodeFormat]);
    const source = parsed.get(key) ?? parse(file, format, ...others);
    if (source !== undefined && file.includes("node_modules")) parsed.set(key, source);
    return source;
  };
  return ts.createProgram([path], options, host);
}

/** The packages that come with some of this repository's, by their folders. */
function broughtBy(names: readonly string[]): ReadonlySet<string> {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Readonly<Record<string, Partial<Manifest>>>;
  };
  const found = new Set<string>();
  const add = (name: string, importer: string): void => {
    const folders = importer.split("/node_modules/").map((_, index, all) => all.slice(0, index).join("/node_modules/"));
    const folder = [importer, ...folders.toReversed()]
      .map((one) => posix.join(one, "node_modules", name))
      .find((one) => Object.hasOwn(packages, one));
    assert.ok(folder !== undefined, name);
    if (found.has(folder)) return;
    found.add(folder);
    for (const next of Object.keys(packages[folder]?.dependencies ?? {})) add(next, folder);
  };
  for (const name of names) add(name, "");
  return found;
}

const printErrorPage = (name: string) =>
  `import { errorPage } from "./node_modules/${name}/text/documents.js"; console.log(errorPage());`;
