/** Projects that join the onboarding or leave it (guide row G2 project). */
import { kindsOf } from "./change.ts";
import type { Change } from "./change.ts";
import { say } from "./phrases.ts";
import { consoleOf, placeOf } from "./place.ts";
import type { Step } from "./preview.ts";

const projectType = "customer-care:index:ProjectServices";

/** @param steps All of the preview: the project's ID stands at its services. */
export function projectChange(step: Step, steps: readonly Step[]): Change | undefined {
  if (step.type !== projectType || !["create", "delete"].includes(step.op)) return undefined;
  const services = steps.map(({ before, after }) => after ?? before).filter((state) => state?.parent === step.urn);
  const project = step.before?.outputs["projectId"] ?? services[0]?.inputs["project"];
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
