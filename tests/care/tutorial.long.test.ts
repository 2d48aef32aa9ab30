/** The commands of docs/tutorial/firstStack.md on the local cloud, in order, with the page's own config and numbers. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { promisify } from "node:util";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { blocksOf, pathOf } from "../support/documents.ts";
import { readStackFile } from "../support/stackFile.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

const run = promisify(execFile);

const page = "docs/tutorial/firstStack.md";
const text = readFileSync(pathOf(page), "utf8").replace(/\s+/g, " ");
const ofPage = (language: string) => blocksOf(language).filter(({ place }) => place.startsWith(page));

/** Those that use the stack `local`; the run itself creates it. */
const commands = ofPage("sh")
  .flatMap((block) => block.text.split("\n"))
  .filter((command) => command.includes("--stack local") && !command.startsWith("pulumi stack"));

type Config = Record<string, unknown>;

describe("the tutorial's commands", () => {
  let local: LocalRun;
  let config: Config;
  beforeAll(async () => {
    const [block] = ofPage("yaml");
    config = readStackFile(block?.text ?? assert.fail("the tutorial has no config")).config as Config;
    local = await localRun({ name: "tutorial", stackName: "local", config });
  });
  afterAll(() => local.close());

  const withContact = (category: string): Config => {
    const changed = structuredClone(config) as Record<string, Record<string, { contacts: Config }>>;
    const shop = changed["customer-care:projects"]?.["shop-dev"] ?? assert.fail();
    shop.contacts[category] = ["security@example.com"];
    return changed;
  };

  /** The next command of the page, as a reader types it, with the answer that the page names. */
  const next = async (expected: string) => {
    const command = commands.shift() ?? assert.fail("the page has no more commands");
    assert.equal(command, expected);
    const { workDir, envVars } = local.stack.workspace;
    const typed = command
      .replace("npm run --silent care --", `'${process.execPath}' '${join(root, "care", "main.ts")}'`)
      .replace(/^pulumi (up|destroy)/, "pulumi $1 --yes");
    return run("sh", ["-c", typed], { cwd: workDir, env: { ...process.env, ...envVars } });
  };

  it("check, preview and deploy it", async () => {
    await next("npm run --silent care -- doctor --stack local");
    const { stdout } = await next("pulumi preview --stack local");
    const [, planned = ""] = /(\d+) to create/.exec(stdout) ?? [];
    assert.ok(text.includes(`shows ${planned} resources to create`), planned);
    await next("pulumi up --stack local");
    await next("pulumi preview --stack local --expect-no-changes");
  });

  it("show the error that the page shows, then create one contact", async () => {
    await local.setConfig(withContact("securty"));
    const failure = await next("pulumi preview --stack local").catch((error: unknown) => error as { stdout: string });
    const [, shown = ""] = /> (customer-care:projects\.shop-dev.*?) Write `security`/.exec(text) ?? [];
    assert.match(shown, /did you mean security/);
    assert.ok(failure.stdout.replace(/\s+/g, " ").includes(shown.replaceAll(" > ", " ")), failure.stdout);
    await local.setConfig(withContact("security"));
    const { steps } = await local.up();
    assert.equal(steps.filter((step) => step.startsWith("create ")).length, 1, steps.join("\n"));
  });

  it("write the report, and destroy it", async () => {
    await next("npm run --silent care -- report --stack local --file report.html");
    await next("pulumi destroy --stack local");
    assert.deepEqual(commands, []);
  });
});
