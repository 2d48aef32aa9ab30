/** All changes in the preview of one stack, in the order in which they are listed. */
import { toString } from "mdast-util-to-string";
import { componentTypes, isLifeOfCase, isSupportCaseType } from "../../components/internal.ts";
import { levels } from "../../guide/index.ts";
import { accessChange } from "./access.ts";
import { channelChange } from "./alertChannels.ts";
import { alertChange } from "./alerts.ts";
import { groupNames, kindsOf, withOrigin } from "./change.ts";
import type { Change } from "./change.ts";
import { conflictChanges } from "./conflicts.ts";
import { contactChange } from "./contacts.ts";
import { changeKinds } from "./kinds.ts";
import { lastContactChanges } from "./lastContacts.ts";
import type { Domains } from "./organization.ts";
import { otherChanges } from "./others.ts";
import { code, compose } from "./phrases.ts";
import { consoleOf, placeOf } from "./place.ts";
import { changingSteps } from "./preview.ts";
import type { Preview, Step } from "./preview.ts";
import { isGuideService, serviceChanges } from "./services.ts";
import { supportEventChange } from "./supportEvents.ts";
import { caseChange } from "./testCase.ts";

export interface StackDiff {
  /** The stack's name, or the caller's name for it. */
  readonly stack: string;
  readonly project: string | undefined;
  readonly failed: boolean;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** Whether the preview has no step that changes anything, not even in the state. */
  readonly isEmpty: boolean;
  /** The number of changed resources by the engine's operation, without components. */
  readonly resources: Readonly<Record<string, number>>;
  readonly changes: readonly Change[];
}

/** @param domains The domains that may be the organization's. */
export function stackDiff(preview: Preview, stack: string, domains: Domains): StackDiff {
  const steps = changingSteps(preview);
  const children = Map.groupBy(steps, parentOf);
  const childrenOf = (urn: string) => children.get(urn) ?? [];
  const changes: Change[] = [];
  const services: Step[] = [];
  const others: Step[] = [];
  // The record of a case's life is part of the case.
  const isWithCase = (step: Step) =>
    isLifeOfCase(step.urn) && childrenOf(parentOf(step) ?? "").some(({ type }) => isSupportCaseType(type));
  for (const step of steps) {
    if (isWithCase(step)) continue;
    const change =
      accessChange(step, domains) ??
      contactChange(step, domains) ??
      alertChange(step, preview.steps, domains) ??
      channelChange(step, preview.steps, domains) ??
      supportEventChange(step, preview.steps) ??
      caseChange(step, domains) ??
      projectChange(step, steps);
    if (change !== undefined) changes.push({ ...change, sentence: withOrigin(change.sentence, step) });
    else if (isGuideService(step)) services.push(step);
    else others.push(step);
  }
  changes.push(
    ...serviceChanges(services),
    ...otherChanges(others, domains),
    ...lastContactChanges(preview),
    ...conflictChanges(preview),
    ...preview.leftCases.map(leftCaseChange),
  );
  const counted = steps.filter((step) => step.custom && !isWithCase(step));
  return {
    stack,
    project: preview.project,
    failed: preview.failed,
    errors: preview.errors,
    warnings: preview.warnings,
    isEmpty: steps.length === 0,
    resources: Object.fromEntries([...Map.groupBy(counted, ({ op }) => op)].map(([op, all]) => [op, all.length])),
    changes: inOrder(changes),
  };
}

/** Adds changes that only a comparison with other stacks shows. */
export function withChanges(diff: StackDiff, more: readonly Change[]): StackDiff {
  return more.length === 0 ? diff : { ...diff, changes: inOrder([...diff.changes, ...more]) };
}

function inOrder(changes: readonly Change[]): Change[] {
  return [...changes].sort((one, other) => compare(keyOf(one), keyOf(other)));
}

function parentOf({ before, after }: Step): string | undefined {
  return (after ?? before)?.parent;
}

/** Whether it is listed first. */
export function comesFirst({ kinds }: Change): boolean {
  return kinds.some((kind) => changeKinds[kind].first);
}

/** First what a reviewer must see, by kind; then by group, removals before additions, by place. */
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

/** No step of the preview closes it: the resource does, before it creates its own. */
function leftCaseChange(name: string): Change {
  const place = name.replace(/\/cases\/.*$/, "");
  return {
    group: "testCase",
    operation: "update",
    kinds: ["case-close"],
    place,
    urns: [],
    sentence: compose`The case ${code(name)}, which an interrupted update left open, is closed.`,
  };
}

/** Projects that join the onboarding or leave it (guide row G2 project). */
function projectChange(step: Step, steps: readonly Step[]): Change | undefined {
  if (step.type !== componentTypes.projectServices || !["create", "delete"].includes(step.op)) return undefined;
  // Taken from its services, its grants or its test case, since a new component has no ID.
  const within = steps.filter(({ name }) => name.startsWith(`${step.name}/`));
  const projectOf = ({ before, after }: Step) => (after ?? before)?.inputs["project"];
  const project = step.before?.outputs["projectId"] ?? within.map(projectOf).find((id) => id !== undefined);
  const { phrase, ...place } = placeOf(project, step.name, "project");
  const billing = consoleOf.billing({ ...place, phrase });
  return {
    group: "projects",
    operation: step.op,
    // A component alone changes nothing: its children have their own changes.
    kinds: kindsOf(step).filter((kind) => kind !== "delete"),
    place: place.resourceName,
    urns: [step.urn],
    sentence:
      step.op === "create" ? compose`Starts onboarding ${phrase}${billing}.` : compose`Stops onboarding ${phrase}.`,
  };
}
