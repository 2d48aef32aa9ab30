/** What the program's preview refuses of a test case that is to be made, or that the config has no more. */
import { doubts } from "../../case/stackCase.ts";
import type { StackCase } from "../../case/stackCase.ts";
import type { Finding } from "../finding.ts";
import type { Readings } from "../readings.ts";

export function testCaseFindings({ stack, testCase = {} }: Readings): Finding[] {
  const { resource = "", classification, others, left } = testCase;
  const key = `${stack.project}:testCase`;
  const missing = classification?.value;
  return [
    ...(missing === undefined
      ? []
      : [
          {
            id: "classification-not-found" as const,
            level: "error" as const,
            where: resource,
            what: `${missing.charAt(0).toUpperCase()}${missing.slice(1)}.`,
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
