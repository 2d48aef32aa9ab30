/** What others wrote: visible wherever it is shown, and without credentials. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import fc from "fast-check";
import { ConfigError } from "../../onboarding/index.ts";
import { GoogleError } from "../../google/index.ts";
import { replyError } from "../../google/error.ts";
import { jsonText, rememberSecret, sanitized, visible, visibleLines, withoutSecrets } from "../../text/index.ts";
import { hostileTexts, obeyed } from "../support/hostileTexts.ts";
import { processorTime } from "../support/processorTime.ts";

const extents = ["output", "message", "value"] as const;

const anyText = fc.oneof(
  fc.constantFrom(...Object.values(hostileTexts)),
  fc.string({ unit: "binary" }),
  fc
    .array(fc.constantFrom(":", "#", "[", "vso", "\n", " ", "\u001b", "\u2060", "\ufe0f", "a", "\u200d"))
    .map((all) => all.join("")),
);

describe("a text from outside", () => {
  for (const [what, text] of Object.entries(hostileTexts))
    it(`is shown and not obeyed: ${what}`, () => {
      for (const shown of [visible(text), visibleLines(text), sanitized(text), jsonText({ [text]: text })])
        assert.doesNotMatch(shown, obeyed);
      assert.doesNotMatch(visible(text), /\n/);
    });

  it("is shown and not obeyed, whatever it is", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const shown of [visible(text), visibleLines(text), jsonText([text])]) assert.doesNotMatch(shown, obeyed);
      }),
    );
  });

  it("stays as it is where all of it is seen", () => {
    const plain = "Ada's case: P1 – “down” since 08:12 (50 %) 日本語 עברית ⚠️ ❤️ 🎉\n  a::b # [x] ::";
    assert.equal(visibleLines(plain), plain.replace(/ ::$/, " ::"));
    assert.equal(visible("::1"), "\\u{3a}:1");
  });

  it("is the same when it is rendered visible again", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.equal(visible(visible(text)), visible(text));
        for (const extent of extents) assert.equal(sanitized(sanitized(text, extent), extent), sanitized(text, extent));
      }),
    );
  });

  it("is the same value in JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), anyText, (value, text) => {
        assert.deepEqual(
          JSON.parse(jsonText({ value, [text]: text })),
          JSON.parse(JSON.stringify({ value, [text]: text })),
        );
      }),
    );
  });

  it("with the form of a project's ID does not hide a part of another ID", () => {
    rememberSecret("planted-platform-prod");
    assert.equal(
      withoutSecrets("planted-platform-prod and planted-platform-probe"),
      "[secret] and planted-platform-probe",
    );
  });

  it("cannot take long", () => {
    rememberSecret("SECRETsecret1SECRETsecret1SECRETsecret1");
    // The process remembers it, so it must not be a part of the texts of other tests.
    rememberSecret("Qz".repeat(100));
    const texts = [
      " ",
      "\n",
      ":",
      "#",
      "##a",
      "\u001b",
      "Bearer ",
      '"password":"',
      "-----BEGIN PRIVATE KEY-----",
      "authorization:",
      "eyJ",
      "eyJ-",
      "\\",
      "##a-",
      "authorization: Bearer ",
      "Qz",
      "%",
      "%25",
      "&",
      "&amp;",
      "&amp;amp;",
      "=\r",
      "\u200b",
      "SECRETsecret",
    ];
    for (const extent of extents) {
      const begin = processorTime();
      for (const text of texts) sanitized(text.repeat(30_000), extent);
      assert.ok(processorTime() - begin < 20_000, extent);
    }
  });
});

describe("the errors", () => {
  it("of Google and of the config are visible, each problem of a config in its own line", () => {
    for (const text of Object.values(hostileTexts)) {
      const errors = [
        new GoogleError(text, { request: "GET /" }),
        replyError("GET /", 403, { error: { message: text, status: text } }, null),
        replyError("GET /", 400, { error: text, error_description: text }, null),
        replyError("GET /", 502, `<html>${text}</html>`, null),
      ];
      for (const { message } of errors) assert.doesNotMatch(message, /\n/);
      const config = new ConfigError("customer-care", [
        { path: [text, 0], message: `is ${text}` },
        { path: ["projects", text], message: text },
      ]);
      assert.equal(config.message.split("\n").length, 2);
      for (const { message } of [...errors, config]) assert.doesNotMatch(message, obeyed);
    }
  });
});

const base64 = (text: string) => Buffer.from(text).toString("base64");
const hex = (text: string) => Buffer.from(text).toString("hex");
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const perCharacter = (form: (code: string) => string) => (text: string) =>
  [...text].map((character) => form((character.codePointAt(0) ?? 0).toString(16).padStart(2, "0"))).join("");

/** How servers write what they were sent. */
const encodings: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  "upper case": (text) => text.toUpperCase(),
  "lower case": (text) => text.toLowerCase(),
  base64,
  base64url: (text) => Buffer.from(text).toString("base64url"),
  "base64 at the second offset": (text) => base64(`?${text}`),
  "base64 at the third offset": (text) => base64(`??${text}?`),
  "base64 in lines": (text) => base64(text).replace(/.{19}/g, "$&\r\n"),
  "base64 in a URL": (text) => encodeURIComponent(base64(text)),
  "base64 in JSON": (text) => json(base64(text).replaceAll("/", "\\/")),
  "encoded for a URL": encodeURIComponent,
  "encoded for a URL twice": (text) => encodeURIComponent(encodeURIComponent(text)),
  "percent-encoded throughout": perCharacter((code) => `%${code}`),
  JSON: (text) => json(text),
  "JSON in JSON": (text) => json(json(text)),
  "escaped for JavaScript": perCharacter((code) => `\\x${code}`),
  "escaped for JSON throughout": perCharacter((code) => `\\u${code.padStart(4, "0")}`),
  "escaped for HTML throughout": perCharacter((code) => `&#x${code};`),
  hex,
  HEX: (text) => hex(text).toUpperCase(),
  "hex with colons": (text) => hex(text).replace(/..(?=.)/g, "$&:"),
  "hex with blanks": (text) => hex(text).replace(/..(?=.)/g, "$& "),
  reversed: (text) => [...text].reverse().join(""),
  quoted: (text) => `\\"${text.replace(/.{9}/g, '$&\\"')}\\"`,
};

