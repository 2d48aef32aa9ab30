/**
 * Placeholders in a recording, such as `<project>` or `<email:2>`, in place of identifiers. A replay gives each one a value of
 * the local cloud.
 */

/** A timestamp of Google's. Its value differs in each run. */
export const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const ids = String.raw`[^/\s:?"',)]+`;

/** The kinds, each with the form of its values. */
const forms: Readonly<Record<string, string>> = {
  project: ids,
  organization: ids,
  folder: ids,
  number: String.raw`\d+`,
  email: String.raw`[\w.%+'-]+@[\w.-]+\w`,
  token: "[^]+",
  id: ids,
  text: "[^]*",
  time: time.source.slice(1, -1),
};

const placeholder = new RegExp(String.raw`<(?:${Object.keys(forms).join("|")})(?::\w+)?>`, "g");

export function placeholdersIn(text: string): string[] {
  return text.match(placeholder) ?? [];
}

/** The values of the placeholders in one cloud. */
export type Bindings = Map<string, string>;

/** A placeholder whose values are not compared. */
function isFree(name: string): boolean {
  return name === "<text>" || name === "<time>";
}

/**
 * Whether the text has the form of the template. If so, adds the values of its new placeholders.
 *
 * @param template A text with placeholders.
 */
export function matches(template: string, text: string, bindings: Bindings): boolean {
  const names: string[] = [];
  const pattern = template.split(placeholder).map(escaped);
  const source = placeholdersIn(template).reduce((built, name, index) => {
    const bound = isFree(name) ? undefined : bindings.get(name);
    const form = forms[/\w+/.exec(name)?.[0] ?? ""] ?? ids;
    if (bound === undefined) names.push(name);
    const group = bound === undefined ? `(${form.replaceAll(/(?<!\\)\((?!\?)/g, "(?:")})` : escaped(bound);
    return `${built}${group}${pattern[index + 1] ?? ""}`;
  }, pattern[0] ?? "");
  const found = new RegExp(`^${source}$`).exec(text);
  if (found === null) return false;
  const added: Bindings = new Map();
  for (const [index, name] of names.entries()) {
    const value = found[index + 1] ?? "";
    if (isFree(name)) continue;
    // The same placeholder twice in one template.
    if ((added.get(name) ?? value) !== value) return false;
    added.set(name, value);
  }
  for (const [name, value] of added) bindings.set(name, value);
  return true;
}

/** For a regular expression. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** The text with the values of its placeholders, or a value of the same kind where there is none yet. */
export function filled(template: string, bindings: Bindings): string {
  return template.replace(placeholder, (name) => {
    const known = bindings.get(name);
    if (known !== undefined) return known;
    const [kind = "", number = "0"] = name.slice(1, -1).split(":");
    const value =
      kind === "number" ? `90000000${number}` : kind === "email" ? `person-${number}@example.com` : `unknown-${number}`;
    if (!isFree(name)) bindings.set(name, value);
    return value;
  });
}
