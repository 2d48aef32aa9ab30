/** Each kind of error ends with the link to its section of docs/reference/errors.md, and each section has a kind of error. */
import assert from "node:assert/strict";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { slug } from "github-slugger";
import { describe, it } from "vitest";
import { exitCodeOf } from "../../care/exitCodes.ts";
import { pulumiNotFound } from "../../care/stack/pulumiNotFound.ts";
import { UsageError, UserError } from "../../care/userError.ts";
import { check, ConfigError, messageOfErrors } from "../../onboarding/index.ts";
import { documentIn } from "../../text/documents.ts";
import { errorSections, sectionOf, withSection } from "../../text/index.ts";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { pathOf } from "../support/documents.ts";
import { lineOf } from "../support/section.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const packages = temporaryFolder();
const page = readFileSync(pathOf("docs/reference/errors.md"), "utf8");
const headings = [...page.matchAll(/^##+ (.+)$/gm)].map(([, heading = ""]) => heading);

describe("docs/reference/errors.md", () => {
  it("has a section for each kind of error, and no other", () => {
    assert.deepEqual(headings.map((heading) => slug(heading)).sort(), Object.values(errorSections).sort());
  });

  it("has each error that it quotes in the section to which the error links", () => {
    const sections = page.split(/^##+ /m).slice(1);
    const quoted = sections.flatMap((section) => {
      const [heading = ""] = section.split("\n", 1);
      return [...section.matchAll(/^(?:- )?_(.+?)_(?=:| or )/gms)].map(([, text = ""]) => ({ heading, text }));
    });
    const ofCase = quoted.filter(({ heading }) => heading !== "The state cannot be read");
    assert.ok(ofCase.length > 15);
    for (const { heading, text } of ofCase)
      assert.equal(errorSections[sectionOf(text.replaceAll("…", '"x"'), "testCase")], slug(heading), text);
  });
});

describe("the errors of", () => {
  const last = (message: string) => message.split("\n").at(-1);

  it("a config link to each kind among them, once", () => {
    const lastLineFor = (document: unknown) =>
      last(messageOfErrors([new ConfigError("customer-care", check(document).problems)]));
    assert.equal(lastLineFor({ plan: "enhanced", projects: { Shop: {} }, region: "x" }), lineOf("config"));
    const beyondPlan = { plan: "basic", projects: { "shop-dev": {} }, testCase: { project: "shop-dev" } };
    assert.equal(lastLineFor(beyondPlan), lineOf("plan"));
    assert.equal(lastLineFor({ ...beyondPlan, region: "x" }), lineOf("config", "plan"));
  });

  it("care link to the reason that Google gave, else to that of the command", (t) => {
    const printed: string[] = [];
    const { error } = console;
    console.error = (message: string) => printed.push(message);
    t.onTestFinished(() => void (console.error = error));
    exitCodeOf(new UsageError("a stack that is none"));
    exitCodeOf(new UserError("it failed"));
    exitCodeOf(new UserError("GET projects/x: 403 PERMISSION_DENIED: no"));
    exitCodeOf(new UserError("GET projects/x: no reply within 60 s"));
    assert.deepEqual(printed.map(last), [lineOf("command"), lineOf("failure"), lineOf("denied"), lineOf("noReply")]);
  });

  it("care link to the tool, the file or the stack that a command needs, also for a wrong command", (t) => {
    const printed: string[] = [];
    const { error } = console;
    console.error = (message: string) => printed.push(message);
    t.onTestFinished(() => void (console.error = error));
    for (const Kind of [UsageError, UserError]) {
      exitCodeOf(new Kind(pulumiNotFound));
      exitCodeOf(new Kind("Pulumi.dev.yaml is not YAML: unexpected end"));
      exitCodeOf(new Kind("care doctor: the config of dev cannot be read: invalid YAML file"));
    }
    const expected = [lineOf("tools"), lineOf("unreadable"), lineOf("unreadable")];
    assert.deepEqual(printed.map(last), [...expected, ...expected]);
  });

  it("an installed package link to the release's page, or else to the file in node_modules", () => {
    const file = "docs/reference/errors.md";
    const at = (folder: string, manifest: unknown = { name: "customer-care", version: "0.2.0" }) => {
      const place = join(packages, folder);
      mkdirSync(place, { recursive: true });
      if (manifest !== undefined) writeFileSync(join(place, "package.json"), JSON.stringify(manifest));
      return documentIn(file, pathToFileURL(join(place, "text", "documents.js")).href);
    };
    const installed = at("zone/node_modules/customer-care");
    assert.equal(installed, `node_modules/customer-care/${file}`);
    assert.equal(at("zone/node_modules/.pnpm/customer-care@1/node_modules/customer-care"), installed);
    assert.equal(at("a b/node_modules/@ada/care"), `node_modules/@ada/care/${file}`);
    assert.equal(at("clone"), file);
    const released = {
      version: "0.2.0",
      repository: { type: "git", url: "git+https://github.com/octo-org/customer-care.git" },
    };
    const address = `https://github.com/octo-org/customer-care/blob/v0.2.0/${file}`;
    assert.equal(at("released/node_modules/customer-care", { ...released, name: "customer-care" }), address);
    assert.equal(at("released/node_modules/customer-care-cli", { ...released, name: "customer-care-cli" }), address);
    assert.equal(at("plugins/resource-customer-care-v0.2.0", { ...released, name: "customer-care-plugin" }), address);
    for (const link of [installed, address]) {
      const message = `it is closed\nSee ${link}#the-case-is-closed`;
      assert.equal(withSection(message, "failure"), message);
    }
    // A bundler copies the code into a file of another package.
    for (const [index, other] of [
      undefined,
      null,
      { ...released, name: "zone" },
      { name: "zone", repository: "github:ada/zone" },
      { name: "customer-care", version: "0.2.0", repository: "github:ada/customer-care" },
    ].entries())
      assert.equal(at(`bundled${String(index)}/dist`, other), file);
    for (const url of ["", String(undefined), "https://example.com/zone.js"]) assert.equal(documentIn(file, url), file);
  });

  it("another process keep the section that they have", () => {
    const message = withSection("it is closed", "closedCase");
    assert.equal(withSection(message, "failure"), message);
  });
});

describe("a source of the program", () => {
  it("ends each error of a user with a section", () => {
    const files = globSync("{components,onboarding,plugin}/**/*.ts", { cwd: root });
    const without = files.flatMap((file) => {
      const text = readFileSync(pathOf(file), "utf8");
      return [...text.matchAll(/new (?:pulumi\.)?RunError\((?!\s*(?:withSection|messageOfErrors)\()([^\n]*)/g)]
        .map(([, rest = ""]) => `${file}: ${rest}`)
        .concat([...text.matchAll(/lateUserError\((`[^`]*`|"[^"]*")\)/g)].map(([call]) => `${file}: ${call}`));
    });
    // These two get the whole message, with its section.
    assert.deepEqual(without, ["onboarding/checkArgs.ts: message);", "onboarding/laterValues.ts: message), {"]);
  });

  it("of care throws each error, so that one place prints it with its section", () => {
    const files = globSync("care/**/*.ts", { cwd: root }).map((file) => file.replaceAll("\\", "/"));
    const printing = files.filter((file) =>
      /console\.error\(|stderr\.write\(/.test(readFileSync(pathOf(file), "utf8")),
    );
    assert.deepEqual(printing.sort(), [
      // The findings that end a gate.
      "care/diff/command.ts",
      "care/exitCodes.ts",
      // The summary of a run, its progress, and a file that was removed.
      "care/fleet/options.ts",
      "care/fleet/stacks.ts",
      // The Node that is too old, whose message has its section.
      "care/main.ts",
      // Bugs, with their stack trace.
      "care/run.ts",
    ]);
  });

  it("logs a warning by the name that acknowledges it", () => {
    const files = globSync("{components,onboarding,plugin,google}/**/*.ts", { cwd: root });
    const logging = files.filter((file) => /\blog\.warn\(|\blogWarning\(/.test(readFileSync(pathOf(file), "utf8")));
    assert.deepEqual(logging.sort(), [
      "components/acknowledge.ts",
      // A check that could not be made.
      "components/deletions.ts",
      // Errors of the whole stack, which nobody can acknowledge: an operation on some resources shows them as warnings.
      "components/endOfProgram.ts",
      // A project that the config does not name.
      "components/foundProjects.ts",
      "components/log.ts",
      "components/readiness.ts",
      // A check that could not be made.
      "components/unrecordedAlerts.ts",
    ]);
  });

  it("is not said to come before anything is created, because each component only waits for its own checks", () => {
    const pages = globSync("{README.md,docs/**/*.md}", { cwd: root });
    const wrong = pages.filter((file) => /before anything\s+is\s+created/.test(readFileSync(pathOf(file), "utf8")));
    assert.deepEqual(wrong, []);
  });
});
