/** Reads the states of the stack and of the others in its backend, with Pulumi's Automation API. */
import pLimit from "p-limit";
import { casesOfState, recordedCase } from "../case/state.ts";
import type { RecordedCase, StateCases } from "../case/state.ts";
import { claimsOf, contactsOf, urnsOf } from "./claims.ts";
import type { Claim, ContactInState } from "./claims.ts";
import { failure } from "./readStack.ts";
import { channelsOf, channelsOfAny, managedByAny, managedOf } from "./managed.ts";
import type { ChannelInState, Managed } from "./managed.ts";
import type { StackReading } from "./readStack.ts";

export interface OtherStack {
  readonly name: string;
  /** Undefined if its state cannot be read. */
  readonly claims: readonly Claim[] | undefined;
  /** Its resources of this package's types, of any component. Absent if its state cannot be read. */
  readonly managed?: readonly Managed[] | undefined;
  /** Its notification channels, of any component. Absent if its state cannot be read. */
  readonly channels?: readonly ChannelInState[] | undefined;
}

export interface StatesReading {
  /** The claims of the stack itself. */
  readonly claims: readonly Claim[];
  /** The contacts of the stack itself. */
  readonly contacts: readonly ContactInState[];
  /** The notification channels that the stack has created. */
  readonly channels: readonly ChannelInState[];
  /** The stack's own resources for its config. */
  readonly managed: readonly Managed[];
  /** All resources of the stack itself. */
  readonly urns: ReadonlySet<string>;
  readonly others: readonly OtherStack[];
  /** The stack's own cases, and the places of others in its state. */
  readonly cases: StateCases;
  /** The program's test case, as the last update recorded it. */
  readonly testCase: RecordedCase | undefined;
}

/** The name of the program's component in index.ts. */
export const programName = "customer-care";

/** How many states are read at once: each read is a process of its own. */
const atOnce = 4;

/** @throws UsageError if the stack's own state cannot be read */
export async function readStates({ command, workspace, name, others }: StackReading): Promise<StatesReading> {
  const limit = pLimit(atOnce);
  const stateOf = (stack: string) =>
    limit(async (): Promise<unknown> => (await workspace.exportStack(stack)).deployment);
  const [state, ...ofOthers] = await Promise.all([
    stateOf(name).catch(failure(command, `the state of ${name} cannot be read`)),
    ...others.map((other) =>
      stateOf(other)
        .then((deployment) => ({
          claims: claimsOf(deployment),
          managed: managedByAny(deployment),
          channels: channelsOfAny(deployment),
        }))
        .catch(() => undefined),
    ),
  ]);
  return {
    claims: claimsOf(state),
    contacts: contactsOf(state),
    channels: channelsOf(state, programName),
    managed: managedOf(state, programName),
    urns: urnsOf(state),
    cases: casesOfState(state),
    testCase: recordedCase(state, `${programName}/testCase`),
    others: others.map((other, index) => ({ name: other, claims: undefined, ...ofOthers[index] })),
  };
}
