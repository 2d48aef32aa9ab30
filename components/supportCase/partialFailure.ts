import type { SupportCaseOutputs } from "./properties.ts";

/**
 * The error that hands to the engine what is already made, although a later step failed: the case is in the state, and
 * the next update goes on from there. The engine shows the reasons alone, and needs the provider's text among the
 * properties for a later refresh or destroy.
 */
export function partialFailure(outputs: SupportCaseOutputs, provider: unknown, reason: string): Error {
  const properties = provider === undefined ? outputs : { ...outputs, __provider: provider };
  return Object.assign(new Error(reason), { id: outputs.name, properties, reasons: [reason] });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
