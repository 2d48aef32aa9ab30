/** The test case, its closing and the operations on it (guide rows G4 test case, G4 close, G4 other operations). */
import { planNames, plans, publicLinks } from "../../../guide/index.ts";
import { parentOf } from "../../case/stackCase.ts";
import type { CaseReading } from "../readings.ts";
import type { Scene } from "../scene.ts";
import { visibleLines } from "../../../text/index.ts";
import { closeCase, update } from "../remedies.ts";
import { unread } from "../why.ts";
import { row } from "./row.ts";
import type { MadeRow, Outcome } from "./row.ts";

/** Rows by the place of the case; an empty name if it has none. */
export function testCaseRows(scene: Scene): { readonly place: string; readonly row: MadeRow }[] {
  const { cases, leftBehind } = scene.readings;
  const at = (place: string, ...rows: readonly MadeRow[]) => rows.map((one) => ({ place, row: one }));
  const made = cases.flatMap((one) => at(parentOf(one.of.name), ...rowsOfCase(one, scene)));
  const left = (leftBehind.value ?? []).flatMap(({ name, doubt }) => {
    const place = parentOf(name);
    const { testCaseLeft, testCaseInDoubt } = scene.words.details;
    const fault = { status: "notDone", kind: "testCase", about: [name] } as const;
    const outcome: Outcome = {
      faults: [
        doubt === undefined
          ? { ...fault, details: testCaseLeft(name), ...closeCase(scene, name) }
          : { ...fault, details: testCaseInDoubt(name, doubt), next: scene.words.next.decideOnCase },
      ],
    };
    return at(place, row(scene, "closeTestCase", place, outcome));
  });
  const search =
    leftBehind.error === undefined || cases.some(({ found }) => found.error !== undefined)
      ? []
      : at("", row(scene, "closeTestCase", "", unread(scene, leftBehind), publicLinks.guide));
  const none = cases.length > 0 ? [] : at("", row(scene, "createTestCase", "", without(scene), publicLinks.guide));
  return [...made, ...none, ...left, ...search];
}

function without(scene: Scene): Outcome {
  const { stack, words } = scene;
  const { config } = stack;
  const { details, guide, next } = words;
  if (!plans[config.plan].cloudSupportApi) {
    const others = planNames.filter((name) => plans[name].cloudSupportApi).map((name) => guide.plans[name]);
    const text = details.supportApiNotOfPlan(guide.plans[config.plan]);
    return { status: "notPossible", details: text, next: next.buyPlan(others) };
  }
  return config.testCase === undefined
    ? { status: "notConfigured", details: details.testCaseNone, next: next.makeTestCase }
    : { faults: [{ status: "notDone", kind: "testCase", details: details.testCaseNotMade, ...update(scene) }] };
}

function rowsOfCase(one: CaseReading, scene: Scene): MadeRow[] {
  const { details, guide } = scene.words;
  const place = parentOf(one.of.name);
  const { found, comments, attachments } = one;
  const made = (outcome: Outcome) => row(scene, "createTestCase", place, outcome);
  if (found.value === undefined) {
    const isGone = found.error?.status === 404;
    const about = [one.of.name];
    const text = details.testCaseGone(one.of.name);
    return [
      made(
        isGone
          ? { faults: [{ status: "notDone", kind: "testCase", about, details: text, ...update(scene) }] }
          : unread(scene, found),
      ),
    ];
  }
  const { displayName, name, state, updateTime = "" } = found.value;
  const { keepOpen, adopt } = scene.stack.config.testCase ?? {};
  const { staysOpen } = one.of;
  const fault = { status: "notDone", kind: "testCase", about: [name], details: details.testCaseOpen } as const;
  const closed: Outcome =
    state === "CLOSED"
      ? { status: "done", details: details.testCaseClosed(updateTime) }
      : keepOpen === true || staysOpen === "keepOpen"
        ? { status: "notConfigured", details: details.testCaseKeptOpen }
        : adopt !== undefined || staysOpen === "adopted"
          ? { status: "notConfigured", details: details.testCaseAdopted }
          : { faults: [{ ...fault, ...closeCase(scene, name) }] };
  const [commented, attached] = [comments.value?.length, attachments.value?.length];
  const others: Outcome =
    commented === undefined || attached === undefined
      ? unread(scene, commented === undefined ? comments : attachments)
      : { status: commented + attached > 0 ? "done" : "link", details: details.otherOperations(commented, attached) };
  return [
    made({ status: "done", details: details.testCase(name, visibleLines(displayName), guide.caseStates[state]) }),
    row(scene, "closeTestCase", place, closed),
    row(scene, "otherOperations", place, others),
  ];
}
