/**
 * The functions that the shim in ../dynamicCase.ts calls. The state of every stack contains these names and arguments, so they
 * must never change.
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
 * One provider for the process, because the shim in the state cannot pass data from check to diff. Pulumi starts one process
 * for dynamic resources in each preview, update, refresh and destroy, for all cases of the stack. So the provider's memory ends
 * with the operation, and each case finds its entries by its inputs.
 */
const provider = new CaseProvider();

export async function check(
  olds: Partial<SupportCaseInputs>,
  news: SupportCaseInputs,
  config?: Config,
): Promise<{ inputs: SupportCaseInputs; failures: InputProblem[] }> {
  return provider.check(olds, news, config);
}

/** @throws Error if the update would change a closed case */
export function diff(_id: string, olds: SupportCaseOutputs, news: SupportCaseInputs): Promise<Difference> {
  return provider.diff(olds, news);
}

export async function create(
  inputs: SupportCaseInputs & WithProvider,
  config?: Config,
): Promise<{ id: string; outs: SupportCaseOutputs }> {
  return provider.create(inputs, config);
}

/** Returns no ID if the case no longer exists. The engine then removes it from the state. */
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
