/** The steps of a scenario of checks, diffs and previews. */
import { make } from "./calls.ts";
import type { Call } from "./calls.ts";
import type { Properties } from "../support/gcpPlugin/pluginClient.ts";

/** What the engine writes for a value that a preview does not know. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Inputs that are a valid resource's, but for the given changes. */
export type Inputs = readonly [type: string, valid: Properties, changes: readonly Properties[]];

/** Checks the valid inputs with each change, without each of them but those that stay, and without all others. */
export function checks([type, valid, changes]: Inputs, stay: readonly string[] = []): Call {
  return async (plugin, _cloud, answers) => {
    const least = Object.fromEntries(stay.map((name) => [name, valid[name]]));
    const without = Object.keys(valid)
      .filter((name) => !stay.includes(name))
      .map((name) => ({ [name]: null }));
    for (const given of [least, valid, ...[...without, ...changes].map((change) => ({ ...valid, ...change }))]) {
      answers.push({ type, given, answer: await plugin.check(type, {}, given) });
    }
  };
}

/** Creates the resource, and reports what each change would do to it; the change happens only in a preview. */
export function differences([type, valid, changes]: Inputs, ignoreChanges: string[] = []): Call {
  return async (plugin, _cloud, answers) => {
    const made = await make(plugin, answers, type, valid);
    if (!made) throw new Error(`no ${type} was made, so that nothing is compared`);
    const { id, inputs: oldInputs, properties: olds } = made;
    for (const change of [{}, ...changes]) {
      const checked = await plugin.check(type, oldInputs, { ...valid, ...change });
      if (!("ok" in checked)) throw new Error(`no check of ${JSON.stringify(change)}`);
      const request = { type, id, oldInputs, olds, news: checked.ok.inputs, ignoreChanges };
      const diff = await plugin.diff(request);
      const preview = await plugin.update({ ...request, preview: true });
      answers.push({ type, change, ignoreChanges, diff, preview });
    }
  };
}

/** Previews the creation of a resource with each input unknown in turn, and with all. */
export function unknowns([type, valid, changes]: Inputs): Call {
  return async (plugin, _cloud, answers) => {
    const names = Object.keys(valid);
    const all = Object.fromEntries(names.map((name) => [name, unknown]));
    for (const change of [...names.map((name) => ({ [name]: unknown })), all, ...changes]) {
      const checked = await plugin.check(type, {}, { ...valid, ...change });
      const preview = "ok" in checked && (await plugin.create(type, checked.ok.inputs, { preview: true }));
      answers.push({ type, change, checked, preview });
    }
  };
}
