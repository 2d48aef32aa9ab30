/** Removes credentials from text that leaves this process, because a server can echo a request that it rejects. */
import { KnownValues } from "./encodings.ts";

const mask = "[secret]";

/** The minimum length of a secret. Shorter ones would match parts of words. */
const shortestSecret = 8;

/** The known secrets, in all their encodings. */
const known = new KnownValues();

/** The characters of a token, of which a server can also show a part. Other values can end with ordinary text, such as a domain. */
const tokenForm = /^[\w.~+/=-]+$/;

/** The form of a project's ID. A part of one is also a part of others, such as `acme-platform-` of `acme-platform-dev`. */
const nameForm = /^[a-z][a-z0-9-]{0,29}$/;

/** The path of a key file, which a setting can have in place of the key. Its folders are in other texts too. */
const keyPath = /\.(?:json|pem|txt|p12|key)$/i;

/** Removes this value from all texts from now on. Values that are too short are ignored. */
export function rememberSecret(value: string | undefined): void {
  // Every request registers its token again.
  if (value !== undefined && !known.has(value)) addTo(known, value);
}

function addTo(values: KnownValues, value: string): void {
  for (const secret of secretsIn(value)) {
    if (secret.length < shortestSecret || values.has(secret)) continue;
    const key = secret.replace(/-----[A-Z ]+-----|\s/g, "");
    const isToken = tokenForm.test(key) && !nameForm.test(key) && !keyPath.test(key);
    values.add(secret, isToken);
    if (key !== secret && isToken) values.add(key, true);
  }
}

