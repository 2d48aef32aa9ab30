/** The features of the plan. */
import { h } from "hastscript";
import type { Element } from "hast";
import { publicLinks } from "../../../guide/index.ts";
import { section } from "./section.ts";
import type { RenderContext } from "../renderContext.ts";
import type { Section } from "./section.ts";

export function planSection({ report: { plan }, words: { details, page } }: RenderContext): Section {
  const list = (items: readonly string[]) =>
    items.length === 0
      ? page.none
      : h(
          "ul",
          items.map((item) => h("li", item)),
        );
  const entry = (title: string, what: string | Element) => [h("dt", title), h("dd", what)];
  return section(
    "plan",
    page.plan,
    h("p", { className: "note" }, page.planNote),
    h(
      "div",
      { className: "card" },
      h("dl", [
        ...entry(page.plan, details.plan(plan.displayName, plan.audience)),
        ...entry(page.supportApi, plan.cloudSupportApi ? page.included : page.notIncluded),
        ...entry(page.priorities, list(plan.priorities)),
        ...entry(page.escalations, plan.escalations ? page.escalationsIncluded : page.escalationsNotIncluded),
        ...entry(page.caseLanguages, list(plan.languages)),
        ...entry(page.channels, list(plan.channels)),
        ...entry(page.bought, list(plan.bought)),
        ...entry(page.forSale, list(plan.available)),
        ...entry(page.responseTimes, h("a", { href: publicLinks.plans }, page.plansLink)),
      ]),
    ),
  );
}
