/** What is wrong with a config, each problem in one sentence that says where, what was got and what to write instead. */
import { escapeOf, visible, withoutSecrets } from "../text/index.ts";

export interface Problem {
  /** The keys that lead to the value, from the config's root. */
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** All problems of one config, a visible line each. A user's mistake: its message stands alone, without a stack trace. */
export class ConfigError extends Error {
  readonly problems: readonly Problem[];

  /** @param namespace What the paths start from: the config's namespace, or the component's name. */
  constructor(namespace: string, problems: readonly Problem[]) {
    super(
      problems
        .map(({ path, message }) =>
          visible(withoutSecrets(`${[namespace, formatPath(path)].filter(Boolean).join(":")}: ${message}`)),
        )
        .join("\n"),
    );
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/** `["projects", "shop-dev", "editors", 0]` → `projects.shop-dev.editors[0]`. A key that could be misread is quoted. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => {
      if (typeof key === "number") return `[${String(key)}]`;
      const text = String(key);
      if (!isPlain(text) || text.includes(".")) return `[${JSON.stringify(text)}]`;
      return index === 0 ? text : `.${text}`;
    })
    .join("");
}

/** Whether a text can stand in an error as it is: it has no blank, no quote, no bracket, nothing that does not print. */
function isPlain(text: string): boolean {
  return /^[^\s"[\]\p{C}]+$/u.test(text);
}

/** A key that a person gave, as an error names it. */
export function showKey(key: string): string {
  return isPlain(key) ? key : JSON.stringify(key);
}

/** What does not show, or shows as a plain blank: a format character, a blank that is no space. */
const invisible = /[\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** A value as an error shows it: as JSON in which all can be seen, cut where it is long. */
export function show(value: unknown): string {
  const text = suggested(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/** A value as an error says to write it: never cut, so that it can be copied. */
export function suggested(value: unknown): string {
  return visible((JSON.stringify(value, withoutBigInts) ?? String(value)).replace(invisible, escapeOf));
}

/** JSON has no big integers. */
function withoutBigInts(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${String(value)}n` : value;
}

/** The text without what does not show, and without blanks at its ends. A blank within a text may be a part of a name: it stays. */
export function withoutOuterBlanks(text: string): string {
  return text.replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, "").trim();
}

/** `a`, `a or b`, `a, b or c`. */
export function oneOf(names: readonly string[]): string {
  return listed(names, "or");
}

/** `a`, `a and b`, `a, b and c`. */
export function allOf(names: readonly string[]): string {
  return listed(names, "and");
}

function listed(names: readonly string[], word: string): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1) ?? ""}`;
}
