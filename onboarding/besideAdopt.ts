/** The keys of a test case that cannot be combined with `adopt`, and the key that requires it. */
import type { Problem } from "./problems.ts";
import type { TestCaseArgs } from "./places.ts";

const itsOwn = "cannot be used with adopt, because it cannot be changed in an existing case; leave it out";

/** The message for each key that is incompatible with `adopt`. */
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
  ignoreCases: "cannot be used with adopt, because no case is created; leave it out",
  keepOpen:
    "cannot be used with adopt, because an adopted case stays open; write closeOnDestroy: true to close it with the stack",
} as const satisfies Partial<Record<keyof TestCaseArgs, string>>;

export type KeyNotBesideAdopt = keyof typeof notBesideAdopt;

/** The keys of a test case that are incompatible with `adopt`, in the order of the form. */
export function keysNotBesideAdopt(testCase: TestCaseArgs): KeyNotBesideAdopt[] {
  return (Object.keys(notBesideAdopt) as KeyNotBesideAdopt[]).filter((key) => testCase[key] !== undefined);
}

/** @param adopts Whether the test case has `adopt`, with a valid value or not. */
export function adoptionProblems(testCase: TestCaseArgs, adopts: boolean): Problem[] {
  if (adopts)
    return keysNotBesideAdopt(testCase).map((key) => ({ path: ["testCase", key], message: notBesideAdopt[key] }));
  return testCase.closeOnDestroy === undefined
    ? []
    : [
        {
          path: ["testCase", "closeOnDestroy"],
          message:
            "requires adopt; add adopt, or leave closeOnDestroy out, because a case that the stack creates is always closed",
        },
      ];
}
