/** What the program's preview refuses of the test case. */
import type { ClosedProblem } from "../../../components/internal.ts";
import { doubts } from "../../case/stackCase.ts";
import type { StackCase } from "../../case/stackCase.ts";
import type { Finding } from "../finding.ts";
import type { Readings } from "../readings.ts";

export function testCaseFindings({ stack, testCase = {} }: Readings): Finding[] {
  const { resource = "", problem, classification, others, left } = testCase;
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
    ...(others?.value ?? []).flatMap((one) => inDoubt(one, key)),
    ...(left?.value ?? []).map(({ name }): Finding => ({
      id: "case-left",
      level: "error",
      where: name,
      what: "The case was created by an update that did not end, and is still open. The config has no test case any more, so pulumi up would delete the only record of it, and is refused.",
      remedy: `close it by care case close ${name}, or put ${key} back, run pulumi up, and then take it out`,
    })),
  ];
}

function caseUnchangeable(where: string, { problem, remedy }: ClosedProblem): Finding {
  return { id: "case-not-changeable", level: "error", where, what: sentence(problem), remedy };
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** A case in other words may be what the update goes on with, or be left alone. */
function inDoubt({ name, doubt }: StackCase, key: string): Finding[] {
  if (doubt === undefined) return [];
  const isRefused = doubt === "anotherLife";
  return [
    {
      id: "case-in-doubt",
      level: isRefused ? "error" : "warning",
      where: name,
      what: `The case is open, and ${doubts[doubt]}.${isRefused ? " pulumi up creates no test case while it is open." : ""}`,
      remedy: `write adopt: ${name} or ignoreCases: [${name}] in ${key}, or close it by care case close ${name}`,
    },
  ];
}
