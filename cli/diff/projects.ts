/** Projects that join the onboarding or leave it (guide row G2 project). */
import { kindsOf } from "./change.ts";
import type { Change } from "./change.ts";
import { say } from "./phrases.ts";
import { consoleOf, placeOf } from "./place.ts";
import type { Step } from "./preview.ts";

const projectType = "customer-care:index:ProjectServices";

/** @param childrenOf The steps of what is below a component: the project's ID stands at its services. */
export function projectChange(step: Step, childrenOf: (urn: string) => readonly Step[]): Change | undefined {
  if (step.type !== projectType || !["create", "delete"].includes(step.op)) return undefined;
  const [service] = childrenOf(step.urn);
  const project = step.before?.outputs["projectId"] ?? (service?.after ?? service?.before)?.inputs["project"];
  const { phrase, ...place } = placeOf(project, step.name, "project");
  const billing = consoleOf.billing({ ...place, phrase });
  return {
    group: "projects",
    operation: step.op,
    // The component is nothing by itself: what it holds is told as such.
    kinds: kindsOf(step).filter((kind) => kind !== "delete"),
    place: place.resourceName,
    urns: [step.urn],
    sentence:
      step.op === "create"
        ? say`The onboarding begins for ${phrase}${billing}.`
        : say`The onboarding no longer covers ${phrase}.`,
  };
}
