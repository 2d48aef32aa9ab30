/** Finds the case of the stack that the operator means. */
import { UserError } from "../userError.ts";
import type { CaseStack } from "./caseStack.ts";
import { doubts } from "./stackCase.ts";
import type { StackCase } from "./stackCase.ts";

/**
 * The one case of the state that the operator means, else the one left behind. A case that may be somebody else's must be given by
 * its full name.
 *
 * @param given What the operator wrote. Without it, the stack must have one case.
 * @throws UserError that names the cases there are
 */
export async function chooseCase(stack: Pick<CaseStack, "name" | "inState" | "leftBehind">, given?: string) {
  const [only, ...others] = candidates(stack.inState, given);
  if (only !== undefined) return theOne([only, ...others], given);
  const left = await stack.leftBehind();
  const named = left.find(({ name }) => name === given);
  if (named !== undefined) return named;
  const [own, doubtful] = [left.filter(({ doubt }) => doubt === undefined), left.filter((one) => one.doubt)];
  const [leftOnly, ...leftOthers] = candidates(own, given);
  if (leftOnly !== undefined) return theOne([leftOnly, ...leftOthers], given);
  const meant = candidates(doubtful, given);
  if (meant.length > 0) throw new UserError(`stack ${stack.name}: ${meant.map(doubtOf).join("; ")}`);
  const all = [...stack.inState, ...own];
  if (all.length === 0) throw new UserError(`stack ${stack.name} has no case`);
  throw new UserError(
    `stack ${stack.name} has no case ${JSON.stringify(given)}; write ${namesOf(all)} (\`care case list\` shows them)`,
  );
}

/** Why nothing is sent to a case that may be somebody else's and that the operator did not name by its full name. */
function doubtOf({ name, doubt }: StackCase): string {
  const why = doubt === undefined ? "" : doubts[doubt];
  return `${name} may not be this stack's: it is ${why}. Nothing was sent; write ${name} if that case is meant`;
}

/**
 * The cases that a text may mean: by the resource's whole name, or by the case's own if two resources share a name;
 * else by the last part of the resource's name. Without a text, all of them.
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

/** A name for each that is unique among them. */
function namesOf(cases: readonly StackCase[]): string {
  return cases
    .map((one) => (cases.some((other) => other !== one && other.resource === one.resource) ? one.name : one.resource))
    .join(" or ");
}
