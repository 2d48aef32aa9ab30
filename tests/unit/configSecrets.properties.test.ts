/** A property of every config (onboarding/): a credential written by mistake is in no error, whatever its place and form. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "vitest";
import fc from "fast-check";
import { check, ConfigError, messageOfErrors, onboardingOfArgs } from "../../onboarding/index.ts";
import type { CustomerCareArgs } from "../../onboarding/index.ts";
import { isMap, goodConfig, pathsIn, pick, put, valueAt } from "./configDocuments.ts";
import type { Document, Map } from "./configDocuments.ts";

/** Characters of a secret, of which each run of this many is its own. */
const own = 12;

/** Never a run of one character: this process masks a known secret in each later text, also of other tests. */
const random = (units: string, length: number) =>
  fc.nat().map((seed) => {
    const hash = (index: number) =>
      createHash("sha512")
        .update(`${String(seed)} ${String(index)}`)
        .digest();
    const bytes = Buffer.concat(Array.from({ length: Math.ceil(length / 64) }, (_, index) => hash(index)));
    return [...bytes.subarray(0, length)].map((byte) => units[byte % units.length]).join("");
  });
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const hex = "0123456789abcdef";

const privateKey = random(letters, 96).map(
  (body) => `-----BEGIN PRIVATE KEY-----\n${body.slice(0, 48)}\n${body.slice(48)}\n-----END PRIVATE KEY-----\n`,
);
const keyFile = fc.record({
  type: fc.constant("service_account"),
  project_id: fc.constant("ops-admin"),
  private_key_id: random(hex, 40),
  private_key: privateKey,
});
const userFile = fc.record({
  client_id: fc.constant("764086051850.apps.googleusercontent.com"),
  client_secret: random(letters, 24).map((rest) => `d-${rest}`),
  refresh_token: random(letters, 60).map((rest) => `1//03${rest}`),
  type: fc.constant("authorized_user"),
});

/** A credential as its owner has it, and the part that nobody may see. */
interface Secret {
  readonly written: Document;
  readonly hidden: readonly string[];
}

const alone = (text: fc.Arbitrary<string>) => text.map((written): Secret => ({ written, hidden: [written] }));
const files = (file: fc.Arbitrary<Record<string, string>>, fields: readonly string[]) =>
  fc.tuple(file, fc.constantFrom(0, 2, "map")).map(([fileOf, form]): Secret => {
    const hidden = fields.flatMap((field) => (fileOf[field] ?? "").split("\n").filter((one) => !one.startsWith("--")));
    return { written: typeof form === "number" ? JSON.stringify(fileOf, undefined, form) : { ...fileOf }, hidden };
  });

const secrets: Record<string, fc.Arbitrary<Secret>> = {
  "an access token": alone(random(`${letters}-_`, 180).map((rest) => `ya29.a0${rest}`)),
  "a service account's access token": alone(random(`${letters}-_`, 300).map((rest) => `ya29.c.b0${rest}`)),
  "a refresh token": alone(random(letters, 60).map((rest) => `1//03${rest}`)),
  "a client secret": alone(random(letters, 28).map((rest) => `GOCSPX-${rest}`)),
  "an API key": alone(random(letters, 35).map((rest) => `AIza${rest}`)),
  "an HMAC key's secret in its parameter": random(letters, 40).map((rest) => ({
    written: `client_secret=${rest}`,
    hidden: [rest],
  })),
  "a header": random(letters, 60).map((rest) => ({ written: `Authorization: Bearer 0${rest}`, hidden: [rest] })),
  "GitHub's token": alone(random(letters, 36).map((rest) => `ghp_${rest}`)),
  "GitHub's fine-grained token": alone(random(letters, 82).map((rest) => `github_pat_${rest}`)),
  "Pulumi's token": alone(random(hex, 40).map((rest) => `pul-${rest}`)),
  "a signed token": alone(
    fc
      .tuple(random(letters, 40), random(letters, 200), random(letters, 80))
      .map(([head, body, end]) => `eyJ${head}.eyJ${body}.${end}`),
  ),
  "a key in PEM": privateKey.map((written) => ({
    written,
    hidden: written.split("\n").filter((one) => one !== "" && !one.startsWith("--")),
  })),
  "a key file": files(keyFile, ["private_key", "private_key_id"]),
  "a user's credentials": files(userFile, ["client_secret", "refresh_token"]),
};

/** How people write it where another value belongs. */
const wraps: Record<string, (text: string) => string> = {
  alone: (text) => text,
  "as a user": (text) => `user:${text}`,
  "as a misspelled user": (text) => `users: ${text}`,
  "as a service account's address": (text) => `serviceAccount:${text}@shop-dev.iam.gserviceaccount.com`,
  "as an address": (text) => `${text}@example.com`,
  "as a principal": (text) => `principal://iam.googleapis.com/locations/global/workforcePools/staff/subjects/${text}`,
  "as a project": (text) => `projects/${text}`,
  "as a case": (text) => `projects/shop-dev/cases/${text}/`,
  "with blanks": (text) => `  ${text} `,
  "in two lines": (text) => `first\n${text}`,
  "after a long text": (text) => `${"x ".repeat(50)}${text}`,
  "in capital letters": (text) => text.toUpperCase(),
  "in small letters": (text) => text.toLowerCase(),
};

const putAt = (config: Map, at: number, isKey: boolean, text: Document): boolean => {
  const paths = pathsIn(config);
  if (!isKey) {
    const path = pick(paths, at);
    if (path !== undefined) put(config, path, text);
    return path !== undefined;
  }
  const path = pick(
    [[], ...paths].filter((one) => isMap(valueAt(config, one))),
    at,
  );
  if (path === undefined || typeof text !== "string") return false;
  put(config, [...path, text], { contacts: { legal: ["l@example.com"] } });
  return true;
};

/** The same document as the args of a component. */
function messageOfArgs(config: Map): string {
  try {
    onboardingOfArgs("care", config as unknown as CustomerCareArgs);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

/** The parts of the secret that the text shows, in whatever case. */
function shownIn(text: string, hidden: readonly string[]): string[] {
  const lower = text.toLowerCase();
  return hidden.flatMap((one) =>
    Array.from({ length: Math.max(0, one.length - own) }, (_, index) => one.slice(index + 6, index + 6 + own)).filter(
      (part) => part.length === own && lower.includes(part.toLowerCase()),
    ),
  );
}

describe("a credential in a config is in no error", () => {
  for (const [kind, secret] of Object.entries(secrets))
    it(kind, () => {
      fc.assert(
        fc.property(
          goodConfig,
          secret,
          fc.constantFrom(...Object.keys(wraps)),
          fc.nat(),
          fc.boolean(),
          (config, { written, hidden }, wrap, at, isKey) => {
            const value = typeof written === "string" ? (wraps[wrap]?.(written) ?? "") : written;
            if (!putAt(config, at, isKey, value)) return;
            const { problems } = check(config);
            const shown = [messageOfErrors([new ConfigError("customer-care", problems)]), messageOfArgs(config)].join();
            assert.deepEqual(shownIn(shown, hidden), [], `${wrap}: ${shown}`);
          },
        ),
        { numRuns: 8 },
      );
    });
});
