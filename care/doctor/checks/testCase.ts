/** Problems with the test case for which the preview fails. */
import type { ClosedProblem } from "../../../components/internal.ts";
import { capitalized } from "../../../text/index.ts";
import { doubts } from "../../case/stackCase.ts";
import type { StackCase } from "../../case/stackCase.ts";
import type { Finding } from "../finding.ts";
import type { Readings } from "../readings.ts";

export function testCaseFindings({ stack, testCase = {} }: Readings): Finding[] {
  const { resource = "", problem, classification, others, isNew = false, left } = testCase;
  const key = `${stack.project}:testCase`;
  const missing = classification?.value;
  return [
    ...(problem?.value === undefined ? [] : [caseUnchangeable(resource, problem.value)]),
    ...(missing === undefined
      ? []
      : [
          {
            id: "classification-not-found" as const,
            level: "error" as const,
            where: resource,
            what: sentence(missing),
            remedy: `correct ${key}.classification`,
          },
        ]),
    ...(others?.value ?? []).flatMap((one) => inDoubt(one, key, isNew)),
    ...(left?.value ?? []).map(({ name }): Finding => ({
      id: "case-left",
      level: "error",
      where: name,
      what: "An interrupted update created the case, and it is still open. The config has no test case any more. pulumi up fails, since it would delete the only record of the case.",
      remedy: `close it by care case close ${name}, or restore ${key}, run pulumi up, and then remove it`,
    })),
  ];
}

function caseUnchangeable(where: string, { problem, remedy }: ClosedProblem): Finding {
  return { id: "case-not-changeable", level: "error", where, what: sentence(problem), remedy };
}

const sentence = (text: string) => `${capitalized(text)}.`;

/** A case of unclear origin: the update may take it over, or not touch it. If the state has another case, nobody closes this one. */
function inDoubt({ name, doubt }: StackCase, key: string, isNew: boolean): Finding[] {
  if (doubt === undefined) return [];
  const isRefused = isNew && doubt === "anotherLife";
  const rest = isNew
    ? isRefused
      ? " pulumi up creates no test case while it is open."
      : ""
    : " The state has another test case.";
  const ignore = `ignoreCases: [${name}] in ${key}`;
  return [
    {
      id: "case-in-doubt",
      level: isRefused ? "error" : "warning",
      where: name,
      what: `The case is open, and ${doubts[doubt]}.${rest}`,
      remedy: isNew
        ? `write adopt: ${name} or ${ignore}, or close it by care case close ${name}`
        : `close it by care case close ${name} if it is yours, or write ${ignore}`,
    },
  ];
}
