/** The plan with its value-added services, and the rows about tasks outside of the console. */
import { planNames, plans } from "../../../guide/index.ts";
import type { Scene } from "../scene.ts";
import { row } from "./row.ts";
import type { MadeRow, Outcome } from "./row.ts";

export function planRows(scene: Scene): MadeRow[] {
  const {
    stack: { config },
    words,
  } = scene;
  const { details, guide } = words;
  const plan = details.plan(guide.plans[config.plan], guide.audiences[config.plan]);
  return [row(scene, "plan", "", { status: "done", details: plan }), row(scene, "valueAdded", "", valueAdded(scene))];
}

function valueAdded({ stack, words }: Scene): Outcome {
  const { plan, valueAddedServices: bought = [] } = stack.config;
  const { details, guide, next } = words;
  if (bought.length > 0)
    return { status: "done", details: details.holders(bought.map((name) => guide.valueAddedServices[name]).sort()) };
  if (plans[plan].valueAddedServices.length > 0) return { status: "notConfigured", details: details.valueAddedNone };
  const others = planNames.filter((name) => plans[name].valueAddedServices.length > 0).map((name) => guide.plans[name]);
  return {
    status: "notPossible",
    details: details.valueAddedNotOfPlan(guide.plans[plan]),
    next: next.buyPlan(others),
  };
}

export function publicRows(scene: Scene): MadeRow[] {
  const link: Outcome = { status: "link", details: "" };
  return [row(scene, "dashboard", "", link), row(scene, "training", "", link)];
}
