import { Command } from "commander";
import { exitCodes } from "../exitCodes.ts";
import { styled } from "../terminal.ts";
import { openCaseStack } from "./caseStack.ts";
import { findCase } from "./openCase.ts";
import { action, examples } from "./options.ts";
import { localTime, oneLine, printJson, styledState, table } from "./output.ts";
import { recordOf } from "./record.ts";
import type { CaseRecord } from "./record.ts";
import type { StackCase } from "./stackCase.ts";

/** A case that the state has and Google has not. */
interface GoneCase extends StackCase {
  readonly state: null;
}

export function listCommand(): Command {
  return new Command("list")
    .description("List the stack's cases as they are now, and open ones that an update left behind")
    .addHelpText("after", examples("list", "list --stack prod --json"))
    .action(
      action<object, []>(async (options) => {
        const stack = await openCaseStack(options);
        const cases = [...stack.inState, ...(await stack.leftBehind())];
        const records = await Promise.all(
          cases.map(async (one): Promise<CaseRecord | GoneCase> => {
            const found = await findCase(stack.api, one);
            return found === undefined ? { ...one, state: null } : recordOf(one, found);
          }),
        );
        const findings = findingsOf(records);
        if (options.json) printJson({ stack: stack.name, cases: records });
        else if (records.length === 0) console.log(`Stack ${stack.name} has no case.`);
        else console.log([table(heading, records.map(row)), ...findings].join("\n"));
        if (findings.length > 0) process.exitCode = exitCodes.failedOrFindings;
      }),
    );
}

const heading = ["CASE", "STATE", "PRIORITY", "TITLE", "UPDATED", "NAME"];

function row(record: CaseRecord | GoneCase): string[] {
  const { resource, name } = record;
  if (record.state === null) return [resource, styledState("gone"), "", "", "", name];
  const state = styledState(record.state) + (record.escalated ? ", escalated" : "");
  return [resource, state, record.priority, shortened(oneLine(record.displayName)), localTime(record.updateTime), name];
}

function shortened(title: string): string {
  return title.length > 50 ? `${title.slice(0, 49)}…` : title;
}

/** What a person has to see to. */
function findingsOf(records: readonly (CaseRecord | GoneCase)[]): string[] {
  const finding = (is: (record: CaseRecord | GoneCase) => boolean, what: string) => {
    const names = records.filter(is).map(({ name }) => name);
    return names.length === 0 ? [] : [`${styled("yellow", `${names.join(", ")}:`)} ${what}`];
  };
  return [
    ...finding(
      ({ leftBehind }) => leftBehind,
      "open, of this stack, and in no state. The next `pulumi up` that creates the resource goes on with it or closes it; " +
        "`care case close` closes it now.",
    ),
    ...finding(({ state }) => state === null, "gone. `pulumi refresh` takes it out of the state."),
  ];
}
