/** Each command in the documents is one that there is, with options that it has. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { promisify } from "node:util";
import { startCloud } from "../../tools/localCloud/index.ts";
import { care, components, peerDependencies } from "../../tools/pack/index.ts";
import { commands, isCommand } from "../../tools/setup/bootstrap/main.mjs";
import { npm as ownNpm } from "../../tools/setup/bootstrap/npm.mjs";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";
import { blocksOf, documents, pathOf } from "../support/documents.ts";
import { isGitLabSetUp, isSetUp } from "../support/setUpCommands.ts";

const run = promisify(execFile);

/** gcloud cannot be asked: the commands that its reference has. Source: https://cloud.google.com/sdk/gcloud/reference */
const gcloudCommands = [
  "auth application-default login",
  "auth login",
  "beta monitoring channels list --project shop-prod",
  "organizations list",
  "projects list",
  "services enable cloudresourcemanager.googleapis.com serviceusage.googleapis.com --project=PROJECT",
  "support support-event-subscriptions list --organization=123456789012",
  'projects describe ops-admin --format="value(projectNumber)"',
];

interface Command {
  readonly place: string;
  readonly words: readonly string[];
}

/** Blocks that call the local cloud are run as they are. */
const callsLocalCloud = (text: string) => /^curl "\$ADDRESS/.test(text);

const inBlocks = blocksOf("sh", "console")
  .filter((block) => !callsLocalCloud(block.text) && !isSetUp(block) && !isGitLabSetUp(block))
  .flatMap(({ place, language, text }) => commandsIn(language, text).map((words): Command => ({ place, words })));

const inProse = documents.flatMap(({ path, inlineCode }) =>
  inlineCode
    .filter((code) => /^(npm|pulumi|gcloud) [a-z]/.test(code))
    .map((code): Command => ({ place: path, words: code.split(" ") })),
);

describe("the README's first commands", () => {
  const ofReadme = inBlocks.filter(({ place }) => place.startsWith("README.md")).map(({ words }) => words.join(" "));
  it("are npm start and npm test", () => assert.deepEqual(ofReadme.slice(0, 2), ["npm start", "npm test"]));
});

describe("a command in the documents", () => {
  for (const { place, words } of unique([...inBlocks, ...inProse]))
    it(`${place}: ${words.join(" ")}`, async () => {
      const [program = "", ...args] = words.slice(words.findIndex((word) => !/^[A-Z_]+=/.test(word)));
      const checks: Record<string, (args: readonly string[]) => unknown> = {
        npm,
        npx,
        pulumi,
        gcloud,
        source,
        // engine/byHand runs the files.
        ".": ([file = ""]) => assert.match(file, /^\.customer-care\/localCloud\/[a-z]+\.sh$/),
        cp: ([from = ""]) => assert.ok(existsSync(pathOf(from)), from),
      };
      const check = checks[program];
      assert.ok(check, `${program} is not a program that the documents may need`);
      await check(args);
    });
});

describe("a call of the local cloud in the documents", () => {
  for (const { place, text } of blocksOf("sh").filter((block) => callsLocalCloud(block.text)))
    it(`${place} is answered`, async () => {
      const cloud = await startCloud();
      try {
        const { stdout } = await run("sh", ["-c", text.replace(/^curl/, "curl --silent --show-error --fail")], {
          env: { ...process.env, ADDRESS: cloud.address, no_proxy: "*" },
        });
        assert.doesNotThrow(() => JSON.parse(stdout) as unknown, stdout);
      } finally {
        await cloud.close();
      }
    });
});

/** In a console's text, the user's input comes after a dollar sign. */
function commandsIn(language: string, text: string): string[][] {
  const lines = text.split("\n").filter((line) => line !== "");
  const typed = language === "console" ? lines.filter((line) => line.startsWith("$ ")) : lines;
  return typed.map((line) => line.replace(/^\$ /, "").split(/\s+/));
}

function unique(all: readonly Command[]): Command[] {
  return [...new Map(all.map((command) => [`${command.place} ${command.words.join(" ")}`, command])).values()];
}

async function npm([verb = "", ...rest]: readonly string[]): Promise<void> {
  if (verb === "ci") return assert.deepEqual(rest, ["--ignore-scripts"].slice(0, rest.length));
  if (verb === "install") return installs(rest);
  if (registryCommands.includes(verb)) return hasNpmOptions(verb, rest);
  const called = rest.filter((word) => word !== "--silent");
  const [script = "", dashes, ...options] = verb === "run" ? called : [verb, ...rest];
  const { scripts } = JSON.parse(readFileSync(pathOf("package.json"), "utf8")) as { scripts: Record<string, string> };
  const [, , command] = scripts[script]?.split(" ") ?? [];
  assert.ok(isCommand(command), `npm has no script ${script}`);
  if (dashes === undefined) return;
  assert.equal(dashes, "--");
  if (command === "test") return choosesTests(options);
  const flags = options.filter((word) => word.startsWith("--"));
  if (command !== "care" && flags.length === 0) return;
  const { stdout } = await run(process.execPath, [
    pathOf(commands[command]),
    ...subcommands(command, options),
    "--help",
  ]);
  for (const flag of flags) assert.ok(stdout.includes(flag), flag);
}

