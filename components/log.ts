/** Logs to the engine's console. Texts are sanitized, because they can contain values from Google or from Outputs. */
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
