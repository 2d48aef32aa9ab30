/** The classifications of cases, such as `Technical Issue > Compute > Compute Engine`, each with an opaque ID. */
import type { Call, Method } from "../api.ts";
import { compileFilter, glob, unsupportedRestriction } from "../filter.ts";
import type { Predicate } from "../filter.ts";
import { snakeCase } from "../json.ts";
import { page } from "../paging.ts";
import type { CaseClassification } from "../state.ts";
import { checkPlan } from "./access.ts";

const pageSizes = { default: 10, max: 1000 };

/** `display_name:"*Compute Engine*"`. Text without a wildcard matches anywhere in the name. */
function classificationQuery(query: string): Predicate<CaseClassification> {
  return compileFilter<CaseClassification>(query, {
    restriction: (restriction) => {
      const { operator, value } = restriction;
      const field = snakeCase(restriction.field);
      if (operator !== ":" && operator !== "=") throw unsupportedRestriction(restriction);
      const matches = glob(operator === ":" && !value.includes("*") ? `*${value}*` : value);
      if (field === "display_name") return ({ displayName }) => matches(displayName);
      if (field === "id") return ({ id }) => matches(id);
      throw unsupportedRestriction(restriction);
    },
  });
}

/** Excludes deactivated classifications. */
function searchCaseClassifications(call: Call): object {
  const { state, clock } = call.context;
  if (call.consumer !== undefined) checkPlan(call, call.consumer);
  const matches = classificationQuery(call.query.text("query"));
  const found = state.caseClassifications.filter(
    (candidate) =>
      matches(candidate) &&
      (candidate.deactivateTime === undefined || Date.parse(candidate.deactivateTime) > clock.now()),
  );
  const { items, nextPageToken } = page(found, call, pageSizes);
  return { caseClassifications: items.map(({ id, displayName }) => ({ id, displayName })), nextPageToken };
}

export const caseClassificationMethods: readonly Method[] = [
  {
    rpc: "CaseService.SearchCaseClassifications",
    handle: searchCaseClassifications,
  },
];
