/** The test case, its closing and the operations on it (guide rows G4 test case, G4 close, G4 other operations). */
import { planNames, plans, publicLinks } from "../../../guide/index.ts";
import { parentOf } from "../../case/stackCase.ts";
import type { CaseReading } from "../readings.ts";
import type { ReportContext } from "../context.ts";
import { documentPath, shownValue } from "../../../text/index.ts";
import { closeCaseRemedy, updateRemedy } from "../remedies.ts";
import { unread } from "../why.ts";
import { row } from "./row.ts";
import type { RowWithFaults, Outcome } from "./row.ts";

/** Rows by the place of the case; an empty name if it has none. */
export function testCaseRows(context: ReportContext): { readonly place: string; readonly row: RowWithFaults }[] {
  const { cases, leftBehind } = context.readings;
  const at = (place: string, ...rows: readonly RowWithFaults[]) => rows.map((one) => ({ place, row: one }));
  const recorded = cases.flatMap((one) => at(parentOf(one.of.name), ...rowsOfCase(one, context)));
  const left = (leftBehind.value ?? []).flatMap(({ name, doubt }) => {
    const place = parentOf(name);
    const { details, next } = context.words;
    const fault = { status: "notDone", kind: "testCase", about: [name] } as const;
    const outcome: Outcome = {
      faults: [
        doubt === undefined
          ? { ...fault, details: details.testCaseLeft(name), ...closeCaseRemedy(context, name) }
          : {
              ...fault,
              details: details.testCaseInDoubt(name, doubt),
              next: next.decideOnCase(documentPath("docs/explanation/supportCase.md")),
            },
      ],
    };
    return at(place, row(context, "closeTestCase", place, outcome));
  });
  const search =
    leftBehind.error === undefined || cases.some(({ found }) => found.error !== undefined)
      ? []
      : at("", row(context, "closeTestCase", "", unread(context, leftBehind), publicLinks.guide));
  const none =
    cases.length > 0 ? [] : at("", row(context, "createTestCase", "", noCaseOutcome(context), publicLinks.guide));
  return [...recorded, ...none, ...left, ...search];
}

function noCaseOutcome(context: ReportContext): Outcome {
  const { stack, words } = context;
  const { config } = stack;
  const { details, guide, next } = words;
  if (!plans[config.plan].cloudSupportApi) {
    const others = planNames.filter((name) => plans[name].cloudSupportApi).map((name) => guide.plans[name]);
    const text = details.supportApiNotOfPlan(guide.plans[config.plan]);
    return { status: "notPossible", details: text, next: next.buyPlan(others) };
  }
  return config.testCase === undefined
    ? { status: "notConfigured", details: details.testCaseNone, next: next.makeTestCase }
    : { faults: [{ status: "notDone", kind: "testCase", details: details.testCaseNotMade, ...updateRemedy(context) }] };
}

function rowsOfCase(one: CaseReading, context: ReportContext): RowWithFaults[] {
  const { details, guide } = context.words;
  const place = parentOf(one.of.name);
  const { found, comments, attachments } = one;
  const createRow = (outcome: Outcome) => row(context, "createTestCase", place, outcome);
  if (found.value === undefined) {
    const isGone = found.error?.status === 404;
    const about = [one.of.name];
    const text = details.testCaseGone(one.of.name);
    return [
      createRow(
        isGone
          ? { faults: [{ status: "notDone", kind: "testCase", about, details: text, ...updateRemedy(context) }] }
          : unread(context, found),
      ),
    ];
  }
  const { displayName, name, state, updateTime = "" } = found.value;
  const { keepOpen, adopt } = context.stack.config.testCase ?? {};
  const { staysOpen } = one.of;
  const fault = { status: "notDone", kind: "testCase", about: [name], details: details.testCaseOpen } as const;
  const closed: Outcome =
    state === "CLOSED"
      ? { status: "done", details: details.testCaseClosed(updateTime) }
      : keepOpen === true || staysOpen === "keepOpen"
        ? { status: "notConfigured", details: details.testCaseKeptOpen }
        : adopt !== undefined || staysOpen === "adopted"
          ? { status: "notConfigured", details: details.testCaseAdopted }
          : { faults: [{ ...fault, ...closeCaseRemedy(context, name) }] };
  const [commented, attached] = [comments.value?.length, attachments.value?.length];
  const others: Outcome =
    commented === undefined || attached === undefined
      ? unread(context, commented === undefined ? comments : attachments)
      : { status: commented + attached > 0 ? "done" : "link", details: details.otherOperations(commented, attached) };
  return [
    createRow({ status: "done", details: details.testCase(name, shownValue(displayName), guide.caseStates[state]) }),
    row(context, "closeTestCase", place, closed),
    row(context, "otherOperations", place, others),
  ];
}
