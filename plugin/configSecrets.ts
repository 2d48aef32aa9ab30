import * as pulumi from "@pulumi/pulumi";

/** The SDK has this function, though not in its types. */
const runtime = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };

export function isConfigSecret(fullKey: string): boolean {
  return runtime.isConfigSecret?.(fullKey) ?? false;
}
