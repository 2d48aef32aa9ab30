/**
 * How the folders of the sources import each other: along the arrows, and through the front doors (CONTRIBUTING.md, "Where
 * things are"). ESLint reports every other import.
 */
import { dirname, join, relative } from "node:path";
import { root } from "./bootstrap/places.mjs";

/**
 * Which folders each one imports. Each may import text/. Of the files of the clone's folder, main.mjs imports index.ts, and
 * nothing else does. A new folder needs an entry here.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const arrows = {
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

/**
 * The files of a folder that another folder imports, where that is not its index.ts alone.
 *
 * @type {Readonly<Record<string, { readonly pattern: RegExp, readonly names: string }>>}
 */
const doors = {
  components: {
    pattern: /^components\/(index|internal|supportCase\/index)\.ts$/,
    names: "components/index.ts or components/internal.ts",
  },
  // An old Node can load those that are JavaScript.
  text: {
    pattern: /^text\/(index\.ts|nodeVersion\.mjs|sources\.cjs)$/,
    names: "text/index.ts, text/nodeVersion.mjs or text/sources.cjs",
  },
  tools: { pattern: /^tools\/(\w+\/index\.ts|setup\/bootstrap\/places\.mjs)$/, names: "an index.ts of tools/" },
};

/**
 * The imports that the rules would forbid, each with its reason.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const exceptions = {
  "components/dynamicCase.ts → customer-care/supportCase":
    "the engine keeps this text in the state and runs it in a process of its own, which finds the package by its name",
  "plugin/caseProvider.ts → components/supportCase/provider.ts":
    "a provider of its own, which has the secrets of a component package unwrapped",
  "plugin/packagedCase.ts → components/dynamicCase.ts": "has the inputs and outputs of the resource that it replaces",
  "plugin/provider.ts → components/run.ts":
    "one process of a component package makes the resources of many runs, with a case's resource and keys of its own",
  "plugin/schema/types.ts → onboarding/jsonSchema.ts": "creates the package's schema from the config's",
  "plugin/schema/types.ts → onboarding/schema.ts": "creates the package's schema from the config's",
  "tools/generate/files.ts → care/outputs.ts": "generates docs/reference/care.schema.json",
  "tools/generate/files.ts → onboarding/jsonSchema.ts": "generates onboarding/stack.schema.json",
  "tools/generate/files.ts → onboarding/reference.ts": "generates docs/reference/config.md",
  "tools/generate/files.ts → plugin/schema/index.ts": "generates plugin/schema.json",
  "tools/quickstart/quickstart.ts → care/report/report.ts": "reads the JSON of care report",
  "tools/localCloud/api.ts → onboarding/emailAddress.ts":
    "the local Google Cloud starts without Pulumi, which onboarding/index.ts loads",
  "tools/localCloud/essentialContacts.ts → onboarding/emailAddress.ts": "the local Google Cloud starts without Pulumi",
  "tools/localCloud/bindingChecks.ts → onboarding/emailAddress.ts": "the local Google Cloud starts without Pulumi",
  "tools/localCloud/bindingChecks.ts → onboarding/members.ts": "the local Google Cloud starts without Pulumi",
  "tools/localCloud/monitoring/notificationChannels.ts → onboarding/emailAddress.ts":
    "the local Google Cloud starts without Pulumi",
};

/** Tests and examples, which import everything, and the files of the clone's folder that configure tools or start the program. */
const exempt = /^(tests|examples)\/|^(main\.mjs|(eslint|vitest)\.config\.[jt]s)$/;

/** @param {string} file A path from the clone's folder, with slashes. */
const folderOf = (file) => file.split("/")[0] ?? "";

/**
 * The error of an import, without regard to the exceptions; undefined if there is none.
 *
 * @param {string} from The importing file, a path from the clone's folder.
 * @param {string} to The imported file, likewise.
 */
export function importProblem(from, to) {
  const [importing, imported] = [folderOf(from), folderOf(to)];
  if (importing === imported || exempt.test(from)) return undefined;
  if (arrows[importing] === undefined)
    return `${importing} has no entry in arrows; add it, with the folders that it imports`;
  const allowed = ["text", ...arrows[importing]];
  if (!allowed.includes(imported))
    return `${importing} must not import ${imported}; import from ${allowed.join(", ")} only`;
  const door = doors[imported] ?? { pattern: new RegExp(`^${imported}/index\\.ts$`), names: `${imported}/index.ts` };
  return door.pattern.test(to) ? undefined : `${to} is inside ${imported}; import from ${door.names}`;
}

/** Whether an import is of this repository: a file, or one of its packages by name. */
export const isOwnImport = (/** @type {string} */ specifier) => /^(\.|customer-care(-\w+)?(\/|$))/.test(specifier);

/** @param {string} path */
const fromRoot = (path) => relative(root, path).replaceAll("\\", "/");

/** @type {import("eslint").Rule.RuleModule} */
export const frontDoors = {
  meta: { messages: { forbidden: "{{problem}} (the arrows and doors are in tools/setup/frontDoors.mjs)" }, schema: [] },
  create(context) {
    const from = fromRoot(context.filename);
    /** @param {{ source?: import("estree").Expression | null }} node */
    const check = ({ source }) => {
      if (source?.type !== "Literal" || typeof source.value !== "string" || !isOwnImport(source.value)) return;
      const isFile = source.value.startsWith(".");
      const to = isFile ? fromRoot(join(dirname(context.filename), source.value)) : source.value;
      const problem = importProblem(from, to);
      if (problem === undefined || Object.hasOwn(exceptions, `${from} → ${to}`)) return;
      context.report({ node: source, messageId: "forbidden", data: { problem } });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: (node) => {
        if (node.source.type !== "Literal" && !exempt.test(from))
          context.report({
            node: node.source,
            messageId: "forbidden",
            data: { problem: "import() needs a plain text" },
          });
        check(node);
      },
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};
