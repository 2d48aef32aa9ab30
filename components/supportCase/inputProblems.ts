/** What is wrong with the inputs, told in the preview. */
import { caseChannels, caseLanguageNames, casePriorityNames } from "../../guide/index.ts";
import { unknownValue } from "../engineValues.ts";
import { isAdopted, valueOf } from "./properties.ts";
import type { AdoptedCaseInputs, MadeCaseInputs, SupportCaseInputs } from "./properties.ts";

export interface InputProblem {
  /**
   * The engine prints this property's name and value: one that the user has a key for, and never one with personal data. Empty
   * where there is none: the reason says where then.
   */
  readonly property: keyof MadeCaseInputs | keyof AdoptedCaseInputs | "";
  readonly reason: string;
}

export function inputProblems(inputs: SupportCaseInputs): InputProblem[] {
  const problems: InputProblem[] = [];
  const add = (property: InputProblem["property"], reason: string) => problems.push({ property, reason });
  const known = (property: "priority" | "channel" | "language") => {
    const value = valueOf(inputs, property);
    return value === unknownValue ? undefined : value;
  };
  const oneOf = (property: "priority" | "channel" | "language", names: readonly string[]) => {
    const value = known(property);
    if (value !== undefined && !names.includes(value as string))
      add(property, `is not a ${property} of a case; write ${names.join(", ")}`);
  };
  if (inputs.parent !== unknownValue && !/^(projects|organizations)\/[^/]+$/.test(inputs.parent))
    add("parent", "must be projects/ID or organizations/NUMBER");
  oneOf("priority", casePriorityNames);
  oneOf("channel", caseChannels);
  oneOf("language", caseLanguageNames);
  if (known("channel") === "chat" && ![undefined, "en"].includes(known("language") as string | undefined))
    add("channel", `chat is in English only, and the language is ${String(known("language"))}`);
  for (const property of ["classification", "displayName", "description"] as const) {
    const value = valueOf(inputs, property);
    if (typeof value === "string" && value.trim() === "") add(property, "must not be blank");
  }
  if (isAdopted(inputs) && inputs.adopt !== unknownValue && inputs.parent !== unknownValue)
    problems.push(...adoptProblems(inputs));
  return problems;
}

function adoptProblems({ adopt, parent }: AdoptedCaseInputs): InputProblem[] {
  if (!/^(projects|organizations)\/[^/]+\/cases\/[^/]+$/.test(adopt))
    return [{ property: "adopt", reason: "must be projects/ID/cases/CASE or organizations/NUMBER/cases/CASE" }];
  const isNumber = /^projects\/\d+\//.test(adopt);
  // A project's number and its id are the same project's: the API tells later.
  return isNumber || adopt.startsWith(`${parent}/cases/`)
    ? []
    : [{ property: "adopt", reason: `must be a case of ${parent}, for which the test case is configured` }];
}
