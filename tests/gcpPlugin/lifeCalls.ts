/** The steps of a scenario of a resource's life. */
import type { Cloud } from "../../tools/localCloud/index.ts";
import { make } from "./calls.ts";
import type { Call, Made } from "./calls.ts";
import type { PluginClient, Properties } from "../support/gcpPlugin/pluginClient.ts";

/** The whole life of a resource: created, read, imported, changed in each way, and deleted. */
export function life(
  type: string,
  given: Properties,
  importId: (made: Made) => string,
  changes: Properties[] = [],
): Call {
  return async (plugin, _cloud, answers) => {
    const made = await make(plugin, answers, type, given);
    if (!made) return;
    answers.push(await plugin.read(type, made.id, made.properties, made.inputs));
    answers.push(await plugin.read(type, importId(made), {}, {}));
    let { inputs, properties } = made;
    for (const change of changes) {
      const checked = await plugin.check(type, inputs, { ...given, ...change });
      if (!("ok" in checked)) continue;
      const request = { type, id: made.id, oldInputs: inputs, olds: properties, news: checked.ok.inputs };
      const diff = await plugin.diff(request);
      const preview = await plugin.update({ ...request, preview: true });
      const updated = await plugin.update(request);
      answers.push(diff, preview, updated);
      if ("ok" in updated) [inputs, properties] = [checked.ok.inputs, updated.ok.properties];
    }
    await end(type, { ...made, inputs, properties }, plugin, answers);
  };
}

/** Made, read again, and changed: what a refresh leaves in the state is what the change starts from. */
export function refreshed(type: string, given: Properties, change: Properties): Call {
  return async (plugin, _cloud, answers) => {
    const made = await make(plugin, answers, type, given);
    const read = made && (await plugin.read(type, made.id, made.properties, made.inputs));
    if (!made || !read || !("ok" in read)) throw new Error(`no ${type} was made and read`);
    const { id, properties: olds, inputs: oldInputs } = read.ok;
    const request = { type, id, oldInputs, olds };
    for (const news of [oldInputs, { ...oldInputs, ...change }]) {
      answers.push(await plugin.diff({ ...request, news }), await plugin.update({ ...request, news, preview: true }));
      answers.push(await plugin.update({ ...request, news }));
    }
  };
}

/** Imported as somebody else created it, then compared with a program's inputs, and changed to those. */
export function adoption(type: string, importId: string, given: Properties): Call {
  return async (plugin, _cloud, answers) => {
    const request = await compared(plugin, answers, { type, importId, given });
    if (request === undefined) return;
    answers.push(await plugin.update({ ...request, preview: true }), await plugin.update(request));
  };
}

/** Imported as somebody else created it, and compared with a program's inputs: the engine updates nothing that is equal. */
export const equal =
  (type: string, importId: string, given: Properties): Call =>
  async (plugin, _cloud, answers) =>
    void (await compared(plugin, answers, { type, importId, given }));

interface Adopted {
  readonly type: string;
  readonly importId: string;
  readonly given: Properties;
}

async function compared(plugin: PluginClient, answers: unknown[], { type, importId, given }: Adopted) {
  const found = await plugin.read(type, importId, {}, {});
  answers.push(found);
  if (!("ok" in found) || found.ok.id === "") return undefined;
  const { id, properties: olds, inputs: oldInputs } = found.ok;
  const checked = await plugin.check(type, oldInputs, given);
  if (!("ok" in checked)) return void answers.push(checked);
  const request = { type, id, oldInputs, olds, news: checked.ok.inputs };
  answers.push(await plugin.diff(request));
  return request;
}

/** Created, then deleted behind the plugin's back, and only then changed, where it can be. */
export function lost(type: string, given: Properties, takeAway: (cloud: Cloud) => void, change?: Properties): Call {
  return async (plugin, cloud, answers) => {
    const made = await make(plugin, answers, type, given);
    if (!made) throw new Error(`no ${type} was made`);
    takeAway(cloud);
    const { id, inputs, properties: olds } = made;
    const request = { type, id, oldInputs: inputs, olds };
    if (change) answers.push(await plugin.update({ ...request, news: { ...inputs, ...change } }));
    await end(type, made, plugin, answers);
  };
}

/** Deletes it, and reads that it is gone. */
export async function end(type: string, made: Made, plugin: PluginClient, answers: unknown[]): Promise<void> {
  answers.push(await plugin.delete(type, made.id, made.properties, made.inputs));
  answers.push(await plugin.read(type, made.id, made.properties, made.inputs));
}
