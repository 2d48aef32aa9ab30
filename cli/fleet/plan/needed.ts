import { UsageError } from "../../userError.ts";
import type { Plan } from "./plan.ts";

const examples = { repository: "https://github.com/octo-org/care.git", organization: "octo-org" };

/** @throws UsageError where the option is not written */
export function needed(plan: Plan, option: keyof typeof examples): string {
  const value = plan[option];
  if (value === undefined)
    throw new UsageError(`this --format needs --${option}; write one such as --${option} ${examples[option]}`);
  return value;
}
