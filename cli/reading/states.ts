/** What the stack and the others of its backend have in their states, by Pulumi's Automation API. */
import pLimit from "p-limit";
import { claimsOf } from "./claims.ts";
import type { Claim } from "./claims.ts";
import { failureOf } from "./stack.ts";
import type { StackReading } from "./stack.ts";

export interface OtherStack {
  readonly name: string;
  /** Undefined where its state cannot be read. */
  readonly claims: readonly Claim[] | undefined;
}

export interface StatesReading {
  /** Of the stack itself. */
  readonly claims: readonly Claim[];
  readonly others: readonly OtherStack[];
}

/** How many states are read at once: each read is a process of its own. */
const atOnce = 4;

/** @throws UsageError where the stack's own state cannot be read */
export async function readStates({ command, workspace, name, others }: StackReading): Promise<StatesReading> {
  const limit = pLimit(atOnce);
  const claimsIn = (stack: string) => limit(async () => claimsOf((await workspace.exportStack(stack)).deployment));
  const [claims, ...claimsOfOthers] = await Promise.all([
    claimsIn(name).catch(failureOf(command, `the state of ${name} cannot be read`)),
    ...others.map((other) => claimsIn(other).catch(() => undefined)),
  ]);
  return { claims, others: others.map((other, index) => ({ name: other, claims: claimsOfOthers[index] })) };
}
