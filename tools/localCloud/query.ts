import { invalidArgument } from "./errors.ts";
import { camelCase } from "./json.ts";

/** A request's query parameters, by their names in lowerCamelCase. Both spellings are accepted. */
export class Query {
  readonly #values = new Map<string, string[]>();

  constructor(text: string) {
    for (const [key, value] of new URLSearchParams(text)) {
      const name = camelCase(key);
      this.#values.set(name, [...(this.#values.get(name) ?? []), value]);
    }
  }

  /** The parameter's last value; an empty string if it is absent, as in proto3. */
  text(name: string): string {
    return this.#values.get(name)?.at(-1) ?? "";
  }

  /** All values of a repeated parameter. */
  list(name: string): string[] {
    return this.#values.get(name) ?? [];
  }

  /** The parameter as an int32; 0 when it is absent. */
  integer(name: string): number {
    const text = this.text(name);
    if (text === "") return 0;
    if (!/^-?\d{1,9}$/.test(text)) throw invalidArgument(name, `not an integer: ${text}`);
    return Number(text);
  }

  /** The parameter as a bool; false when it is absent. */
  boolean(name: string): boolean {
    const text = this.text(name);
    if (text !== "" && text !== "true" && text !== "false") throw invalidArgument(name, `not a boolean: ${text}`);
    return text === "true";
  }
}
