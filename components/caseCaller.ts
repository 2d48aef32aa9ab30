/** The caller of a test case in a component with its own gcp provider, which a test case does not use. */
import type * as pulumi from "@pulumi/pulumi";
import { answer, callerPrincipal, checkUpTransport, resourceManagerApi } from "../google/index.ts";
import type { GoogleSettings } from "../google/index.ts";
import { allowsChanges, permissionsOfUpdates, roles } from "../guide/index.ts";
import { checksOfRun } from "./deletions.ts";
import { formerState } from "./formerState.ts";
import { isBelow, knownCallerOf, knownStackCaller, ownProvider } from "./googleSettings.ts";
import type { Caller } from "./googleSettings.ts";
import { logInfo } from "./log.ts";
import { printsAdvice } from "./operation.ts";
import type { RunContext } from "./run.ts";
import { isSupportCaseType } from "./supportCase/properties.ts";
import type { WantedPlace } from "./wanted.ts";

/** Names the caller of a new case in the preview, if another caller creates the rest of the component. */
export function noteOtherCaller(run: RunContext, name: string, component: pulumi.Resource): void {
  if (run.isMocked || !printsAdvice(run) || ownProvider(component) === undefined) return;
  const log = async () => {
    const { resources } = await formerState(run);
    if (Object.entries(resources).some(([urn, { type }]) => isSupportCaseType(type) && isBelow(urn, component))) return;
    const [stack, own] = await Promise.all([knownStackCaller(), knownCallerOf(component)]);
    if (stack === undefined || own === undefined) return;
    const [ofCase, ofOwn] = await Promise.all([stack, own].map(({ settings }) => principalOf(settings)));
    if (ofCase === undefined || ofCase === ofOwn) return;
    const { displayName, role } = roles.editors;
    await logInfo(
      `${name}: ${ofCase} is the caller of the test case, and needs ${displayName} (${role}) there: a test case does not use the gcp.Provider ${own.provider ?? ""}${ofOwn === undefined ? "" : ` (${ofOwn})`}, but the gcp: config of the stack, the environment or Application Default Credentials`,
    );
  };
  // What cannot be read is in the errors of the checks.
  run.shared(checksOfRun).push(log().catch(() => undefined));
}

async function principalOf(settings: GoogleSettings): Promise<string | undefined> {
  const { value } = await answer(() => callerPrincipal(checkUpTransport(settings)));
  return value;
}

/**
 * Whether a caller can change something at one of the places.
 *
 * @param places Those of the whole component.
 */
export async function mayChangeAny({ settings }: Caller, places: readonly WantedPlace[]): Promise<boolean> {
  const api = resourceManagerApi(checkUpTransport(settings));
  const held = await Promise.all(
    places.map(({ wanted: { resource, level } }) =>
      answer(() => api.testIamPermissions(resource, permissionsOfUpdates(level).filter(allowsChanges))),
    ),
  );
  return held.some(({ value = [] }) => value.length > 0);
}
