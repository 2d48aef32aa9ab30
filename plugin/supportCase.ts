/**
 * The case's provider for the engine: the same life of a case as behind the dynamic resource, with secrets unwrapped on the
 * way in and wrapped on the way out.
 */
import type * as pulumi from "@pulumi/pulumi";
import * as life from "../components/supportCase/index.ts";
import type { SupportCaseInputs, SupportCaseOutputs } from "../components/supportCase/index.ts";
import { configOf } from "./gcpConfig.ts";
import type { GcpConfig } from "./gcpConfig.ts";
import { secretKeys, unwrapped, wrapped } from "./secrets.ts";

/** What this package's resource has besides. */
interface Kept {
  readonly gcpConfig?: GcpConfig | undefined;
}

type Inputs = SupportCaseInputs & Kept;
type Outputs = SupportCaseOutputs & Kept;
type Wrapped = Readonly<Record<string, unknown>>;

export async function check(_urn: string, olds: Wrapped, news: Wrapped): Promise<pulumi.provider.CheckResult> {
  const inputs = unwrapped<Inputs>(news);
  const checked = await life.check(unwrapped<Partial<Inputs>>(olds), inputs, configOf(inputs));
  return { inputs: wrapped(checked.inputs, secretKeys(news)), failures: checked.failures };
}

export async function diff(
  id: string,
  _urn: string,
  olds: Wrapped,
  news: Wrapped,
): Promise<pulumi.provider.DiffResult> {
  const [is, asked] = [unwrapped<Outputs>(olds), unwrapped<Inputs>(news)];
  const difference = await life.diff(id, is, asked);
  return { ...difference, changes: difference.changes || !isSameConfig(is.gcpConfig, asked.gcpConfig) };
}

export async function create(_urn: string, properties: Wrapped): Promise<pulumi.provider.CreateResult> {
  const inputs = unwrapped<Inputs>(properties);
  return kept(inputs, secretKeys(properties), () => life.create(inputs, configOf(inputs)));
}

export async function read(id: string, _urn: string, properties: Wrapped = {}): Promise<pulumi.provider.ReadResult> {
  const outputs = unwrapped<Outputs>(properties);
  const { id: found = "", props } = await life.read(id, outputs, configOf(outputs));
  return { id: found, props: props === undefined ? {} : keptOf(props, outputs, secretKeys(properties)) };
}

export async function update(
  id: string,
  _urn: string,
  olds: Wrapped,
  news: Wrapped,
): Promise<pulumi.provider.UpdateResult> {
  const inputs = unwrapped<Inputs>(news);
  return kept(inputs, secretKeys(news), () => life.update(id, unwrapped<Outputs>(olds), inputs, configOf(inputs)));
}

export async function remove(id: string, _urn: string, properties: Wrapped): Promise<void> {
  const outputs = unwrapped<Outputs>(properties);
  await life.delete(id, outputs, configOf(outputs));
}

/** The outputs as the engine keeps them, those of a failure halfway as well. */
async function kept<Result extends { outs: SupportCaseOutputs }>(
  inputs: Kept,
  secrets: ReadonlySet<string>,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    const result = await run();
    return { ...result, outs: keptOf(result.outs, inputs, secrets) };
  } catch (error) {
    const { properties } = error as { properties?: SupportCaseOutputs };
    if (properties !== undefined) Object.assign(error as Error, { properties: keptOf(properties, inputs, secrets) });
    throw error;
  }
}

function keptOf(outputs: SupportCaseOutputs, { gcpConfig }: Kept, secrets: ReadonlySet<string>): SupportCaseOutputs {
  return wrapped(gcpConfig === undefined ? outputs : { ...outputs, gcpConfig }, secrets);
}

function isSameConfig(one: GcpConfig = {}, other: GcpConfig = {}): boolean {
  const sorted = (config: GcpConfig) => JSON.stringify(Object.entries(config).sort());
  return sorted(one) === sorted(other);
}
