/** The stack's cases, each with its time line. */
import type { Comment } from "../../google/index.ts";
import { consoleLinks } from "../../guide/index.ts";
import { parentOf } from "../case/stackCase.ts";
import type { CaseEvent, SupportCase } from "./report.ts";
import type { CaseReading } from "./readings.ts";
import type { Scene } from "./scene.ts";
import { printable } from "../visible.ts";

export function casesOf({ readings, words }: Scene): SupportCase[] {
  return readings.cases.flatMap(({ of, found, comments, attachments }: CaseReading): SupportCase[] => {
    if (found.value === undefined) return [];
    const { name, displayName, state, priority = "", createTime, updateTime = createTime } = found.value;
    const by = (creator: Comment["creator"] = {}) =>
      printable(
        creator.googleSupport === true ? words.page.googleSupport : (creator.displayName ?? creator.username ?? ""),
      );
    const events: CaseEvent[] = [
      { kind: "created", time: createTime, by: "", text: printable(displayName) },
      ...(comments.value ?? []).map(({ createTime: time, creator, body }): CaseEvent => ({
        kind: "comment",
        time,
        by: by(creator),
        text: printable(body),
      })),
      ...(attachments.value ?? []).map(({ createTime: time, creator, filename }): CaseEvent => ({
        ...{ kind: "attachment", time, by: by(creator), text: printable(filename) },
      })),
      ...(state === "CLOSED" ? [{ kind: "closed", time: updateTime, by: "", text: "" } as const] : []),
    ];
    return [
      {
        ...{ resource: of.resource, name, title: printable(displayName), priority, leftBehind: of.leftBehind },
        state: words.guide.caseStates[state],
        link: consoleLinks.cases(parentOf(name)),
        events: events.sort((one, other) => Date.parse(one.time) - Date.parse(other.time)),
      },
    ];
  });
}
