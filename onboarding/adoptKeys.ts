/** The keys of a test case that cannot be combined with `adopt`, and the key that requires it. */
import type { Problem } from "./problems.ts";
import type { TestCaseArgs } from "./places.ts";

const fixedByCase = "cannot be used with adopt, because it cannot be changed in an existing case; leave it out";

/** The message for each key that is incompatible with `adopt`. */
const adoptMessages = {
  classification: fixedByCase,
  description: fixedByCase,
  errorMessage: fixedByCase,
  channel: fixedByCase,
  language: fixedByCase,
  businessImpact: fixedByCase,
  vmInstances: fixedByCase,
  thirdPartyAuthorization: fixedByCase,
  timeZone: fixedByCase,
  realCase: fixedByCase,
  ignoreCases: "cannot be used with adopt, because no case is created; leave it out",
  keepOpen:
    "cannot be used with adopt, because an adopted case stays open; write closeOnDestroy: true to close it with the stack",
} as const satisfies Partial<Record<keyof TestCaseArgs, string>>;

export type KeyIncompatibleWithAdopt = keyof typeof adoptMessages;

/** The keys of a test case that are incompatible with `adopt`, in the order of the form. */
export function keysIncompatibleWithAdopt(testCase: TestCaseArgs): KeyIncompatibleWithAdopt[] {
  return (Object.keys(adoptMessages) as KeyIncompatibleWithAdopt[]).filter((key) => testCase[key] !== undefined);
}

/** @param adopts Whether the test case has `adopt`, with a valid value or not. */
export function adoptionProblems(testCase: TestCaseArgs, adopts: boolean): Problem[] {
  if (adopts)
    return keysIncompatibleWithAdopt(testCase).map((key) => ({ path: ["testCase", key], message: adoptMessages[key] }));
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
