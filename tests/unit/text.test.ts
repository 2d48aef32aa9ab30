/** What others wrote: visible wherever it is shown, and without credentials. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { ConfigError } from "../../onboarding/index.ts";
import { GoogleError } from "../../google/index.ts";
import { replyError } from "../../google/error.ts";
import { jsonText, rememberSecret, sanitized, visible, visibleLines, withoutSecrets } from "../../text/index.ts";
import { hostileTexts, obeyed } from "../support/hostileTexts.ts";
import { processorTime } from "../support/processorTime.ts";

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

  it("is the same when it is made visible again", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.equal(visible(visible(text)), visible(text));
        assert.equal(sanitized(sanitized(text)), sanitized(text));
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

  it("cannot take long", () => {
    const begin = processorTime();
    for (const text of [
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
    ])
      sanitized(text.repeat(30_000));
    assert.ok(processorTime() - begin < 20_000);
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

describe("a credential", () => {
  const token = fc.stringMatching(/^[\w.~+/=-]{12,40}$/);

  it("that this process uses is in no text, however it is written", () => {
    fc.assert(
      fc.property(fc.oneof(token, fc.string({ minLength: 8 })), fc.string(), (value, around) => {
        const secret = value.trim();
        fc.pre(secret.length >= 8 && !secret.startsWith("[") && !secret.startsWith("{"));
        rememberSecret(value);
        for (const form of [secret, JSON.stringify({ echoed: secret }), `?a=${encodeURIComponent(secret)}&b`])
          assert.ok(!withoutSecrets(`${around}${form}${around}`).includes(secret) || "[secret]".includes(secret));
      }),
      { numRuns: 50 },
    );
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
      const rest = withoutSecrets(text);
      assert.doesNotMatch(rest, /SECRETsecret1|0123456789/);
      assert.match(rest, /\[secret\]/);
      assert.equal(withoutSecrets(rest), rest);
    });

  it("is not seen where there is none", () => {
    const text =
      "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid " +
      "authentication credential. Bearer tokens are described in https://developers.google.com/identity/sign-in/web/devconsole-project.\n" +
      // What the console itself writes into a test case.
      "Third-party support authorization: Yes\nauthorization: see the roles\npassword=";
    assert.equal(withoutSecrets(text), text);
  });
});
