/** What the stack and the others of its backend have in their states, by Pulumi's Automation API. */
import pLimit from "p-limit";
import { casesOfState, recordedCase } from "../case/state.ts";
import type { RecordedCase, StateCases } from "../case/state.ts";
import { claimsOf, contactsOf, urnsOf } from "./claims.ts";
import type { Claim, ContactInState } from "./claims.ts";
import { failure } from "./readStack.ts";
import { managedOf } from "./managed.ts";
import type { Managed } from "./managed.ts";
import type { StackReading } from "./readStack.ts";

export interface OtherStack {
  readonly name: string;
  /** Undefined where its state cannot be read. */
  readonly claims: readonly Claim[] | undefined;
}

export interface StatesReading {
  /** Of the stack itself. */
  readonly claims: readonly Claim[];
  /** The contacts of the stack itself. */
  readonly contacts: readonly ContactInState[];
  /** What the stack itself has for its config. */
  readonly managed: readonly Managed[];
  /** All that the stack itself has. */
  readonly urns: ReadonlySet<string>;
  readonly others: readonly OtherStack[];
  /** The cases of the stack itself, and what its state knows of others. */
  readonly cases: StateCases;
  /** The program's test case, as the last update recorded it. */
  readonly testCase: RecordedCase | undefined;
}

/** The name that index.ts gives the program's component. */
export const programName = "customer-care";

/** How many states are read at once: each read is a process of its own. */
const atOnce = 4;

/** @throws UsageError where the stack's own state cannot be read */
export async function readStates({ command, workspace, name, others }: StackReading): Promise<StatesReading> {
  const limit = pLimit(atOnce);
  const stateOf = (stack: string) =>
    limit(async (): Promise<unknown> => (await workspace.exportStack(stack)).deployment);
  const [state, ...claimsOfOthers] = await Promise.all([
    stateOf(name).catch(failure(command, `the state of ${name} cannot be read`)),
    ...others.map((other) =>
      stateOf(other)
        .then(claimsOf)
        .catch(() => undefined),
    ),
  ]);
  return {
    claims: claimsOf(state),
    contacts: contactsOf(state),
    managed: managedOf(state, programName),
    urns: urnsOf(state),
    cases: casesOfState(state),
    testCase: recordedCase(state, `${programName}/testCase`),
    others: others.map((other, index) => ({ name: other, claims: claimsOfOthers[index] })),
  };
}
