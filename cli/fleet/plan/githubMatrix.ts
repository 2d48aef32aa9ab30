/** The matrix of a GitHub Actions workflow: a job for each stack. */
import { UsageError } from "../../userError.ts";
import type { Plan } from "./plan.ts";

/** Source: https://docs.github.com/en/actions/reference/limits, "Job matrix" */
const mostJobs = 256;

/** For `strategy.matrix`, by `fromJSON`. */
export function githubMatrix({ stacks }: Plan): string {
  if (stacks.length > mostJobs)
    throw new UsageError(
      `a matrix has ${String(mostJobs)} jobs at most, and the fleet ${String(stacks.length)} stacks; write another --format`,
    );
  return `${JSON.stringify({ stack: stacks })}\n`;
}
