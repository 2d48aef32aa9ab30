/** What the program tells the engine's console: all of it visible, as it may quote what Google or an Output holds. */
import * as pulumi from "@pulumi/pulumi";
import { sanitized } from "../text/index.ts";

export function logInfo(text: string, resource?: pulumi.Resource): Promise<void> {
  return pulumi.log.info(sanitized(text), resource);
}

export function logWarning(text: string, resource?: pulumi.Resource): Promise<void> {
  return pulumi.log.warn(sanitized(text), resource);
}

export function logError(text: string, resource?: pulumi.Resource): Promise<void> {
  return pulumi.log.error(sanitized(text), resource);
}
