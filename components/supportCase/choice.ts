/** Which case a resource goes on with, of those that are found before one is made: docs/supportCase.md has the table. */
import type { Case } from "../../google/index.ts";
import { isSameText } from "./additions.ts";
import { caseDescription } from "./description.ts";
import { isOfLife, isOfResource } from "./marker.ts";
import type { MadeCaseInputs } from "./properties.ts";

export interface Choice {
  /** The case to go on with. Without one, a case is made. */
  readonly kept: Case | undefined;
  /** Open cases of this resource beside it, which are closed: no resource has two. */
  readonly surplus: readonly Case[];
}

export function chooseCase(found: readonly Case[], inputs: MadeCaseInputs): Choice {
  const ofThisLife = found.filter((one) => isOfLife(one, inputs.marker));
  // Open, though its resource is in no state: the state was lost.
  const ofLostState = found.filter(
    (one) => isOpen(one) && isOfResource(one, inputs.marker) && !ofThisLife.includes(one),
  );
  const open = [
    ...ofThisLife.filter(isOpen).sort(byAge),
    ...ofLostState.filter((one) => isAsAsked(one, inputs)).sort(byAge),
  ];
  // Closed in this life: made, then closed, then not recorded. One that is to stay open cannot be had of it.
  const closed = inputs.keepOpen ? undefined : ofThisLife.find((one) => !isOpen(one));
  const kept = open[0] ?? closed;
  return { kept, surplus: [...ofThisLife.filter(isOpen), ...ofLostState].filter((one) => one !== kept) };
}

const isOpen = ({ state }: Case) => state !== "CLOSED";

const byAge = (one: Case, other: Case) => (one.createTime < other.createTime ? -1 : 1);

/** Whether a case says what is asked for, in all that cannot be changed. */
function isAsAsked(one: Case, inputs: MadeCaseInputs): boolean {
  const words = (description = "") => {
    const text = description.trimEnd();
    return text.slice(0, text.lastIndexOf("\n"));
  };
  return (
    isSameText(words(one.description), words(caseDescription(inputs))) &&
    (one.classification?.displayName ?? inputs.classification) === inputs.classification &&
    (one.languageCode ?? "en") === inputs.language &&
    (one.timeZone ?? "") === (inputs.timeZone ?? "") &&
    (one.testCase ?? false) === inputs.testCase
  );
}