/** The text itself, or the fields with credentials if it is JSON, such as a key file. */
function secretsIn(text: string): string[] {
  const secrets: string[] = [];
  try {
    JSON.parse(text, (key, value: unknown) => {
      if (typeof value === "string" && isSecretField.test(key)) secrets.push(value);
      return value;
    });
    if (/^\s*[[{]/.test(text)) return secrets.map((secret) => secret.trim());
  } catch {
    // The text is not JSON.
  }
  return [text.trim()];
}

/** Names of fields and parameters with credentials. */
const secretFields =
  "access_?token|refresh_?token|id_?token|subject_?token|client_?secret|private_?key|private_?key_?id|assertion|password|authorization";

const isSecretField = new RegExp(`^(?:${secretFields})$`, "i");

/**
 * What a text is:
 *
 * - `output`: of many authors, such as a whole comment or page. Only what has the form of a credential by itself is removed: no blank,
 *   quote, bracket or backtick, so that nothing that one of them wrote removes the words of another, or a delimiter.
 * - `message`: one message of a program or a server, which can quote a header.
 * - `value`: of one author, before it is truncated, quoted or put into other text. What begins like a credential can be truncated, so
 *   it is removed up to the end of the value.
 */
export type Extent = "output" | "message" | "value";

type Pattern = readonly [form: RegExp, replacement: string];

/** A part of a value that ends before any delimiter and before punctuation. */
const run = String.raw`[\w.~+/=%!$@#^*?-]{0,9000}[\w~+/=%]`;

const escapedBreak = String.raw`(?:\\+[nr])*`;

const escapedLine = String.raw`${escapedBreak}[\w+/=]{16,}`;

/**
 * A key in PEM, complete or truncated.
 *
 * @param line A line, after its line break.
 */
function pem(line: string, lineBreak: string): Pattern {
  const end = String.raw`${lineBreak}[\w+/=]{0,39}${lineBreak}-----END [A-Z ]*PRIVATE KEY-----`;
  return [new RegExp(`-----BEGIN [A-Z ]*PRIVATE KEY-----(?:${line})*(?:${end})?`, "gi"), mask];
}

/** A key in PEM in an output. */
const keyOfOutput = pem(escapedLine, escapedBreak);

/** A key in PEM in a message, with lines of nothing else. */
const keyOfMessage = pem(
  String.raw`${escapedLine}|\r?\n[\w+/=]{40,}(?=\s*(?:\n|$|-----END ))`,
  String.raw`(?:${escapedBreak}|\r?\n)`,
);

/** A key in PEM that ends only where its last line is, or nowhere. */
const keyOfValue: Pattern = [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/gi, mask];

/**
 * Keys in PEM. They are removed first: they can be in a field, and the lines around a known key are those around any other one, which
 * would then have no beginning.
 */
const keys: Readonly<Record<Extent, readonly Pattern[]>> = {
  output: [keyOfOutput],
  message: [keyOfMessage, keyOfOutput],
  value: [keyOfValue, keyOfMessage, keyOfOutput],
};

/** Forms without a delimiter. */
const ofOutput: readonly Pattern[] = [
  // A field in JSON, possibly nested in a JSON string.
  [new RegExp(String.raw`((\\{0,8}["'])(?:${secretFields})\2:\2)${run}`, "gi"), `$1${mask}`],
  // A parameter of a form or a URL.
  [new RegExp(String.raw`\b((?:${secretFields})=)${run}`, "gi"), `$1${mask}`],
  // Google's access tokens, refresh tokens, client secrets and API keys; GitHub's and Pulumi's tokens; signed tokens.
  token(String.raw`ya29\.(?=[\w.-]{0,100}\d)[\w.-]{0,9000}[\w-]|1//0[\w-]{16,}|GOCSPX-[\w-]+|AIza[\w-]{35}`),
  token(String.raw`gh[a-z]_\w{16,}|github_pat_\w{16,}|pul-[0-9a-f]{16,}`),
  token(String.raw`eyJ[\w-]{8,2000}\.[\w-]{8,}(?:\.[\w-]+)?`),
];

/** A header, with its scheme or with a value that is not a word; a field in JSON with blanks. */
const ofMessage: readonly Pattern[] = [
  [/\b(authorization["']?\s*:\s*["']?(?:Bearer|Basic|token)\s+)[^\s"'`<>,;\\]+/gi, `$1${mask}`],
  [/\b(authorization["']?\s*:\s*["']?)(?=[^\s"'`<>,;\\]{0,100}\d)[^\s"'`<>,;\\]{16,}/gi, `$1${mask}`],
  [/\b(Bearer\s+)(?=\S{0,100}[\d._-])[\w.~+/=-]{8,}/gi, `$1${mask}`],
  [
    new RegExp(String.raw`((\\{0,8}["'])(?:${secretFields})\2\s*:\s*\2)(?!(?:Bearer|Basic|token)\s)${run}`, "gi"),
    `$1${mask}`,
  ],
];

/** Forms that end only where another begins, or nowhere. */
const ofValue: readonly Pattern[] = [
  [new RegExp(String.raw`((\\{0,8}["'])(?:${secretFields})\2\s*:\s*\2)(?:(?!\2)[^])*`, "gi"), `$1${mask}`],
  [new RegExp(String.raw`\b((?:${secretFields})=)[^&\s"'<>\\]+`, "gi"), `$1${mask}`],
];

const patterns: Readonly<Record<Extent, readonly Pattern[]>> = {
  output: ofOutput,
  message: [...ofMessage, ...ofOutput],
  value: [...ofValue, ...ofMessage, ...ofOutput],
};

/** A token that its form shows, also after an escaped line break, and in other letters. */
function token(forms: string): Pattern {
  return [new RegExp(String.raw`(?:\b|(?<=\\[bfnrt]))(?:${forms})`, "gi"), mask];
}

/**
 * A text about a part of a document without the credentials that someone has written into that part by mistake, truncated or in
 * another form either. They stay in other texts, because a word after `password=` can be anything, such as a member.
 */
export function withoutCredentialsOf(part: unknown, text: string): string {
  const found = new KnownValues();
  collect(part, found);
  return found.replaceIn(text, mask);
}

/** @param above The lists and maps that contain the part: an argument of a component can contain itself. */
function collect(part: unknown, found: KnownValues, above: readonly object[] = []): void {
  if (typeof part === "string") {
    for (const [form, replacement] of [...keys.value, ...patterns.value])
      for (const [whole, prefix = ""] of part.matchAll(form))
        addTo(found, whole.slice(replacement === mask ? 0 : prefix.length));
  } else if (isPlain(part) && !above.includes(part)) {
    for (const [key, value] of Object.entries(part)) {
      if (typeof value === "string" && isSecretField.test(key)) addTo(found, value);
      collect(value, found, [...above, part]);
      if (!Array.isArray(part)) collect(key, found);
    }
  }
}

/** A list or a map, as in a config: an Output or a resource leads to all of the program. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
}

/** @param extent What the text is: a form without an end removes the rest of a value, but never of an output. */
export function withoutSecrets(text: string, extent: Extent = "output"): string {
  let rest = text;
  for (const [form, replacement] of keys[extent]) rest = rest.replace(form, replacement);
  rest = known.replaceIn(rest, mask);
  for (const [form, replacement] of patterns[extent]) rest = rest.replace(form, replacement);
  return extent === "value" && rest !== text ? (withoutSecretsInJson(text) ?? rest) : rest;
}

/** Each text of a list or a map on its own: its authors can differ, such as the members of a policy. */
function withoutSecretsInJson(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return withoutSecrets(JSON.stringify(withoutSecretsIn(JSON.parse(text), "value")), "message");
  } catch {
    return undefined;
  }
}

/** The same list or map with each text on its own. */
export function withoutSecretsIn<Value>(value: Value, extent: Extent = "output"): Value {
  if (typeof value === "string") return withoutSecrets(value, extent) as Value;
  if (Array.isArray(value)) return value.map((one: unknown) => withoutSecretsIn(one, extent)) as Value;
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]: [string, unknown]) => [
      key,
      typeof child === "string" && isSecretField.test(key) ? mask : withoutSecretsIn(child, extent),
    ]),
  ) as Value;
}
