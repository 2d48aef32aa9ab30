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
  if (value === undefined || known.has(value)) return;
  for (const secret of secretsIn(value)) {
    if (secret.length < shortestSecret || known.has(secret)) continue;
    const key = secret.replace(/-----[A-Z ]+-----|\s/g, "");
    const isToken = tokenForm.test(key) && !nameForm.test(key) && !keyPath.test(key);
    known.add(secret, isToken);
    if (key !== secret && isToken) known.add(key, true);
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

/** Patterns of credentials. */
const credentialPatterns: readonly (readonly [form: RegExp, replacement: string])[] = [
  // A key in PEM, complete or truncated, with or without escaped line endings.
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/gi, mask],
  // A field in JSON, possibly nested in a JSON string.
  [new RegExp(String.raw`((\\{0,8}["'])(?:${secretFields})\2\s*:\s*\2)(?:(?!\2)[^])*`, "gi"), `$1${mask}`],
  // A parameter of a form or a URL.
  [new RegExp(String.raw`\b((?:${secretFields})=)[^&\s"'<>\\]+`, "gi"), `$1${mask}`],
  // A header, with its scheme or with a value that is not a word.
  [/\b(authorization["']?\s*:\s*["']?(?:Bearer|Basic|token)\s+)[^\s"'<>,;\\]+/gi, `$1${mask}`],
  [/\b(authorization["']?\s*:\s*["']?)(?=[^\s"'<>,;\\]{0,100}\d)[^\s"'<>,;\\]{16,}/gi, `$1${mask}`],
  [/\b(Bearer\s+)(?=\S{0,100}[\d._-])[\w.~+/=-]{8,}/gi, `$1${mask}`],
  // Google's access tokens, refresh tokens, client secrets and API keys; GitHub's and Pulumi's tokens; signed tokens.
  token(String.raw`ya29\.[\w.-]+|1//0[\w-]{16,}|GOCSPX-[\w-]+|AIza[\w-]{35}`),
  token(String.raw`gh[a-z]_\w{16,}|github_pat_\w{16,}|pul-[0-9a-f]{16,}`),
  token(String.raw`eyJ[\w-]{8,2000}\.[\w-]{8,}(?:\.[\w-]*)?`),
];

/** A token that its form shows, also after an escaped line break, and in other letters. */
function token(forms: string): readonly [form: RegExp, replacement: string] {
  return [new RegExp(String.raw`(?:\b|(?<=\\[bfnrt]))(?:${forms})`, "gi"), mask];
}

/**
 * Remembers the credentials that someone has written into a document by mistake, so that no error shows them, truncated or
 * suggested in another form either.
 */
export function rememberCredentialsIn(document: unknown): void {
  if (typeof document === "string") {
    for (const [form, replacement] of credentialPatterns)
      for (const [found, prefix = ""] of document.matchAll(form))
        rememberSecret(found.slice(replacement === mask ? 0 : prefix.length));
  } else if (isPlain(document)) {
    for (const [key, value] of Object.entries(document)) {
      if (typeof value === "string" && isSecretField.test(key)) rememberSecret(value);
      rememberCredentialsIn(value);
      if (!Array.isArray(document)) rememberCredentialsIn(key);
    }
  }
}

/** A list or a map, as in a config: an Output or a resource leads to all of the program. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
}

export function withoutSecrets(text: string): string {
  let rest = known.replaceIn(text, mask);
  for (const [form, replacement] of credentialPatterns) rest = rest.replace(form, replacement);
  return rest;
}
