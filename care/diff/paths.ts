/** Flattens nested properties: each value gets its path as its name, so that the sentences can look it up. */
import type { State, Step } from "./preview.ts";
import { isSecret } from "./values.ts";

/** The step in which the values inside of these properties replace them, under names such as `documentation.content` and `conditions[0].name`. */
export function withPaths(step: Step, properties: readonly string[]): Step {
  return {
    ...step,
    before: flattened(step.before, properties),
    after: flattened(step.after, properties),
  };
}

function flattened(state: State | undefined, properties: readonly string[]): State | undefined {
  if (state === undefined) return undefined;
  const named = (all: State["inputs"]) =>
    Object.fromEntries(
      Object.entries(all).flatMap(([name, value]) => {
        if (properties.includes(name)) return [...valuesIn(name, value)];
        // No other property may look like a path.
        return [[/[.[]/.test(name) ? JSON.stringify(name) : name, value] as const];
      }),
    );
  return { ...state, inputs: named(state.inputs), outputs: named(state.outputs) };
}

function* valuesIn(path: string, value: unknown): Generator<readonly [path: string, value: unknown]> {
  const children = typeof value === "object" && value !== null && !isSecret(value) ? Object.entries(value) : [];
  if (children.length === 0) yield [path, value];
  for (const [name, child] of children)
    if (!internal.includes(name)) yield* valuesIn(Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`, child);
}

/** Written by the engine or by a provider's SDK into each object. */
const internal = ["__defaults"];
