/**
 * Placeholders in a recording, such as `<project>` or `<email:2>`, in place of identifiers. Both clouds are recorded in the same
 * way, and a comparison pairs the placeholders of one with those of the other.
 */

/** A timestamp of Google's. Its value differs in each run. */
export const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/;

const instant = "2020-01-01T00:00:00";

/** The form of a time without its instant, such as `<time:.000Z>`. */
export function timePlaceholder(text: string): string {
  return `<time:${text.slice(instant.length).replace(/\.\d+/, (fraction) => fraction.replaceAll(/\d/g, "0"))}>`;
}

const placeholder = /(<(?:project|organization|folder|number|email|token|id|text|time|large)(?::[\w.:+-]+)?>)/g;

export function placeholdersIn(text: string): string[] {
  return text.match(placeholder) ?? [];
}

const kindOf = (name: string) => /\w+/.exec(name)?.[0] ?? "";

/** Others are equal on both sides: `<project>`, `<email:member>`, the forms of times. */
const isNumbered = (name: string) => /:\d+>$/.test(name);

/** The placeholders of Google's recording and those of the local cloud for the same. */
export class Pairs {
  #toLocal = new Map<string, string>();
  #toGoogle = new Map<string, string>();

  constructor(others?: Pairs) {
    if (others !== undefined) this.assign(others);
  }

  assign(others: Pairs): void {
    this.#toLocal = new Map(others.#toLocal);
    this.#toGoogle = new Map(others.#toGoogle);
  }

  local(google: string): string | undefined {
    return isNumbered(google) ? this.#toLocal.get(google) : google;
  }

  /** Whether the texts differ only in identifiers, with the same pairs as before. Adds new pairs. */
  match(google: string, local: string): boolean {
    const [ours, theirs] = [google.split(placeholder), local.split(placeholder)];
    if (ours.length !== theirs.length) return false;
    const isText = (index: number) => index % 2 === 0;
    if (ours.some((part, index) => isText(index) && part !== theirs[index])) return false;
    return ours.every((part, index) => isText(index) || this.#pair(part, theirs[index] ?? ""));
  }

  #pair(google: string, local: string): boolean {
    if (!isNumbered(google) || !isNumbered(local)) return google === local;
    if (kindOf(google) !== kindOf(local)) return false;
    const [known, back] = [this.#toLocal.get(google), this.#toGoogle.get(local)];
    // Equal policies can have equal etags.
    const isSame = (known ?? local) === local && (kindOf(google) === "token" || (back ?? google) === google);
    if (isSame) {
      this.#toLocal.set(google, local);
      this.#toGoogle.set(local, google);
    }
    return isSame;
  }

  /** The text of the local cloud with the placeholders of Google's recording. */
  asGoogle(text: string): string {
    return text.replace(placeholder, (name) => this.#toGoogle.get(name) ?? name);
  }
}

/** For a regular expression. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** The text with the values of its placeholders, or a value of the same kind where there is none yet. */
export function filled(template: string, valueOf: (name: string) => string | undefined): string {
  return template.replace(placeholder, (name) => {
    const [kind = "", rest = "0"] = name.slice(1, -1).split(/:(.*)/);
    const other =
      kind === "time"
        ? `${instant}${rest}`
        : kind === "number"
          ? `90000000${rest}`
          : kind === "email"
            ? `person-${rest}@example.com`
            : `unknown-${rest}`;
    return valueOf(name) ?? other;
  });
}
