/** The program: the stack's config in, one CustomerCare, its outputs out. */
// First: what is imported after it is kept.
import "./quickStart.ts";
import { checklistLines, CustomerCare, withEveryProject } from "./components/index.ts";
import { stackConfig } from "./onboarding/index.ts";

const name = "customer-care";
const customerCare = new CustomerCare(name, await withEveryProject(name, stackConfig()));

/** The guide's checklist: each row, where it applies, whether it is done, and the console's link. A preview does not show it. */
export const checklist = customerCare.checklist.apply(checklistLines);

/** The test case, such as `projects/shop-dev/cases/43595344`; null without one, as the engine warns of what is undefined. */
export const testCase = customerCare.testCase?.caseName ?? null;

/** The test case's state, such as `CLOSED`. */
export const testCaseState = customerCare.testCase?.state ?? null;
