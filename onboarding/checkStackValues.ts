/** A stack's config as Pulumi keeps it, texts under keys with a namespace, checked as the document that it stands for. */
import { check } from "./check.ts";
import type { Checked } from "./check.ts";
import { nearName } from "./nearNames.ts";
import { formatPath } from "./problems.ts";
import type { Problem } from "./problems.ts";

export interface StackValue {
  readonly text: string;
  readonly isSecret: boolean;
}

/**
 * @param values Under their full keys, such as `customer-care:plan`. Those of another namespace are passed over, unless its name is
 *   nearly the same.
 * @param secretPaths Where the secrets below a key are, from the config's root.
 * @param others What else is wrong with the document.
 */
export function checkStackValues(
  namespace: string,
  values: Iterable<readonly [fullKey: string, value: StackValue]>,
  secretPaths: (key: string) => readonly Problem["path"][] = (key) => [[key]],
  others: (document: unknown) => readonly Problem[] = () => [],
): Checked {
  const document = new Map<string, unknown>();
  const problems: Problem[] = [];
  for (const [fullKey, { text, isSecret }] of values) {
    const [keyNamespace = ""] = fullKey.split(":", 1);
    const key = fullKey.slice(keyNamespace.length + 1);
    if (keyNamespace !== namespace) {
      // Nobody would read it: nothing would be made of it, without a word.
      if (nearName(keyNamespace, [namespace]) !== undefined)
        problems.push({ path: [key], message: `is written as ${fullKey}; write ${namespace}:${key}` });
      continue;
    }
    const value = valueOf(key, text);
    if (isSecret) problems.push(...secretPaths(key).map((path) => ({ path, message: secretMessage })));
    else if (!isEmpty(value)) document.set(key, value);
  }
  const written = Object.fromEntries(document);
  const checked = check(written, ([key]) => problems.some(({ path }) => path[0] === key));
  const places = new Set(checked.problems.map(({ path }) => formatPath(path)));
  const further = others(written).filter(({ path }) => !places.has(formatPath(path)));
  const isSecret = new Set(problems.map(({ path }) => path[0]));
  problems.push(...[...checked.problems, ...further].filter(({ path }) => !isSecret.has(path[0])));
  return checked.config === undefined || problems.length > 0 ? { config: undefined, problems } : checked;
}

const secretMessage =
  "is a secret, but names in the state come from it; write it as plain text (`pulumi config set`, without --secret)";

/** The plan is a text; all else is written as a map or a list, which arrives as JSON. */
function valueOf(key: string, text: string): unknown {
  if (key === "plan") return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** `Pulumi.yaml` gives an absent part an empty value: a declared key without a default would be required. */
export function isEmpty(value: unknown): boolean {
  return value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}
