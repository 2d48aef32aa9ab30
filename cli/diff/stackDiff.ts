/** All that the preview of one stack means, in the order in which it is told. */
import { levels } from "../../guide/index.ts";
import { accessChange } from "./access.ts";
import { groupNames } from "./change.ts";
import type { Change } from "./change.ts";
import { contactChange } from "./contacts.ts";
import { changeKinds } from "./kinds.ts";
import { lastContactChanges } from "./lastContacts.ts";
import { otherChanges } from "./others.ts";
import { changingSteps } from "./preview.ts";
import type { Preview, Step } from "./preview.ts";
import { projectChange } from "./projects.ts";
import { isGuideService, serviceChanges } from "./services.ts";
import { caseChange, isLifeOfCase } from "./testCase.ts";
import { toString } from "mdast-util-to-string";

export interface StackDiff {
  /** The stack's name, or what the caller calls it. */
  readonly stack: string;
  readonly project: string | undefined;
  readonly failed: boolean;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** How many resources change, by the engine's word. Components are none. */
  readonly resources: Readonly<Record<string, number>>;
  readonly changes: readonly Change[];
}

export function stackDiff(preview: Preview, stack: string): StackDiff {
  const steps = changingSteps(preview);
  const children = Map.groupBy(steps, ({ before, after }) => (after ?? before)?.parent);
  const childrenOf = (urn: string) => children.get(urn) ?? [];
  const changes: Change[] = [];
  const services: Step[] = [];
  const others: Step[] = [];
  for (const step of steps) {
    if (isLifeOfCase(step)) continue;
    const change = accessChange(step) ?? contactChange(step) ?? caseChange(step) ?? projectChange(step, childrenOf);
    if (change !== undefined) changes.push(change);
    else if (isGuideService(step)) services.push(step);
    else others.push(step);
  }
  changes.push(...serviceChanges(services), ...otherChanges(others), ...lastContactChanges(preview));
  const told = steps.filter((step) => step.custom && !isLifeOfCase(step));
  return {
    stack,
    project: preview.project,
    failed: preview.failed,
    errors: preview.errors,
    warnings: preview.warnings,
    resources: Object.fromEntries([...Map.groupBy(told, ({ op }) => op)].map(([op, all]) => [op, all.length])),
    changes: changes.sort((one, other) => compare(keyOf(one), keyOf(other))),
  };
}

/** Whether a reviewer sees it before all else. */
export function comesFirst({ kinds }: Change): boolean {
  return kinds.some((kind) => changeKinds[kind].first);
}

/** First what a reviewer must see, by its kind; then by group, what is removed before what is added, by place. */
function keyOf(change: Change): (number | string)[] {
  const kinds = Object.keys(changeKinds);
  const first = comesFirst(change) ? Math.min(...change.kinds.map((kind) => kinds.indexOf(kind))) : kinds.length;
  const level = levels.findIndex((one) => change.place?.startsWith(`${one}s/`));
  return [
    first,
    groupNames.indexOf(change.group),
    change.kinds.includes("delete") || change.kinds.includes("replace") ? 0 : 1,
    level < 0 ? levels.length : level,
    change.place ?? "",
    toString({ type: "paragraph", children: [...change.sentence] }),
  ];
}

function compare(one: readonly (number | string)[], other: readonly (number | string)[]): number {
  for (const [index, value] of one.entries()) {
    const against = other[index] ?? "";
    if (value < against) return -1;
    if (value > against) return 1;
  }
  return 0;
}
