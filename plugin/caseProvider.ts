/**
 * The case's provider in the component package. It uses the same CaseProvider as the dynamic resource, but unwraps secrets in
 * inputs and wraps them in outputs, because the engine passes secrets wrapped, at any depth.
 *
 * Source: sdk/go/common/resource/properties.go of pulumi/pulumi
 */
import type * as pulumi from "@pulumi/pulumi";
import { signature } from "../components/internal.ts";
import type { SupportCaseInputs, SupportCaseOutputs } from "../components/supportCase/index.ts";
import { CaseProvider } from "../components/supportCase/provider.ts";
import type { GcpConfig, GcpConfigs } from "./packagedCase.ts";

/** The properties that only this package's resource has. */
interface StoredConfig {
  readonly gcpConfig?: GcpConfig | undefined;
}

type Inputs = SupportCaseInputs & StoredConfig;
type Outputs = SupportCaseOutputs & StoredConfig;
type Wrapped = Readonly<Record<string, unknown>>;

export class PackagedCaseProvider {
  readonly #life = new CaseProvider();
  readonly #configs: GcpConfigs;

  constructor(configs: GcpConfigs) {
    this.#configs = configs;
  }

  async check(_urn: string, olds: Wrapped, news: Wrapped): Promise<pulumi.provider.CheckResult> {
    const inputs = unwrapped<Inputs>(news);
    const checked = await this.#life.check(unwrapped<Partial<Inputs>>(olds), inputs, this.#configs.of(inputs));
    return { inputs: wrapped(checked.inputs, secretKeys(news)), failures: checked.failures };
  }

  async diff(_id: string, _urn: string, olds: Wrapped, news: Wrapped): Promise<pulumi.provider.DiffResult> {
    const [is, asked] = [unwrapped<Outputs>(olds), unwrapped<Inputs>(news)];
    const difference = await this.#life.diff(is, asked);
    return { ...difference, changes: difference.changes || !isSameConfig(is.gcpConfig, asked.gcpConfig) };
  }

  async create(_urn: string, properties: Wrapped): Promise<pulumi.provider.CreateResult> {
    const inputs = unwrapped<Inputs>(properties);
    return withStoredConfig(inputs, secretKeys(properties), () => this.#life.create(inputs, this.#configs.of(inputs)));
  }

  async read(id: string, _urn: string, properties: Wrapped = {}): Promise<pulumi.provider.ReadResult> {
    const outputs = unwrapped<Outputs>(properties);
    const { id: found = "", props } = await this.#life.read(id, outputs, this.#configs.of(outputs));
    return { id: found, props: props === undefined ? {} : storedOutputs(props, outputs, secretKeys(properties)) };
  }

  async update(id: string, _urn: string, olds: Wrapped, news: Wrapped): Promise<pulumi.provider.UpdateResult> {
    const inputs = unwrapped<Inputs>(news);
    return withStoredConfig(inputs, secretKeys(news), () =>
      this.#life.update(id, unwrapped<Outputs>(olds), inputs, this.#configs.of(inputs)),
    );
  }

  async delete(id: string, _urn: string, properties: Wrapped): Promise<void> {
    const outputs = unwrapped<Outputs>(properties);
    await this.#life.delete(id, outputs, this.#configs.of(outputs));
  }
}

/** Adds the gcp config to the outputs and wraps secrets, also in the outputs of a partial failure. */
async function withStoredConfig<Result extends { outs: SupportCaseOutputs }>(
  inputs: StoredConfig,
  secrets: ReadonlySet<string>,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    const result = await run();
    return { ...result, outs: storedOutputs(result.outs, inputs, secrets) };
  } catch (error) {
    const { properties } = error as { properties?: SupportCaseOutputs };
    if (properties !== undefined)
      Object.assign(error as Error, { properties: storedOutputs(properties, inputs, secrets) });
    throw error;
  }
}

function storedOutputs(
  outputs: SupportCaseOutputs,
  { gcpConfig }: StoredConfig,
  secrets: ReadonlySet<string>,
): SupportCaseOutputs {
  return wrapped(gcpConfig === undefined ? outputs : { ...outputs, gcpConfig }, secrets);
}

function isSameConfig(one: GcpConfig = {}, other: GcpConfig = {}): boolean {
  const sorted = (config: GcpConfig) => JSON.stringify(Object.entries(config).sort());
  return sorted(one) === sorted(other);
}

/** The properties with unwrapped secrets. */
export function unwrapped<Result>(properties: Wrapped): Result {
  return plain(properties) as Result;
}

/** The keys whose values are or contain secrets. */
export function secretKeys(...all: readonly (Wrapped | undefined)[]): ReadonlySet<string> {
  return new Set(all.flatMap((properties = {}) => Object.keys(properties).filter((key) => hasSecret(properties[key]))));
}

/** The properties with the values of these keys wrapped as secrets. */
export function wrapped<Result extends object>(properties: Result, keys: ReadonlySet<string>): Result {
  const entries = Object.entries(properties).map(([key, value]: [string, unknown]) => [
    key,
    keys.has(key) && value !== undefined ? { [signature.key]: signature.secret, value } : value,
  ]);
  return Object.fromEntries(entries) as Result;
}

function isSecret(value: object): value is { readonly value: unknown } {
  return (value as Wrapped)[signature.key] === signature.secret;
}

function plain(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (isSecret(value)) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, plain(child)]));
}

function hasSecret(value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  return isSecret(value) || Object.values(value).some(hasSecret);
}
