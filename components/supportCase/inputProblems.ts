/** What is wrong with the inputs, told in the preview. */
import { caseLanguageNames, casePriorityNames, caseChannels } from "../../guide/index.ts";
import type { SupportCaseInputs } from "./properties.ts";

/** What the engine passes in a preview for a value that is known only later. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface InputProblem {
  /** The engine prints this property's value: never one with personal data. */
  readonly property: keyof SupportCaseInputs;
  readonly reason: string;
}

export function inputProblems(inputs: SupportCaseInputs): InputProblem[] {
  const problems: InputProblem[] = [];
  const oneOf = (property: "priority" | "channel" | "language", names: readonly string[]) => {
    const value: string = inputs[property];
    if (value !== unknownValue && !names.includes(value))
      problems.push({ property, reason: `is not a ${property} of a case; write ${names.join(", ")}` });
  };
  if (inputs.parent !== unknownValue && !/^(projects|organizations)\/[^/]+$/.test(inputs.parent))
    problems.push({ property: "parent", reason: "must be projects/ID or organizations/NUMBER" });
  oneOf("priority", casePriorityNames);
  oneOf("channel", caseChannels);
  oneOf("language", caseLanguageNames);
  if (inputs.channel === "chat" && ![unknownValue, "en"].includes(inputs.language))
    problems.push({ property: "channel", reason: `chat is in English only, and the language is ${inputs.language}` });
  for (const property of ["classification", "displayName", "description"] as const)
    if (inputs[property].trim() === "") problems.push({ property, reason: "must not be blank" });
  return problems;
}
