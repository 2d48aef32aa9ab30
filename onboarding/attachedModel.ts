/** Attaches the model to the config, so that each config is checked, and its model built, only once. */
import { isDeepStrictEqual } from "node:util";

/** A symbol, so that a copy of the config does not contain the model. */
const modelKey = Symbol("model");

interface AttachedModel {
  readonly model: unknown;
  readonly checkedArgs: unknown;
}

/** Attaches the model to the config or the args that it was parsed from. */
export function withModel<Args extends object>(args: Args, model: unknown): Args {
  const attached: AttachedModel = { model, checkedArgs: copyOf(args) };
  return Object.defineProperty(args, modelKey, { value: attached, configurable: true });
}

/** The attached model; undefined if there is none, or if the program has changed the args since. */
export function modelOf<Model>(args: object | null | undefined): Model | undefined {
  const attached = (args as { readonly [modelKey]?: AttachedModel } | null | undefined)?.[modelKey];
  return attached !== undefined && isDeepStrictEqual(args, attached.checkedArgs)
    ? (attached.model as Model)
    : undefined;
}

/** Copies lists and maps. Other values, such as Outputs, are shared. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  const isMap = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isMap ? Object.fromEntries(Object.entries(value).map(([key, child]) => [key, copyOf(child)])) : value;
}
