/** Which case of the stack is meant. */
import { UserError } from "../userError.ts";
import type { CaseStack } from "./caseStack.ts";
import type { StackCase } from "./stackCase.ts";

/**
 * The one case that is meant: of the state, else of those left behind.
 *
 * @param given What the operator wrote. Without it, the stack must have one case.
 * @throws UserError that names the cases there are
 */
export async function chooseCase(stack: Pick<CaseStack, "name" | "inState" | "leftBehind">, given?: string) {
  const [only, ...others] = candidates(stack.inState, given);
  if (only !== undefined) return theOne([only, ...others], given);
  const left = await stack.leftBehind();
  const [leftOnly, ...leftOthers] = candidates(left, given);
  if (leftOnly !== undefined) return theOne([leftOnly, ...leftOthers], given);
  const all = [...stack.inState, ...left];
  if (all.length === 0) throw new UserError(`stack ${stack.name} has no case`);
  throw new UserError(
    `stack ${stack.name} has no case ${JSON.stringify(given)}; write ${namesOf(all)} (\`care case list\` shows them)`,
  );
}

/**
 * The cases that a text may mean: by the resource's whole name, or the case's own where two resources share a name;
 * else by the last part of the resource's name. All of them, without a text.
 */
export function candidates(cases: readonly StackCase[], given?: string): readonly StackCase[] {
  if (given === undefined) return cases;
  const exact = cases.filter(({ resource, name }) => resource === given || name === given);
  return exact.length > 0 ? exact : cases.filter(({ resource }) => resource.split("/").at(-1) === given);
}

function theOne([only, ...others]: readonly [StackCase, ...StackCase[]], given: string | undefined): StackCase {
  if (others.length === 0) return only;
  const what = given === undefined ? "the stack has several cases" : `${JSON.stringify(given)} may be several cases`;
  throw new UserError(`${what}; write ${namesOf([only, ...others])}`);
}

/** The names by which each can be told from the others. */
function namesOf(cases: readonly StackCase[]): string {
  return cases
    .map((one) => (cases.some((other) => other !== one && other.resource === one.resource) ? one.name : one.resource))
    .join(" or ");
}
