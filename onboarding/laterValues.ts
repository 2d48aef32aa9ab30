/** Values of args that are known only later, such as the ID of a project that the program creates. */
import * as pulumi from "@pulumi/pulumi";
import { sanitized, withSection } from "../text/index.ts";
import type { ErrorSection } from "../text/index.ts";
import { checkValue } from "./check.ts";
import type { ValueKind } from "./check.ts";
import { ConfigError, formatPath, messageOfErrors } from "./problems.ts";

export function isKnownLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Whether Pulumi's mocks replace the engine, as in a program's unit tests. */
export function isMocked(): boolean {
  return pulumi.runtime.getMonitor()?.registerErrorHook === undefined;
}

/** For a RunError, the engine shows the message without a stack trace. */
export function userError(error: unknown): unknown {
  return error instanceof ConfigError ? new pulumi.RunError(messageOfErrors([error])) : error;
}

/**
 * The same for an error in an Output. Fixed properties, because the engine prefixes the message with property names, or shows
 * the stack instead.
 */
export function lateUserError(text: string, ...sections: readonly ErrorSection[]): pulumi.RunError {
  const message = withSection(sanitized(text), ...sections);
  return Object.defineProperties(new pulumi.RunError(message), {
    message: { get: () => message, set: () => undefined },
    stack: { value: message },
  });
}

/**
 * Checks a value: immediately, or once an Output is known. An Output can also be the resource name of the place, such as the `id`
 * of a project (`projects/ID`), or the number of a project of the same program: in a preview, it is not known yet, so it could
 * not be rejected.
 *
 * @returns For a project, its ID, or the number of a project of another program.
 */
export function checkedInput(
  name: string,
  path: readonly PropertyKey[],
  kind: ValueKind,
  input: unknown,
): pulumi.Input<string> {
  try {
    if (!isKnownLater(input)) return checkValue(name, path, kind, input);
  } catch (error) {
    throw userError(error);
  }
  const output = pulumi.output(input as pulumi.Output<string>);
  return output.apply(async (value) => {
    const id = withoutCollection(kind, value);
    if (kind === "projectId" && isProjectNumber(id)) return (await projectOfNumber(output, id)) ?? id;
    try {
      return checkValue(name, path, kind, id);
    } catch (error) {
      // Mocks do not compute outputs, so the value does not show a mistake in the program.
      if (isMocked()) return typeof value === "string" ? value : formatPath(path);
      throw error instanceof ConfigError ? lateUserError(messageOfErrors([error])) : error;
    }
  });
}

/** `projects/shop-dev` → `shop-dev`, likewise for folders and organizations. */
function withoutCollection(kind: ValueKind, value: unknown): unknown {
  const collection = `${kind.replace(/Id$/, "")}s/`;
  return typeof value === "string" && value.startsWith(collection) ? value.slice(collection.length) : value;
}

export const isProjectNumber = (value: unknown): value is string =>
  typeof value === "string" && /^[1-9]\d*$/.test(value);

/** A property of each Output that the SDK's types do not include. */
interface WithResources {
  readonly allResources?: () => Promise<Set<pulumi.Resource>>;
}

/** The ID of the program's project with this number. */
async function projectOfNumber(output: pulumi.Output<unknown>, number: string): Promise<string | undefined> {
  const resources = (await (output as unknown as WithResources).allResources?.()) ?? [];
  for (const resource of resources) {
    const project = resource as { readonly number?: unknown; readonly projectId?: unknown };
    const [itsNumber, id] = await Promise.all([project.number, project.projectId].map(plainValue));
    if (itsNumber === number && typeof id === "string") return id;
  }
  return undefined;
}

async function plainValue(value: unknown): Promise<unknown> {
  return pulumi.Output.isInstance(value) ? (value as unknown as { promise(): Promise<unknown> }).promise() : undefined;
}
