/** The model of a config goes with it, so that what was checked already is not checked again. */
import { isDeepStrictEqual } from "node:util";

/** Where the model stands: no copy of the config has it. */
const modelKey = Symbol("model");

interface Carried {
  readonly model: unknown;
  readonly asChecked: unknown;
}

/** The config or the args, with the model that was made of them. */
export function withModel<Args extends object>(args: Args, model: unknown): Args {
  const carried: Carried = { model, asChecked: copyOf(args) };
  return Object.defineProperty(args, modelKey, { value: carried });
}

/** The model that they have with them; undefined where they have none, or a program has changed them since. */
export function modelOf<Model>(args: object | null | undefined): Model | undefined {
  const carried = (args as { readonly [modelKey]?: Carried } | null | undefined)?.[modelKey];
  return carried !== undefined && isDeepStrictEqual(args, carried.asChecked) ? (carried.model as Model) : undefined;
}

/** A copy of the lists and maps. What is neither, such as an Output, is the same in both. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  const isMap = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isMap ? Object.fromEntries(Object.entries(value).map(([key, child]) => [key, copyOf(child)])) : value;
}
