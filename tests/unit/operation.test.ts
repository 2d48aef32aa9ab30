/** What a command line of Pulumi does with the program (components/operation.ts). */
import assert from "node:assert/strict";
import { it } from "vitest";
import { operationIn } from "../../components/operation.ts";

const urn = "urn:pulumi:dev::customer-care::gcp:projects/service:Service::any";

for (const [words, expected] of [
  ["up", "whole"],
  ["up --yes --skip-preview --refresh", "whole"],
  [`up --replace ${urn}`, "whole"],
  ["up --plan plan.json", "whole"],
  ["preview --stack target", "whole"],
  ["", "whole"],
  [`up --target ${urn} --target-dependents`, "partial"],
  [`preview -t ${urn}`, "partial"],
  [`up --target=${urn}`, "partial"],
  [`up --target-replace ${urn}`, "partial"],
  [`--cwd destroy up --exclude ${urn}`, "partial"],
  ["destroy --run-program --yes", "destroy"],
  [`destroy --target ${urn}`, "destroy"],
  ["-C up refresh --run-program", "refresh"],
] as const)
  it(`pulumi ${words} is ${expected}`, () => {
    assert.equal(operationIn(words.split(" ")), expected);
  });

it("pulumi takes flags from the environment too", () => {
  assert.equal(operationIn(["up"], { PULUMI_OPTION_TARGET: urn }), "partial");
  assert.equal(operationIn(["up"], { PULUMI_OPTION_TARGET: "" }), "whole");
});
