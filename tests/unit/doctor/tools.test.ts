/** The versions of Node and Pulumi, as `care doctor` judges them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "vitest";
import { parse } from "yaml";
import { machineNode, toolFindings } from "../../../care/doctor/checks/tools.ts";

const { requiredPulumiVersion } = parse(readFileSync(new URL("../../../Pulumi.yaml", import.meta.url), "utf8")) as {
  readonly requiredPulumiVersion: string;
};

const good = { node: "24.0.0", pulumi: "3.276.0", requiredPulumi: requiredPulumiVersion };
const found = (given: { node?: string; pulumi?: string; requiredPulumi?: string | undefined }) =>
  toolFindings({ ...good, ...given }).map(({ id, what }) => `${id}: ${what}`);

describe("the versions of the tools", () => {
  it("of Node are those that run the program", () => {
    for (const node of ["22.18.0", "23.6.0", "24.21.0"]) assert.deepEqual(found({ node }), []);
    for (const node of ["18.20.8", "20.20.2", "22.17.1", "23.5.0"])
      assert.deepEqual(found({ node }), [
        `node-too-old: The program needs Node 22.18 or later, and this is Node ${node}.`,
      ]);
  });

  it("of Pulumi are those that Pulumi.yaml requires", () => {
    for (const pulumi of ["3.259.0", "3.259.1", "v3.276.0", "4.0.0", "3.260.0-alpha.1"])
      assert.deepEqual(found({ pulumi }), []);
    for (const pulumi of ["3.258.9", "v3.100.0", "2.300.0"])
      assert.deepEqual(found({ pulumi }), [
        `pulumi-too-old: The program needs Pulumi 3.259.0 or later, and this is Pulumi ${pulumi.replace(/^v/, "")}.`,
      ]);
  });

  it("of Pulumi are compared with any range, and not with one that cannot be read", () => {
    const tooOld = ["pulumi-too-old: The program needs Pulumi 3.259.0 or later, and this is Pulumi 3.258.0."];
    for (const requiredPulumi of [">= 3.259.0", ">=3.259.0 <4.0.0", "^3.259.0", ">=3.259.0 <3.260.0 || >=3.261.0"])
      assert.deepEqual(found({ pulumi: "3.258.0", requiredPulumi }), tooOld);
    assert.deepEqual(found({ pulumi: "4.0.0", requiredPulumi: "^3.259.0" }), []);
    for (const requiredPulumi of [undefined, "", "newest"])
      assert.deepEqual(found({ pulumi: "3.258.0", requiredPulumi }), []);
  });

  it("are the machine's, where npm run uses a later Node", () => {
    assert.equal(machineNode({ CUSTOMER_CARE_MACHINE_NODE: "20.20.2" }), "20.20.2");
    assert.equal(machineNode({}), process.versions.node);
  });
});
