/** What the program's preview refuses of a test case that is to be made. */
import { doubts } from "../../case/stackCase.ts";
import type { Finding } from "../finding.ts";
import type { Readings } from "../readings.ts";

export function testCaseFindings({ stack, testCase }: Readings): Finding[] {
  if (testCase === undefined) return [];
  const { resource, classification, others } = testCase;
  const missing: Finding[] =
    classification.value === undefined
      ? []
      : [
          {
            id: "classification-not-found",
            level: "error",
            where: resource,
            what: `${classification.value.charAt(0).toUpperCase()}${classification.value.slice(1)}.`,
            remedy: `correct ${stack.project}:testCase.classification`,
          },
        ];
  const foreign = (others.value ?? []).flatMap(({ name, doubt }): Finding[] =>
    doubt === undefined
      ? []
      : [
          {
            id: "case-in-doubt",
            level: "error",
            where: name,
            what: `The case is open, and ${doubts[doubt]}. pulumi up creates no test case while it is open.`,
            remedy: `write adopt: ${name} or ignoreCases: [${name}] in ${stack.project}:testCase, or close it by care case close ${name}`,
          },
        ],
  );
  return [...missing, ...foreign];
}
