/** The steps of a scenario of calls to a plugin. */
import type { Cloud } from "../../tools/localCloud/index.ts";
import type { Answer, PluginClient, Properties } from "../support/gcpPlugin/pluginClient.ts";

/** The plugin's configuration at the start, in addition to the local cloud's. */
export interface Setting {
  config?: Properties;
  /** Whether chance decides which of several calls is sent first, and so what the body of a request has. */
  isRace?: boolean;
  environment?: Record<string, string>;
}

/** A scenario of calls to a plugin; what it returns must be the same for each plugin, and so must its requests. */
export interface Scenario extends Setting {
  name: string;
  run: (plugin: PluginClient, cloud: Cloud) => Promise<unknown[]>;
}

/** A step of a scenario, which adds its answer. */
export type Call = (plugin: PluginClient, cloud: Cloud, answers: unknown[]) => Promise<void>;

/** A resource that was created. */
export interface Made {
  id: string;
  inputs: Properties;
  properties: Properties;
}

/** Checks and creates; undefined when that fails. */
export async function make(
  plugin: PluginClient,
  answers: unknown[],
  type: string,
  given: Properties,
  timeout = 0,
): Promise<Made | undefined> {
  const checked = await plugin.check(type, {}, given);
  if (!("ok" in checked)) return void answers.push(checked);
  const { inputs } = checked.ok;
  answers.push(await plugin.create(type, inputs, { preview: true, timeout }));
  const made = await plugin.create(type, inputs, { timeout });
  answers.push(checked, made);
  if ("ok" in made) return { ...made.ok, inputs };
  const { id, properties } = made.error;
  return id === undefined || properties === undefined ? undefined : { id, properties, inputs };
}

export function scenario(name: string, calls: Call[], setting: Setting = {}): Scenario {
  return {
    ...setting,
    name,
    run: async (plugin, cloud) => {
      const answers: unknown[] = [];
      for (const call of calls) await call(plugin, cloud, answers);
      return answers;
    },
  };
}

/** Adds a fault to the cloud. */
export const fault =
  (rule: Parameters<Cloud["faults"]["add"]>[0]): Call =>
  (_plugin, cloud) =>
    Promise.resolve(cloud.faults.add(rule));

export const create =
  (type: string, given: Properties, timeout = 0): Call =>
  async (plugin, _cloud, answers) =>
    void (await make(plugin, answers, type, given, timeout));

/** Reads what an import would. */
export const read =
  (type: string, id: string): Call =>
  async (plugin, _cloud, answers) =>
    void answers.push(await plugin.read(type, id, {}, {}));

export const invoke =
  (token: string, args: Properties): Call =>
  async (plugin, _cloud, answers) =>
    void answers.push(await plugin.invoke(token, args));

export const together =
  (...calls: Call[]): Call =>
  async (plugin, cloud, answers) => {
    const apart: unknown[][] = calls.map(() => []);
    await Promise.all(calls.map((call, i) => call(plugin, cloud, apart[i] ?? [])));
    answers.push(...apart);
  };

/** An answer that a person can compare: names that the cloud gives, and etags, are the cloud's own in each run. */
export function comparable(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer)) as Answer<unknown>;
}
