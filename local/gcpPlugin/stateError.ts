import type { State } from "./resourceType.ts";

/** An error that tells what it left: what was half made, or what a change that failed did not touch. */
export class StateError extends Error {
  readonly state: State;

  constructor(message: string, state: State) {
    super(message);
    this.name = "StateError";
    this.state = state;
  }
}
