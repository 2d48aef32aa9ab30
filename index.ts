/** The program: creates one CustomerCare from the stack's config, and exports its outputs. */
import { checklistLines, CustomerCare, withEveryProject } from "./components/index.ts";
import { stackConfig } from "./onboarding/index.ts";

const name = "customer-care";
const customerCare = new CustomerCare(name, await withEveryProject(name, stackConfig()));

/** The guide's checklist: each row with its place, its status and a link to the console. A preview does not show it. */
export const checklist = customerCare.checklist.apply(checklistLines);

/**
 * The test case, such as `projects/shop-dev/cases/43595344`; null without one, because the engine warns about undefined
 * outputs.
 */
export const testCase = customerCare.testCase?.caseName ?? null;

/** The test case's state, such as `CLOSED`. */
export const testCaseState = customerCare.testCase?.state ?? null;