/** npm's own commands, with which a person prepares and checks a release. */
const registryCommands = ["access", "audit", "deprecate", "publish", "trust", "view"];

async function hasNpmOptions(verb: string, words: readonly string[]): Promise<void> {
  const [command, ...first] = ownNpm();
  const subcommand = verb === "trust" ? words.slice(0, 1) : [];
  const { stdout } = await run(command, [...first, verb, ...subcommand, "--help"]);
  // npm has `trust` since 11.10.
  if (verb === "trust" && !stdout.includes("npm trust")) return;
  for (const flag of words.filter((word) => word.startsWith("--"))) assert.ok(stdout.includes(flag), flag);
}

/** Vitest knows the options, and finds tests. */
async function choosesTests(options: readonly string[]): Promise<void> {
  const { stdout } = await run(process.execPath, [pathOf(commands.test), "list", "--filesOnly", ...options]);
  assert.match(stdout, /\.test\.ts$/m, options.join(" "));
}

/** For the unit tests of the example, which package/landingZone.long runs as its page describes. */
const testRunners = ["vitest", "jest", "@swc/jest", "@swc/core"];

/** The tarballs of this version and what they do not include, a runner of unit tests, or the dependencies of a folder. */
function installs(packages: readonly string[]): void {
  if (packages[0] === "--prefix") {
    assert.equal(packages.length, 2);
    const folder = packages[1]?.replace("../customer-care/", "") ?? "";
    return assert.ok(existsSync(join(pathOf(folder), "package.json")), folder);
  }
  const tarballs = [components, care].map(
    ({ manifest: { name, version } }) => `.customer-care/package/${name}-${version}.tgz`,
  );
  const known = ["--save-dev", "--no-save", ...testRunners, ...tarballs, ...Object.keys(peerDependencies)];
  for (const name of packages) assert.ok(known.includes(name), name);
}

/** `care`, which its package brings, or a runner of unit tests. */
async function npx([program = "", ...args]: readonly string[]): Promise<void> {
  if (testRunners.includes(program)) return;
  assert.equal(program, "care");
  return npm(["run", "care", "--", ...args]);
}

/** The shell runs what a command prints, such as a script of completion: `source <(care completion bash)`. */
function source(words: readonly string[]): Promise<void> {
  const [program, ...args] = words
    .join(" ")
    .replace(/^<\((.*)\)$/, "$1")
    .split(" ");
  return program === "npm" ? npm(args) : npx([program ?? "", ...args]);
}

/** `care` has commands of its own, of one word or two, and a help for each of them. */
function subcommands(command: string, words: readonly string[]): readonly string[] {
  if (command !== "care") return [];
  const firstOption = words.findIndex((word) => word.startsWith("-"));
  return words.slice(0, firstOption < 0 ? 2 : Math.min(2, firstOption));
}

async function pulumi(args: readonly string[]): Promise<void> {
  const engine = await engineFromEnvironment();
  const isOption = (word: string) => word.startsWith("-");
  const firstOption = args.findIndex(isOption);
  const words = firstOption < 0 ? args : args.slice(0, firstOption);
  const { stdout } = await run(engine.pulumi, [...words, "--help"]);
  assert.ok(isHelpOf(words, stdout), `pulumi has no command ${words.join(" ")}`);
  for (const option of args.filter(isOption))
    assert.match(stdout, new RegExp(`(^|\\s)${option.replace(/=.*/, "")}(\\s|,|$)`, "m"));
}

/** Whether it is the help of a command with arguments: for an unknown one, Pulumi prints that of the command before it. */
function isHelpOf(words: readonly string[], help: string): boolean {
  const [, path = "", takes = ""] = /^Usage:\n {2}pulumi((?: [a-z-]+)*)(.*)$/m.exec(help) ?? [];
  const [, aliases = ""] = /^Aliases:\n(.*)$/m.exec(help) ?? [];
  const command = path.trim().split(" ");
  const names = [command.at(-1), ...aliases.split(",").map((alias) => alias.trim())];
  const rest = words.slice(command.length);
  return (
    command.slice(0, -1).every((word, index) => words[index] === word) &&
    names.includes(words[command.length - 1]) &&
    (rest.length === 0 || /[[<]/.test(takes.replace(/\[(flags|command)\]/g, "")))
  );
}

function gcloud(args: readonly string[]): void {
  assert.ok(gcloudCommands.includes(args.join(" ")));
}
