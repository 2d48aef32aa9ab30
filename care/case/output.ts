/** Writes cases for people and, with `--json`, for programs. Only a terminal gets colors. */
import Table from "cli-table3";
import { jsonText, shownValue, withoutSecretsIn } from "../../text/index.ts";
import { styled } from "../terminal.ts";

/** @param value Each text of it is a value of one author. */
export function printJson(value: unknown): void {
  console.log(jsonText(withoutSecretsIn(value, "value")));
}

/** Lines under a heading, in columns without rules. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  return columns([heading.map((text) => styled("bold", text)), ...rows]);
}

export function columns(rows: readonly (readonly string[])[]): string {
  const sides = ["top", "bottom", "left", "right", "mid"];
  const rules = sides.flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`]);
  const lines = new Table({
    chars: { ...Object.fromEntries(rules.map((rule) => [rule, ""])), middle: "  " },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
  });
  lines.push(...rows.map((row) => [...row]));
  return lines
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .join("\n");
}

const stateStyles: Readonly<Record<string, Parameters<typeof styled>[0]>> = {
  ACTION_REQUIRED: "yellow",
  SOLUTION_PROVIDED: "green",
  CLOSED: "dim",
  gone: "red",
};

export function styledState(state: string): string {
  const style = stateStyles[state];
  return style === undefined ? state : styled(style, state);
}

const timeFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZoneName: "short",
});

/** Such as `3 Aug 2026, 08:12 CEST`: of the operator's time zone. */
export function localTime(time: string): string {
  const milliseconds = Date.parse(time);
  return Number.isNaN(milliseconds) ? time : timeFormat.format(milliseconds);
}

/** Text from others, in one line. */
export function oneLine(text: string): string {
  return shownValue(text).replace(/\s+/g, " ").trim();
}

export function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`.trimEnd())
    .join("\n");
}
