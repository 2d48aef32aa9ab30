/**
 * The provider of the test case's resource, as the shim in ../dynamicCase.ts calls it. These names and
 * arguments stand in the state of every stack: they stay as they are from release to release.
 */
import type { InputProblem } from "./check.ts";
import type { Difference } from "./diff.ts";
import type { SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";
import { CaseProvider } from "./provider.ts";
import type { WithProvider } from "./provider.ts";
import type { Config } from "./write.ts";

export { fixed, sha256, version } from "./properties.ts";
export type {
  AdoptedCaseInputs,
  AttachmentFile,
  DefaultedField,
  FormerLife,
  MadeCaseInputs,
  SupportCaseInputs,
  SupportCaseOutputs,
} from "./properties.ts";
export { markerOf, ownerOf } from "./own.ts";
export type { Config } from "./write.ts";

/**
 * One for the process, as the text in the state hands nothing on from a check to a diff, and that text stays. Pulumi starts a process
 * for dynamic resources in each preview, update, refresh and destroy, and that process serves all cases of the stack. So what is
 * remembered here ends with the operation, and each case finds its own by its inputs.
 */
const provider = new CaseProvider();

export async function check(
  olds: Partial<SupportCaseInputs>,
  news: SupportCaseInputs,
  config?: Config,
): Promise<{ inputs: SupportCaseInputs; failures: InputProblem[] }> {
  return provider.check(olds, news, config);
}

/** @throws what an update would be refused for, as a closed case takes no change */
export function diff(_id: string, olds: SupportCaseOutputs, news: SupportCaseInputs): Promise<Difference> {
  return provider.diff(olds, news);
}

export async function create(
  inputs: SupportCaseInputs & WithProvider,
  config?: Config,
): Promise<{ id: string; outs: SupportCaseOutputs }> {
  return provider.create(inputs, config);
}

/** A case that is gone is answered without an id: the engine takes it out of the state. */
export async function read(
  id: string,
  properties: SupportCaseOutputs | undefined,
  config?: Config,
): Promise<{ id?: string; props?: SupportCaseOutputs }> {
  return provider.read(id, properties, config);
}

export async function update(
  id: string,
  olds: SupportCaseOutputs,
  news: SupportCaseInputs & WithProvider,
  config?: Config,
): Promise<{ outs: SupportCaseOutputs }> {
  return provider.update(id, olds, news, config);
}

async function remove(id: string, properties: SupportCaseOutputs, config?: Config): Promise<void> {
  return provider.delete(id, properties, config);
}
export { remove as delete };
