/** Problems of a config. Each is one sentence: where it is, what is wrong, and what to write instead. */
import { escapeOf, visible, withoutSecrets, withSection } from "../text/index.ts";
import type { ErrorSection } from "../text/index.ts";

export interface Problem {
  /** The path of the value in the config. */
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** The section of the page of errors. @default config */
  readonly section?: ErrorSection;
}

export type IsUnknown = (path: readonly string[]) => boolean;

/** Facts about the config as written that its valid values alone do not show. */
export interface AsWritten {
  /** Whether the value at the path is missing because it is invalid or an Output. */
  readonly isUnknown: IsUnknown;
  /** Whether a value at the path or below it is invalid. */
  readonly isDoubtful: IsUnknown;
  /** The keys of the map at a path, including those with invalid values. */
  readonly keysWritten: (path: readonly string[]) => readonly string[];
}

/** All problems of one config, one line each. It is a user's mistake, so callers show the message without a stack trace. */
export class ConfigError extends Error {
  readonly namespace: string;
  readonly problems: readonly Problem[];

  /** @param namespace The prefix of the paths: the config's namespace, or the component's name. */
  constructor(namespace: string, problems: readonly Problem[]) {
    super(
      problems
        .map(({ path, message }) =>
          visible(
            withoutSecrets(
              `${[namespace, formatPath(path.map(withoutSecretsInKey))].filter(Boolean).join(":")}: ${message}`,
              "message",
            ),
          ),
        )
        .join("\n"),
    );
    this.name = "ConfigError";
    this.namespace = namespace;
    this.problems = problems;
  }
}

/** All problems, one per line, with links to the sections that explain them. */
export function messageOfErrors(errors: readonly ConfigError[]): string {
  const wrong = errors.filter(({ problems }) => problems.length > 0);
  const sections = wrong.flatMap(({ problems }) => problems.map(({ section = "config" }) => section));
  return withSection(wrong.map(({ message }) => message).join("\n"), ...sections);
}

/** `["projects", "shop-dev", "editors", 0]` → `projects.shop-dev.editors[0]`. Ambiguous keys are quoted. */
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

/** Whether a key needs no quotes in an error: it has no space, quote, bracket or unprintable character. */
function isPlain(text: string): boolean {
  return /^[^\s"[\]\p{C}]+$/u.test(text);
}

function withoutSecretsInKey(key: PropertyKey): PropertyKey {
  return typeof key === "string" ? withoutSecrets(key, "value") : key;
}

/** A key as it is shown in an error. */
export function showKey(key: string): string {
  const shown = withoutSecrets(key, "value");
  return isPlain(shown) ? shown : JSON.stringify(shown);
}

/** Format characters, and space characters other than U+0020. */
const invisible = /[\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** The longest value that an error shows whole, in characters. */
const maxShownLength = 120;

/** A value in an error: JSON with escapes for invisible characters. A long value is truncated, with a note. */
export function show(value: unknown): string {
  const characters = [...showFull(value)];
  if (characters.length <= maxShownLength) return characters.join("");
  const shown = characters.slice(0, maxShownLength).join("");
  return `${shown}... (the first ${String(maxShownLength)} of ${String(characters.length)} characters)`;
}

/** The same without truncation, for values that the user copies. */
export function showFull(value: unknown): string {
  return visible((JSON.stringify(value, printable) ?? String(value)).replace(invisible, escapeOf));
}

/** JSON.stringify throws on a bigint. Each text is without credentials, before it is quoted and truncated. */
function printable(_key: string, value: unknown): unknown {
  if (typeof value === "string") return withoutSecrets(value, "value");
  return typeof value === "bigint" ? `${String(value)}n` : value;
}

/** Removes invisible characters everywhere, and spaces only at the ends: a name can contain spaces. */
export function trimInvisible(text: string): string {
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
