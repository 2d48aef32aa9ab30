/** Open cases that may already be the config's test case. A person chooses which one to adopt. */
import { fieldsToChange, markerOfCase } from "../../components/internal.ts";
import { keysIncompatibleWithAdopt } from "../../onboarding/index.ts";
import type { TestCaseArgs } from "../../onboarding/index.ts";
import type { Case } from "../../google/index.ts";
import { testCaseDefaults } from "../../guide/index.ts";
import { withoutSecrets } from "../../text/index.ts";
import { hasTitle } from "./readCloud.ts";
import type { PlaceReadings } from "./readCloud.ts";

export interface CaseFound {
  /** `projects/P/cases/C` or `organizations/O/cases/C`. */
  readonly name: string;
  readonly displayName: string;
  /** The full name of the Pulumi stack that created it, if one did. */
  readonly madeBy: string | undefined;
  /** Whether it can be adopted: a case of another stack cannot. */
  readonly isAdoptable: boolean;
  /** The keys of the config's test case that do not work with `adopt`. */
  readonly incompatible: readonly (keyof TestCaseArgs)[];
  /** The keys whose values differ from those of the case: it can only be adopted unchanged, and changed later. */
  readonly differing: readonly (keyof TestCaseArgs)[];
  /** The keys whose values are added to it when it is adopted. */
  readonly additions: readonly (keyof TestCaseArgs)[];
}

const additionKeys = ["comments", "attachments", "escalation"] as const satisfies readonly (keyof TestCaseArgs)[];

/** @param inStack Whose config it is. */
export function casesFound(
  { place: { testCase }, cases }: PlaceReadings,
  inStack: { readonly project: string; readonly stack: string },
): CaseFound[] {
  if (testCase === undefined) return [];
  const title = testCase.displayName ?? testCaseDefaults.displayName;
  return (cases?.value ?? []).flatMap((one: Case) => {
    const { name, displayName } = one;
    const madeBy = markerOfCase(one)?.stack;
    const isOfStack = madeBy !== undefined && isOf(madeBy, inStack);
    if (!isOfStack && !hasTitle(one, title)) return [];
    return {
      name,
      displayName: withoutSecrets(displayName, "value"),
      madeBy,
      isAdoptable: madeBy === undefined || isOfStack,
      incompatible: keysIncompatibleWithAdopt(testCase),
      differing: fieldsToChange(one, { ...testCase, adopt: name }),
      additions: additionKeys.filter((key) => testCase[key] !== undefined),
    };
  });
}

/** A stack's full name begins with an organization, which people may leave out. */
function isOf(fullName: string, { project, stack }: { readonly project: string; readonly stack: string }): boolean {
  return fullName.endsWith(`/${project}/${stack.split("/").at(-1) ?? ""}`);
}
