/** What the preview refuses of the test case is an error of `care doctor`, too, and of nothing else. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { jsonOf } from "../../care/doctor/examine.ts";
import { care } from "../support/care.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

const config = (testCase: object, projects: object = {}) => ({
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "customer-care:plan": "enhanced",
  "customer-care:projects": { "shop-dev": {}, ...projects },
  "customer-care:testCase": { project: "shop-dev", ...testCase },
});

const edits: Readonly<Record<string, object>> = {
  "nothing changes": {},
  "a default is written": { displayName: "Test" },
  "another title": { displayName: "Another title" },
  "another priority": { priority: "P3" },
  "a subscriber": { subscriberEmailAddresses: ["ada@example.com"] },
  "a comment": { comments: ["More"] },
  "a file": { attachments: ["README.md"] },
  "the case to stay open": { keepOpen: true },
  "another description": { description: "Another text" },
  "a case to adopt that does not exist": { adopt: "projects/shop-dev/cases/99999999" },
};

describe("a stack with a closed test case", () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({ name: "doctorCase", config: config({}) });
    // The program is in the clone, where it has this file; the doctor is in the folder of the stack.
    await writeFile(join(run.directory, "README.md"), "Notes");
    expect((await run.up()).failed).toBe(false);
  });
  afterAll(() => run.close());

  const caseErrors = async () => {
    const { stdout } = await care(run, ["doctor", "--json"]);
    const { findings } = JSON.parse(stdout) as ReturnType<typeof jsonOf>;
    return findings.filter(({ level, id }) => level === "error" && id.startsWith("case")).map(({ what }) => what);
  };

  for (const [edit, testCase] of Object.entries(edits))
    it(`has the same answer of the doctor and of the preview for ${edit}`, async () => {
      await run.setConfig(config(testCase));
      const { failed, messages } = await run.preview();
      const errors = await caseErrors();
      expect(errors.length, `${errors.join()}\n${messages.join("\n")}`).toBe(failed ? 1 : 0);
      for (const error of errors) expect(messages.join("\n").toLowerCase()).toContain(error.slice(0, -1).toLowerCase());
    });

  it("finds an open case with its text at the place that the test case moves to", async () => {
    const [own] = [...run.cloud.state.cases.values()].filter(({ testCase }) => testCase);
    expect(own).toBeDefined();
    const project = run.cloud.state.projects.get("pay-dev");
    if (own === undefined || project === undefined) throw new Error("the seed is another");
    const name = "projects/pay-dev/cases/777";
    project.services.set("cloudsupport.googleapis.com", { enabledAt: 0 });
    run.cloud.state.cases.set("777", { ...own, name, parent: project.name, state: "NEW", testCase: false });
    await run.setConfig(config({ project: "pay-dev" }, { "pay-dev": {} }));
    expect((await run.preview()).failed).toBe(true);
    expect(await caseErrors()).toEqual([expect.stringContaining("The case is open")]);
    run.cloud.state.cases.delete("777");
    expect((await run.preview()).failed).toBe(false);
    expect(await caseErrors()).toEqual([]);
  });
});
