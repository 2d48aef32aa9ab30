/** The filter of cases.list and the query of cases.search (google/cloud/support/v2/case_service.proto). */
import { compareTimes, compileFilter, unsupportedRestriction } from "../filter.ts";
import type { Predicate, Restriction } from "../filter.ts";
import { snakeCase } from "../json.ts";
import type { SupportCase } from "../state.ts";

function caseRestriction(restriction: Restriction): Predicate<SupportCase> {
  const { operator, value } = restriction;
  if (operator !== "=") throw unsupportedRestriction(restriction);
  switch (snakeCase(restriction.field)) {
    case "state":
      // OPEN is not a state of a case. It means any state except CLOSED.
      if (value !== "OPEN" && value !== "CLOSED") throw unsupportedRestriction(restriction);
      return ({ state }) => (state === "CLOSED") === (value === "CLOSED");
    case "priority":
      if (!/^P[0-4]$/.test(value)) throw unsupportedRestriction(restriction);
      return ({ priority }) => priority === value;
    case "creator.email":
      return ({ creator }) => creator.email.toLowerCase() === value.toLowerCase();
    default:
      throw unsupportedRestriction(restriction);
  }
}

/** `state=OPEN AND (priority=P0 OR priority=P1)`. */
export function caseFilter(filter: string): Predicate<SupportCase> {
  return compileFilter(filter, { restriction: caseRestriction });
}

/** The same, with `"any text"` across display name, description and comments, and `update_time>"…"`. */
export function caseQuery(query: string): Predicate<SupportCase> {
  return compileFilter<SupportCase>(query, {
    restriction: (restriction) => {
      if (snakeCase(restriction.field) !== "update_time") return caseRestriction(restriction);
      if (restriction.operator !== ">") throw unsupportedRestriction(restriction);
      const later = compareTimes(restriction);
      return ({ updateTime }) => later(updateTime);
    },
    text: (value) => {
      const wanted = value.toLowerCase();
      return ({ displayName, description, comments }) =>
        [displayName, description, ...comments.map(({ body }) => body)].some((text) =>
          text.toLowerCase().includes(wanted),
        );
    },
  });
}
