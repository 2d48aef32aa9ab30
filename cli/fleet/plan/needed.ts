import { UsageError } from "../../userError.ts";
import type { Plan } from "./plan.ts";

const examples = { repository: "https://github.com/octo-org/care.git", organization: "octo-org" };

/** A name in Pulumi Cloud: it becomes a part of a path. */
const organizationName = /^[A-Za-z0-9_-]+$/;

/** @throws UsageError where the option is not written, or empty, or cannot be */
export function needed(plan: Plan, option: keyof typeof examples): string {
  const value = plan[option];
  if (!value)
    throw new UsageError(`this --format needs --${option}; write one such as --${option} ${examples[option]}`);
  if (option === "organization" && !organizationName.test(value))
    throw new UsageError(
      `--${option}: ${JSON.stringify(value)} is not an organization's name; write one such as ${examples[option]}`,
    );
  return value;
}