const splitters = [
  " ",
  "\n",
  "\r\n  ",
  "\t",
  "\u200b",
  "\u2060",
  "\u0000",
  "\u001b",
  "\u00ad",
  "\u202e",
  "\\n",
  "=\n",
  "\\u200b",
];

const isInEscape = (text: string, at: number) => /[\\%&=][^\\%&;]{0,7}$/.test(text.slice(Math.max(0, at - 8), at));

describe("a credential", () => {
  const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~+/=-";
  /** Random throughout, as tokens are: fast-check's own strings repeat characters and words. */
  const randomToken = fc
    .tuple(fc.uuid(), fc.integer({ min: 20, max: 64 }))
    .map(([seed, length]) =>
      [...createHash("sha512").update(seed).digest().subarray(0, length)]
        .map((byte) => characters[byte % characters.length] ?? "")
        .join(""),
    );

  /** The process remembers them, so they must differ from the words of other tests, such as `__proto__`. */
  const words = fc.string({ minLength: 1 }).map((text) => `unguessable ${text}`);

  it("that this process uses is in no text, however it is written", () => {
    fc.assert(
      fc.property(fc.oneof(randomToken, words), fc.string(), (value, around) => {
        const secret = value.trim();
        fc.pre(secret.length >= 8 && !secret.startsWith("[") && !secret.startsWith("{"));
        rememberSecret(value);
        for (const form of [secret, JSON.stringify({ echoed: secret }), `?a=${encodeURIComponent(secret)}&b`])
          assert.ok(!withoutSecrets(`${around}${form}${around}`).includes(secret) || "[secret]".includes(secret));
      }),
      { numRuns: 50 },
    );
  });

  it("that this process uses is in no text, in any encoding and however it is split", () => {
    fc.assert(
      fc.property(
        randomToken,
        fc.constantFrom(...Object.entries(encodings)),
        fc.array(fc.constantFrom(...splitters), { maxLength: 3 }),
        fc.constantFrom("", "Bearer ", "user:", "ada@example.com:"),
        fc.nat(),
        (token, [name, encode], splitting, before, seed) => {
          rememberSecret(token);
          const echoed = splitting.reduce(
            (text, splitter, index) => {
              const at = (seed + 7 * index) % text.length;
              // An escape is not split.
              return isInEscape(text, at) ? text : text.slice(0, at) + splitter + text.slice(at);
            },
            encode(before + token),
          );
          const rest = withoutSecrets(`The request had ${echoed} in it`);
          assert.match(rest, /\[secret\]/, `${name}: ${rest}`);
          const left = rest.replace(/^The request had /, "").replace(/ in it$/, "");
          // The text before the token, and in base64 the text that shares a character with it.
          assert.ok(left.length <= encode(before).length + "[secret]".length + 30, `${name}: ${rest}`);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("of which a server shows a part of at least 16 characters is in no text", () => {
    fc.assert(
      fc.property(randomToken, fc.nat(), fc.nat(), (token, from, length) => {
        rememberSecret(token);
        const begin = from % (token.length - 15);
        const part = token.slice(begin, begin + 16 + (length % (token.length - begin - 15)));
        assert.equal(withoutSecrets(`got <${part}> …`), "got <[secret]> …");
      }),
    );
  });

  it("of a file is in no text either, in any encoding", () => {
    const body = Array.from({ length: 12 }, (_, line) => Buffer.from(`line ${String(line)} of a key, quite random`));
    const lines = body.map((line) => line.toString("base64"));
    const key = ["-----BEGIN PRIVATE KEY-----", ...lines, "-----END PRIVATE KEY-----", ""].join("\n");
    rememberSecret(JSON.stringify({ type: "service_account", private_key: key }));
    for (const [name, encode] of Object.entries(encodings)) {
      const rest = withoutSecrets(`got ${encode(key)}.`);
      assert.match(rest, /^got .{0,60}\[secret\].{0,60}\.$/s, name);
    }
    assert.match(withoutSecrets(lines.slice(3, 6).join("")), /^\[secret\]$/);
  });

  it("in PEM leaves the text around another key alone", () => {
    const keyWith = (body: string) => `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`;
    // Each begins and ends with a character that the text has around its key.
    for (const letter of "abcdefghijklmnopqrstuvwxyz")
      rememberSecret(keyWith(`${letter}9Zq8Xw7Vp6Ru5Ts4Yk3Jm2${letter}`));
    const own = keyWith("Gh4Kd8Lw2Pz6Xv0Bn5Mc9Qr3");
    rememberSecret(own);
    for (const key of [own, [...own].reverse().join("")])
      assert.match(withoutSecrets(`got ${key} of it`), /^got\s[^]*\[secret\][^]*\sof it$/);
  });

  it("whose end is ordinary text leaves that text alone", () => {
    rememberSecret("planted-account@ops-admin.iam.gserviceaccount.com");
    const text = "the caller is operator@ops-admin.iam.gserviceaccount.com";
    assert.equal(withoutSecrets(text), text);
    assert.equal(withoutSecrets("PLANTED-ACCOUNT%40ops-admin.iam.gserviceaccount.com"), "[secret]");
  });

  it("that is the path of a missing key file leaves its folders alone", () => {
    rememberSecret("/home/ada/landing-zone/keys/deployer.json");
    const text = "the program in /home/ada/landing-zone/program has no package.json";
    assert.equal(withoutSecrets(text), text);
    assert.equal(withoutSecrets("/home/ada/landing-zone/keys/deployer.json"), "[secret]");
  });

  it("is not seen in this repository's own documents and code", () => {
    for (let index = 0; index < 20; index++)
      rememberSecret(`ya29.${createHash("sha512").update(String(index)).digest("base64url")}`);
    for (const file of ["README.md", "docs/reference/config.md", "docs/reference/doctor.md", "package.json"]) {
      const text = readFileSync(join(import.meta.dirname, "..", "..", file), "utf8");
      for (const extent of extents) assert.equal(withoutSecrets(text, extent), text, file);
    }
  });

  it("of a key file is in no text, while its names are", () => {
    const privateKey = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQ\n-----END PRIVATE KEY-----\n";
    const keyFile = {
      type: "service_account",
      project_id: "ops-admin",
      private_key: privateKey,
      private_key_id: "0f1e2d3c4b5a",
    };
    rememberSecret(JSON.stringify(keyFile));
    const text = sanitized(`${JSON.stringify(keyFile)} ${privateKey} of ops-admin, a service_account (0f1e2d3c4b5a)`);
    assert.doesNotMatch(text, /MIIE|kqhk|0f1e2d3c4b5a/);
    assert.match(text, /of ops-admin, a service_account/);
  });

  for (const text of [
    "Authorization: Bearer SECRETsecret1",
    "authorization: SECRETsecret1SECRETsecret1",
    '{"headers":{"Authorization":"Bearer SECRETsecret1"}}',
    '"{\\"authorization\\":\\"Bearer SECRETsecret1\\"}"',
    "the header Bearer SECRETsecret1 was refused",
    "grant_type=refresh_token&refresh_token=SECRETsecret1&client_secret=SECRETsecret1",
    '{"access_token":"SECRETsecret1","id_token":"SECRETsecret1"}',
    '{"assertion": "SECRETsecret1"}',
    "the token ya29.SECRETsecret1 has expired",
    "the token ghp_SECRETsecret1SECRETsecret1 has expired",
    "pul-0123456789abcdef0123SECRETsecret1".replace("SECRETsecret1", ""),
    "1//0SECRETsecret1SECRETsecret1",
    "eyJhbGciOiJSUzI1.SECRETsecret1.SECRETsecret1",
    "-----BEGIN RSA PRIVATE KEY-----\\nSECRETsecret1",
  ])
    it(`is known by its form: ${text}`, () => {
      const rest = withoutSecrets(text, "value");
      assert.doesNotMatch(rest, /SECRETsecret1|0123456789/);
      assert.match(rest, /\[secret\]/);
      for (const extent of extents) assert.equal(withoutSecrets(rest, extent), rest);
    });

  it("is not seen where there is none", () => {
    const text =
      "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid " +
      "authentication credential. Bearer tokens are described in https://developers.google.com/identity/sign-in/web/devconsole-project.\n" +
      // What the console itself writes into a test case.
      "Third-party support authorization: Yes\nauthorization: see the roles\npassword=";
    for (const extent of extents) assert.equal(withoutSecrets(text, extent), text);
  });
});
