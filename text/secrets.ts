/** Takes credentials out of text that leaves this process, as a server may echo the request that it refuses. */

const mask = "[secret]";

/** A shorter one would be found in many words. */
const shortestSecret = 8;

/** By each form in which a text may have it. */
const known = new Set<string>();

/** From now on, no text has this value. What is too short to be a credential is ignored. */
export function rememberSecret(value: string | undefined): void {
  // Each request has one that is known.
  if (value === undefined || known.has(value)) return;
  for (const secret of secretsIn(value))
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())])
      if (secret.length >= shortestSecret) known.add(form);
}

/** The text; of JSON such as a key file, the fields that hold a credential. */
function secretsIn(text: string): string[] {
  const secrets: string[] = [];
  try {
    JSON.parse(text, (key, value: unknown) => {
      if (typeof value === "string" && isSecretField.test(key)) secrets.push(value);
      return value;
    });
    if (/^\s*[[{]/.test(text)) return secrets.map((secret) => secret.trim());
  } catch {
    // It is no JSON.
  }
  return [text.trim()];
}

/** Names of fields and parameters that hold a credential. */
const secretFields =
  "access_?token|refresh_?token|id_?token|subject_?token|client_?secret|private_?key|private_?key_?id|assertion|password|authorization";

const isSecretField = new RegExp(`^(?:${secretFields})$`, "i");

/** What is a credential by its form, whoever has made it. */
const forms: readonly (readonly [form: RegExp, replacement: string])[] = [
  // A key in PEM, its line ends escaped or not, cut off or whole.
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, mask],
  // In JSON, perhaps within a text of another JSON.
  [new RegExp(String.raw`((\\{0,8}["'])(?:${secretFields})\2\s*:\s*\2)(?:(?!\2)[^])*`, "gi"), `$1${mask}`],
  // A parameter of a form or an address.
  [new RegExp(String.raw`\b((?:${secretFields})=)[^&\s"'<>\\]+`, "gi"), `$1${mask}`],
  // A header: with the name of its scheme, or with a value that is no word.
  [/\b(authorization["']?\s*:\s*["']?(?:Bearer|Basic|token)\s+)[^\s"'<>,;\\]+/gi, `$1${mask}`],
  [/\b(authorization["']?\s*:\s*["']?)(?=[^\s"'<>,;\\]{0,100}\d)[^\s"'<>,;\\]{16,}/gi, `$1${mask}`],
  [/\b(Bearer\s+)(?=\S{0,100}[\d._-])[\w.~+/=-]{8,}/gi, `$1${mask}`],
  // Google's access tokens, refresh tokens and client secrets; GitHub's and Pulumi's tokens; signed tokens.
  [/\bya29\.[\w.-]+|\b1\/\/0[\w-]{16,}|\bGOCSPX-[\w-]+/g, mask],
  [/\bgh[a-z]_\w{16,}|\bgithub_pat_\w{16,}|\bpul-[0-9a-f]{16,}/g, mask],
  [/\beyJ[\w-]{8,2000}\.[\w-]{8,}(?:\.[\w-]*)?/g, mask],
];

export function withoutSecrets(text: string): string {
  let rest = text;
  // The longest first: one may be a part of another.
  for (const secret of [...known].sort((one, other) => other.length - one.length)) rest = rest.replaceAll(secret, mask);
  for (const [form, replacement] of forms) rest = rest.replace(form, replacement);
  return rest;
}
