/**
 * Warnings that the user has acknowledged. The args of a component acknowledge its own warnings, and those of everything below it.
 */
import type * as pulumi from "@pulumi/pulumi";
import { acknowledgedBy } from "../onboarding/index.ts";
import type { AcknowledgeableId, Acknowledgements } from "../onboarding/index.ts";
import { logInfo, logWarning } from "./log.ts";
import type { RunContext } from "./run.ts";
import { registered } from "./resourceTree.ts";

/** A warning: its name, as in `care doctor`, and the place, the case or the config key that it is about. */
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

/** @param component The component that warns; undefined if the warning is only about the state. */
export function isAcknowledged(
  run: RunContext,
  component: pulumi.Resource | undefined,
  { id, where }: Advice,
): boolean {
  const all = run.shared(noAcknowledgements);
  const given = component === undefined ? [...all.values()] : withAncestors(component).map((one) => all.get(one));
  return given.some((reasons) => acknowledgedBy(reasons, id, where) !== undefined);
}

function withAncestors(component: pulumi.Resource): pulumi.Resource[] {
  const { __parentResource: parent } = registered(component);
  return parent === undefined ? [component] : [component, ...withAncestors(parent)];
}

/** A warning or a note, with the name by which it can be acknowledged. */
export const withId = ({ id }: Pick<Advice, "id">, text: string) => `${text} [${id}]`;

export async function warn(
  run: RunContext,
  component: pulumi.Resource | undefined,
  advice: Advice,
  text: string,
): Promise<void> {
  if (!isAcknowledged(run, component, advice)) await logWarning(withId(advice, text), component);
}

export async function note(run: RunContext, component: pulumi.Resource, advice: Advice, text: string): Promise<void> {
  if (!isAcknowledged(run, component, advice)) await logInfo(withId(advice, text), component);
}
