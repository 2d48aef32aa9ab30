/** The plan with its value-added services, and the rows about tasks outside of the console. */
import { planNames, plans } from "../../../guide/index.ts";
import type { ReportContext } from "../context.ts";
import { row } from "./row.ts";
import type { RowWithFaults, Outcome } from "./row.ts";

export function planRows(context: ReportContext): RowWithFaults[] {
  const {
    stack: { config },
    words,
  } = context;
  const { details, guide } = words;
  const plan = details.plan(guide.plans[config.plan], guide.audiences[config.plan]);
  return [
    row(context, "plan", "", { status: "done", details: plan }),
    row(context, "valueAdded", "", valueAdded(context)),
  ];
}

function valueAdded({ stack, words }: ReportContext): Outcome {
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

export function publicRows(context: ReportContext): RowWithFaults[] {
  const link: Outcome = { status: "link", details: "" };
  return [row(context, "dashboard", "", link), row(context, "training", "", link)];
}
