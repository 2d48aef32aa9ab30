/** The version of each case that `cases:search` returns. The settings can delay it. */
import type { Context } from "../api.ts";
import { timestamp } from "../clock.ts";
import type { SupportCase } from "../state.ts";
import { publishCase } from "./caseEvents.ts";

/** Changes a case, and keeps the old version for a delayed search. */
export function revise(context: Context, supportCase: SupportCase, change: () => void): void {
  const { state, clock } = context;
  const id = caseId(supportCase);
  const revisions = state.caseRevisions.get(id) ?? [{ at: 0, supportCase: snapshot(supportCase) }];
  change();
  supportCase.updateTime = timestamp(clock.now());
  state.caseRevisions.set(id, [...revisions, { at: clock.now(), supportCase: snapshot(supportCase) }]);
  publishCase(context, supportCase);
}

/** Adds a new case, which a delayed search does not find yet. */
export function addCase(context: Context, supportCase: SupportCase): void {
  const { state, clock } = context;
  state.cases.set(caseId(supportCase), supportCase);
  state.caseRevisions.set(caseId(supportCase), [{ at: clock.now(), supportCase: snapshot(supportCase) }]);
  publishCase(context, supportCase);
}

/** The version of the case that a search returns now; undefined if it does not find the case yet. */
export function searchable({ state, clock, faults }: Context, supportCase: SupportCase): SupportCase | undefined {
  const { searchLag } = faults.settings;
  const revisions = state.caseRevisions.get(caseId(supportCase));
  if (searchLag === 0 || revisions === undefined) return supportCase;
  return revisions.findLast(({ at }) => at + searchLag <= clock.now())?.supportCase;
}

function caseId({ name }: SupportCase): string {
  return name.split("/")[3] ?? "";
}

function snapshot(supportCase: SupportCase): SupportCase {
  return {
    ...supportCase,
    subscriberEmailAddresses: [...supportCase.subscriberEmailAddresses],
    comments: [...supportCase.comments],
    attachments: [],
  };
}
