/** A stack's cases, and the client to read and write them with: the credentials are those of the stack's `gcp:` config. */
import { createTransport, readGoogleSettings, supportApi } from "../../google/index.ts";
import type { SupportApi } from "../../google/index.ts";
import { casesLeftBehind } from "./leftBehind.ts";
import { readStack } from "./stack.ts";
import type { StackOptions } from "./stack.ts";
import type { StackCase } from "./stackCase.ts";
import { casesOfState } from "./state.ts";

export interface CaseStack {
  /** The stack's name. */
  readonly name: string;
  readonly api: SupportApi;
  readonly inState: readonly StackCase[];
  /** Asks Google. */
  leftBehind(): Promise<readonly StackCase[]>;
}

/** @throws UserError */
export async function openCaseStack(options: StackOptions): Promise<CaseStack> {
  const contents = await readStack(options);
  const state = casesOfState(contents.deployment);
  const api = supportApi(createTransport(readGoogleSettings((key) => contents.config[key])));
  return {
    name: contents.name,
    api,
    inState: state.cases,
    leftBehind: () => casesLeftBehind(api, contents, state),
  };
}
