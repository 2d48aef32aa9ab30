/** Warnings that the user has decided on: the args of a component acknowledge those of its own, and of all below it. */
import type * as pulumi from "@pulumi/pulumi";
import { acknowledgedBy } from "../onboarding/index.ts";
import type { AcknowledgeableId, Acknowledgements } from "../onboarding/index.ts";
import { logInfo, logWarning } from "./log.ts";
import type { RunContext } from "./run.ts";
import { registered } from "./resourceTree.ts";

/** A warning: its name, as `care doctor` has it, and the place, the case or the key of the config that it is about. */
export interface Advice {
  readonly id: AcknowledgeableId;
  readonly where: string;
}

const noAcknowledgements = () => new Map<pulumi.Resource, Acknowledgements>();

export function rememberAcknowledged(
  run: RunContext,
  component: pulumi.Resource,
  reasons: Acknowledgements = {},
): void {
  run.shared(noAcknowledgements).set(component, reasons);
}

/** @param component The one that warns; undefined if none of this run does, as the warning is about the state alone. */
export function isAcknowledged(
  run: RunContext,
  component: pulumi.Resource | undefined,
  { id, where }: Advice,
): boolean {
  const all = run.shared(noAcknowledgements);
  const given = component === undefined ? [...all.values()] : parentsOf(component).map((one) => all.get(one));
  return given.some((reasons) => acknowledgedBy(reasons, id, where) !== undefined);
}

/** The component, and its ancestors. */
function parentsOf(component: pulumi.Resource): pulumi.Resource[] {
  const { __parentResource: parent } = registered(component);
  return parent === undefined ? [component] : [component, ...parentsOf(parent)];
}

/** A warning or a note, with the name by which it can be acknowledged. */
export const named = ({ id }: Pick<Advice, "id">, text: string) => `${text} [${id}]`;

export async function warn(
  run: RunContext,
  component: pulumi.Resource | undefined,
  advice: Advice,
  text: string,
): Promise<void> {
  if (!isAcknowledged(run, component, advice)) await logWarning(named(advice, text), component);
}

export async function note(run: RunContext, component: pulumi.Resource, advice: Advice, text: string): Promise<void> {
  if (!isAcknowledged(run, component, advice)) await logInfo(named(advice, text), component);
}
