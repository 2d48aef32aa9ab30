/** The commands for a finding. */
import { titleOfApi } from "../../guide/index.ts";
import type { ServiceName } from "../../guide/index.ts";
import { enableAgainCommand, quoted } from "../shell.ts";
import type { PlaceReadings } from "./readings.ts";
import type { ReportContext } from "./context.ts";
import type { Fault } from "./rows/row.ts";

type Remedy = Pick<Fault, "next" | "commands">;

/** @param isAsRecorded Whether Google has what the state has. Otherwise a refresh finds what somebody else has deleted. */
export function updateRemedy({ stack: { name }, words: { next } }: ReportContext, isAsRecorded = false): Remedy {
  return { next: next.update, commands: [`pulumi up${isAsRecorded ? "" : " --refresh"} --stack ${quoted(name)}`] };
}

/**
 * The update enables the services of the config. A service that the state has as enabled is refreshed first and alone: a full refresh
 * would fail on resources that need it.
 */
export function enableRemedy(
  context: ReportContext,
  { place, resource }: PlaceReadings,
  names: readonly ServiceName[],
): Remedy {
  const { stack, words } = context;
  if (place === undefined) return { next: words.next.enable(serviceTitles(context, names)) };
  const lost = names.filter((name) =>
    stack.managed.some((one) => one.kind === "service" && one.resource === resource && one.thing === name),
  );
  if (lost.length < names.length) return updateRemedy(context);
  return { next: words.next.update, commands: [enableAgainCommand(lost, stack.name)] };
}

/** The doctor finds out why it is gone, because the remedy depends on that. */
export function askDoctorRemedy({ stack: { name }, words: { next } }: ReportContext): Remedy {
  return { next: next.askDoctor, commands: [`care doctor --stack ${quoted(name)}`] };
}

export function serviceTitles({ words: { guide } }: ReportContext, names: readonly ServiceName[]): string[] {
  return names.map((name) => titleOfApi(name, guide.services)).sort();
}

/** A person confirms it in the terminal. */
export function closeCaseRemedy({ stack: { name }, words: { next } }: ReportContext, supportCase: string): Remedy {
  return { next: next.closeCase, commands: [`care case close ${quoted(supportCase)} --stack ${quoted(name)}`] };
}
