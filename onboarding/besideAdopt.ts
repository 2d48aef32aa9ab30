/** What a test case cannot have beside `adopt`, and what it can have only there. */
import type { Problem } from "./problems.ts";
import type { TestCaseArgs } from "./places.ts";

const itsOwn = "is the adopted case's own and cannot be changed; leave it out";

/** What a case that is there already has of its own, or is never asked: the key, and what is wrong with it. */
const notBesideAdopt = {
  classification: itsOwn,
  description: itsOwn,
  errorMessage: itsOwn,
  channel: itsOwn,
  language: itsOwn,
  businessImpact: itsOwn,
  vmInstances: itsOwn,
  thirdPartyAuthorization: itsOwn,
  timeZone: itsOwn,
  realCase: itsOwn,
  ignoreCases: "does not go with adopt: no case is created, so none is in the way; leave it out",
  keepOpen:
    "does not go with adopt: an adopted case stays as it is; write closeOnDestroy: true to close it with the stack",
} as const satisfies Partial<Record<keyof TestCaseArgs, string>>;

export type KeyNotBesideAdopt = keyof typeof notBesideAdopt;

/** Those keys of a test case that have to go where it adopts a case, in the order of the form. */
export function keysNotBesideAdopt(testCase: TestCaseArgs): KeyNotBesideAdopt[] {
  return (Object.keys(notBesideAdopt) as KeyNotBesideAdopt[]).filter((key) => testCase[key] !== undefined);
}

/** @param adopts Whether the test case has `adopt`, be its value right or wrong. */
export function adoptionProblems(testCase: TestCaseArgs, adopts: boolean): Problem[] {
  if (adopts)
    return keysNotBesideAdopt(testCase).map((key) => ({ path: ["testCase", key], message: notBesideAdopt[key] }));
  return testCase.closeOnDestroy === undefined
    ? []
    : [
        {
          path: ["testCase", "closeOnDestroy"],
          message: "is for an adopted case; leave it out, as a case that is made here is always closed, or write adopt",
        },
      ];
}
