/** Services of projects (guide rows G2 services, G6): one change for all services of a project with the same operation. */
import { serviceType } from "../../components/internal.ts";
import { consoleLinks, serviceNames, services } from "../../guide/index.ts";
import type { ServiceName } from "../../guide/index.ts";
import { kindsOf, stays, withOrigin } from "./change.ts";
import type { Change } from "./change.ts";
import type { ChangeKindName } from "./kinds.ts";
import { link, listed, own, compose } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { placeOf } from "./place.ts";
import type { Place } from "./place.ts";
import type { Step } from "./preview.ts";
import { becomes, propertyChanges, unexplained, withUnknown, withUnlistedChanges } from "./properties.ts";
import type { PropertyChange } from "./properties.ts";
import { knownText } from "./values.ts";

export function isGuideService({ type, before, after }: Step): boolean {
  return type === serviceType && serviceOf((after ?? before)?.inputs["service"]) !== undefined;
}

/** @param steps The steps for the guide's services. */
export function serviceChanges(steps: readonly Step[]): Change[] {
  const together = Map.groupBy(steps, (step) =>
    // Updates differ by their properties, and unlisted properties are reported for each service.
    step.op === "update" || unlistedServiceChanges(step).length > 0
      ? step
      : JSON.stringify([step.op, step.drifted, step.isPendingDeletion, isDisabled(step), projectOf(step).phrase]),
  );
  return [...together.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const place = projectOf(first);
    const sorted = [...same].sort((one, other) => (one.name < other.name ? -1 : 1));
    const isUnexplained = first.op === "update" && propertyChanges(first).length === 0;
    const change: Change = {
      group: "services",
      operation: first.op,
      kinds: isUnexplained ? withUnknown(kindsOfService(first)) : kindsOfService(first),
      place: place.resourceName,
      urns: sorted.map(({ urn }) => urn),
      sentence: withOrigin(sentence(first, sorted, place), first),
    };
    return [withUnlistedChanges(change, unlistedServiceChanges(first))];
  });
}

/** Source: https://www.pulumi.com/registry/packages/gcp/api-docs/projects/service/ */
const serviceProperties = ["project", "service"];

/** Settings that can disable a service later. The package sets them so that they do not. */
const settings = ["disableOnDestroy", "disableDependentServices"];

/** Changes with an effect that no sentence describes. Disabling the service itself has a sentence. */
export function unlistedServiceChanges(step: Step): PropertyChange[] {
  return propertyChanges(step).filter(({ name, before, after }) => {
    if (serviceProperties.includes(name)) return false;
    if (!settings.includes(name)) return true;
    return step.op === "delete" ? name !== "disableOnDestroy" && mayBeTrue(before) : mayBeTrue(after);
  });
}

function serviceOf(property: unknown): ServiceName | undefined {
  const name = knownText(property);
  return serviceNames.find((service) => service === name);
}

function projectOf({ name, before, after }: Step): Place {
  return placeOf((after ?? before)?.inputs["project"], name, "project");
}

/** Whether the provider disables it: without `disableOnDestroy`, a service stays enabled when it leaves the state. */
function isDisabled(step: Step): boolean {
  const { op, before } = step;
  return ["delete", "replace"].includes(op) && mayBeTrue(before?.inputs["disableOnDestroy"]) && !stays(step);
}

/** A secret counts as possible. */
function mayBeTrue(property: unknown): boolean {
  return ![undefined, null, false].includes(property as never);
}

function kindsOfService(step: Step): ChangeKindName[] {
  return kindsOf(step).filter((kind) => kind !== "delete" || isDisabled(step));
}

function sentence(step: Step, same: readonly Step[], place: Place): Phrase {
  const names = same.flatMap(({ before, after }) => serviceOf((after ?? before)?.inputs["service"]) ?? []);
  const all = listed(names.map((name) => titled(name, place)));
  const [is, stays, has] = same.length === 1 ? ["is", "stays", "it"] : ["are", "stay", "them"];
  const where = compose`on ${place.phrase}`;
  if (isDisabled(step)) return compose`${all} ${own(is)} disabled ${where}.`;
  if (step.op === "delete") return compose`${all} ${own(is)} no longer managed ${where}, and ${own(stays)} enabled.`;
  if (step.op === "import")
    return compose`${all} ${own(is)} enabled ${where} already, and the stack takes ${own(has)} over.`;
  if (step.op === "update") {
    const unlisted = unlistedServiceChanges(step).map(({ name }) => name);
    const changes = propertyChanges(step).filter(({ name }) => !unlisted.includes(name));
    if (unlisted.length > 0 && changes.length === 0) return compose`The settings of ${all} ${where} change.`;
    return changes.length === 0
      ? compose`${all} ${where} ${unexplained}.`
      : compose`The settings of ${all} ${where} change, and it stays enabled: ${listed(changes.map(becomes))}.`;
  }
  const again = step.drifted ? own(` again (${is === "is" ? "it was" : "they were"} disabled outside of Pulumi)`) : [];
  return compose`${all} ${own(is)} enabled ${where}${again}.`;
}

function titled(name: ServiceName, { resourceName }: Place): Phrase {
  const { displayName } = services[name];
  return resourceName === undefined ? own(displayName) : link(displayName, consoleLinks.service(name, resourceName));
}
