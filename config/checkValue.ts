/** One value of a config that became known later than the rest. */
import { ConfigError } from "./problems.ts";
import { folderId, member, organizationId, projectId } from "./values.ts";

const values = { organizationId, folderId, projectId, member };

export type ValueKind = keyof typeof values;

/**
 * @returns The value in its one spelling.
 * @throws ConfigError
 */
export function checkValue(namespace: string, path: readonly string[], kind: ValueKind, value: unknown): string {
  const parsed = values[kind].safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    namespace,
    parsed.error.issues.map(({ message }) => ({ path, message })),
  );
}
