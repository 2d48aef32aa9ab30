/** The plan and what was bought with it (guide row G1), and the rows that lead out of the console (G6). */
import { planNames, plans, publicLinks } from "../../../guide/index.ts";
import type { Scene } from "../scene.ts";
import { row } from "./row.ts";
import type { MadeRow, Standing } from "./row.ts";

export function planRows({ stack: { config }, words }: Scene): MadeRow[] {
  const { details, guide, tasks } = words;
  const plan = details.plan(guide.plans[config.plan], guide.audiences[config.plan]);
  return [
    row("G1 plan", tasks.plan, publicLinks.plans, { status: "done", details: plan }),
    row("G1 value-added", tasks.valueAdded, publicLinks.plans, valueAdded({ stack: { config }, words })),
  ];
}

function valueAdded({
  stack,
  words,
}: {
  readonly stack: Pick<Scene["stack"], "config">;
  readonly words: Scene["words"];
}): Standing {
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

export function publicRows({ words: { tasks } }: Scene): MadeRow[] {
  const link: Standing = { status: "link", details: "" };
  return [
    row("G6 Service Health", tasks.dashboard, publicLinks.serviceHealthDashboard, link),
    row("G6 Skills Boost", tasks.training, publicLinks.skillsBoost, link),
  ];
}
