/** A user's mistake, as the command line writes it: one error, once, by a key that the user has, without a stack trace. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { markerOf } from "../../components/supportCase/index.ts";
import { commandLine } from "../support/commandLine.ts";
import { oneCase } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

/** What the command line lists at its end, each message of each resource. */
const diagnosticsOf = (text: string) => /\nDiagnostics:\n(.*?)(?:\n(?:Outputs|Resources):|$)/s.exec(text)?.[1] ?? text;

/** What the preview, and the update without one, write of the error. */
async function errorsOf(run: LocalRun): Promise<readonly string[]> {
  const texts = [];
  for (const words of [["preview"], ["up", "--yes", "--skip-preview"]]) {
    const { code, text } = await commandLine(run, ...words);
    assert.notEqual(code, 0, text);
    assert.doesNotMatch(text, /^\s+at .*:\d+:\d+|unhandled|property parent|Error: /m);
    texts.push(diagnosticsOf(text));
  }
  return texts;
}

function assertOnce(texts: readonly string[], ...parts: readonly string[]): void {
  for (const text of texts) for (const part of parts) assert.equal(text.split(part).length - 1, 1, `${part}: ${text}`);
}

describe("an error of the user's", () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({ name: "errorsOnce", config: oneCase() });
    const { failed, messages } = await run.up();
    assert.equal(failed, false, messages.join("\n"));
  });
  afterAll(() => run.close());

  it("about a closed case that is to be changed is written once", async () => {
    await run.setConfig(oneCase({ displayName: "Other" }));
    assertOnce(await errorsOf(run), "is closed, and a closed case cannot be changed", 'displayName (got "Other"');
  });

  it("about a classification, a project or the gcp config that is wrong is written once", async () => {
    await run.setConfig(oneCase({ classification: "Nothing > At > All" }));
    assertOnce(await errorsOf(run), "was not found; the closest are");

    const config = oneCase();
    const projects = config["customer-care:projects"];
    await run.setConfig({ ...config, "customer-care:projects": { ...projects, "no-such-project": {} } });
    assertOnce(
      await errorsOf(run),
      'customer-care:projects.no-such-project: the project "no-such-project" does not exist',
    );

    await run.setConfig({ ...config, "gcp:impersonateServiceAccountDelegates": "bot@shop-dev.example" });
    assertOnce(await errorsOf(run), "gcp:impersonateServiceAccountDelegates: ", '"bot@shop-dev.example" is not a list');
  });

  it("about a place and about the test case are written together", async () => {
    const withPlace = (testCase: Readonly<Record<string, unknown>>) => {
      const config = oneCase(testCase);
      const projects = { ...config["customer-care:projects"], "no-such-project": {} };
      return { ...config, "customer-care:projects": projects };
    };
    const place = 'customer-care:projects.no-such-project: the project "no-such-project" does not exist';
    await run.setConfig(withPlace({ classification: "Nothing > At > All" }));
    assertOnce(
      await errorsOf(run),
      place,
      'customer-care:testCase.classification: classification "Nothing > At > All" was not found; the closest are',
    );
    await run.setConfig(withPlace({ adopt: "projects/shop-dev/cases/99999999" }));
    assertOnce(
      await errorsOf(run),
      place,
      "customer-care:testCase: case projects/shop-dev/cases/99999999 was not found; write the name of a case in the API",
    );
    await run.setConfig(withPlace({ displayName: "Other" }));
    assertOnce(
      await errorsOf(run),
      place,
      "is closed, and a closed case cannot be changed",
      'displayName (got "Other"',
    );
  });

  it("about files and other keys of the test case is written with all others", async () => {
    const escalation = { reason: "businessImpact", justification: "Nobody can pay" };
    const testCase = { attachments: ["Pulumi.dev.yaml", "no.txt"], escalation, priority: "P1" };
    await run.setConfig({ ...oneCase(testCase), "customer-care:plan": "standard" });
    assertOnce(
      await errorsOf(run),
      "customer-care:testCase.escalation: requires Enhanced or Premium Support (plan is standard)",
      'customer-care:testCase.priority: "P1" requires Enhanced or Premium Support (plan is standard)',
      'customer-care:testCase.attachments[0]: "Pulumi.dev.yaml" is one of Pulumi\'s files',
      'customer-care:testCase.attachments[1]: "no.txt" does not exist',
    );
  });

  it("about a case of another life is named by the config's key", async (t) => {
    const other = await localRun({ name: "errorsOnceOther", cloud: run.cloud, config: oneCase() });
    t.onTestFinished(() => other.close());
    const [like = assert.fail()] = other.cloud.state.cases.values();
    const name = "projects/shop-dev/cases/60000000";
    const marker = markerOf("organization/customer-care/test", "customer-care/testCase", "a former life");
    const description = `Test issue\n\n${marker}`;
    other.cloud.state.cases.set("60000000", {
      ...structuredClone(like),
      name,
      description,
      state: "NEW",
      testCase: true,
    });
    const { code, text } = await commandLine(other, "preview");
    assert.notEqual(code, 0, text);
    assertOnce(
      [diagnosticsOf(text)],
      `has a problem: customer-care:testCase: ${name} is open and has this stack's name`,
    );
    assert.doesNotMatch(text, /property parent/);
  });

  it("in a refresh that Google refuses is written once", async () => {
    await run.setConfig(oneCase());
    run.cloud.faults.add({ match: { service: "cloudsupport.googleapis.com" }, effect: { error: { code: 400 } } });
    const { code, text } = await commandLine(run, "refresh", "--yes", "--skip-preview");
    assert.notEqual(code, 0, text);
    assert.equal(diagnosticsOf(text).split("cases/").length - 1, 1, text);
    assert.doesNotMatch(text, /^\s+at .*:\d+:\d+/m);
    run.cloud.faults.clear();
  });
});
