/** No credential, and no text that looks like the beginning of one, removes or changes what somebody else wrote. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { jsonOf } from "../../care/diff/json.ts";
import { markdownOf } from "../../care/diff/markdown.ts";
import { namedDiffs } from "../../care/diff/namedDiffs.ts";
import { readPreviews } from "../../care/diff/readPreviews.ts";
import { check, ConfigError } from "../../onboarding/index.ts";
import { GoogleError } from "../../google/index.ts";
import { jsonText, sanitized, withoutSecrets, withoutSecretsIn } from "../../text/index.ts";
import { document, step, types } from "../support/previews/steps.ts";

/**
 * Credentials and the beginnings of credentials, whose end another text could be taken for. The key is of these tests alone, because the
 * process remembers those of other tests, also in part.
 */
const pieces = [
  "-----BEGIN PRIVATE KEY-----",
  "-----END PRIVATE KEY-----",
  "-----BEGIN RSA PRIVATE KEY-----\nMIIBOgOnlyOfTheseTests0123456789",
  '"password":"',
  '{"client_id":"shop","access_token":"ya29.a0AfH6SMBx',
  "'password':'",
  "'password'",
  '"private_key"',
  String.raw`{\"assertion\":\"`,
  "password=",
  "password=hunter2",
  "client_secret=x",
  "access_token=user:mallory@example.com",
  "Authorization:",
  "authorization: Bearer",
  "Authorization: Basic c2hvcDpodW50ZXIy",
  "Bearer",
  "Bearer ",
  "ya29",
  "ya29.",
  "ya29.a0AfH6SMBx",
  "ghp_",
  "ghp_0123456789abcdef0123",
  "pul-",
  "1//0",
  "GOCSPX-",
  "eyJhbGciOiJSUzI1.",
  "eyJhbGciOiJSUzI1.eyJpc3MiOiJ4",
  "[secret]",
  "The log has ",
  " in it",
  "– ".repeat(95),
];

const value = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.constantFrom("`", '"', "'", "\\", "\n", " ", ":", "=", "a1")), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(""));

/** The characters between the texts of two authors in an output: a comment, a table, a page or a list. */
const delimiters = [
  " and ",
  " ",
  "  ",
  "\n",
  "\n\n- ",
  "`, `",
  "` and `",
  '", "',
  '": "',
  "', '",
  ") (",
  "> <",
  ", ",
  "</p><p>",
];

describe("an output with the texts of several authors", () => {
  it("has each of them as if it were alone", () => {
    fc.assert(
      fc.property(value, value, fc.constantFrom(...delimiters), (one, other, delimiter) => {
        // A quote of the value itself makes a field of the delimiter.
        fc.pre(!(delimiter === '": "' && /(password|private_key)$/.test(one)));
        assert.equal(withoutSecrets(one + delimiter + other), withoutSecrets(one) + delimiter + withoutSecrets(other));
      }),
      { numRuns: 1500 },
    );
  });

  it("is JSON with the other values, after the output's guard", () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 4 }), (values) => {
        const written = {
          before: "first",
          values,
          others: values.map((name) => ({ name })),
          after: "user:mallory@example.com",
        };
        for (const shown of [written, withoutSecretsIn(written), withoutSecretsIn(written, "value")]) {
          const parsed = JSON.parse(withoutSecrets(jsonText(shown))) as typeof written;
          assert.deepEqual({ ...parsed, values: [], others: [] }, { ...written, values: [], others: [] });
          assert.equal(parsed.values.length, values.length);
          assert.equal(parsed.others.length, values.length);
        }
      }),
      { numRuns: 200 },
    );
  });
});

const admin = { orgId: "123456789012", role: "roles/cloudsupport.admin", member: "user:mallory@example.com" };

/** Changes by others, before and after one with the value in each place where a person can write one. */
function previewWith(text: string): string {
  return document([
    step("update", "gcp:cloudrunv2/service:Service", {
      name: "api",
      before: { a: 1 },
      after: { a: { text, b: text } },
    }),
    step("update", types.supportCase, {
      before: { parent: "projects/shop-dev", displayName: "Old", comments: [] },
      after: { parent: "projects/shop-dev", displayName: text, comments: [{ body: text }, text], priority: text },
    }),
    step("create", types.contact, {
      after: {
        email: text,
        parent: "projects/shop-dev",
        notificationCategorySubscriptions: ["ALL"],
        languageTag: "en",
      },
    }),
    step("create", types.projectGrant, { name: "p", after: { project: "shop-dev", role: text, member: text } }),
    step("create", "gcp:organizations/iAMBinding:IAMBinding", {
      after: { orgId: "123456789012", role: admin.role, members: [text, "user:trent@example.com"] },
    }),
    step("create", types.organizationGrant, { name: "admin", after: admin }),
    step("delete", types.projectGrant, { name: "q", before: { project: "pay-dev", role: "roles/x", member: text } }),
  ]);
}

const diffsOf = (text: string) =>
  namedDiffs(
    readPreviews(previewWith(text), "a.json").map((preview) => ({ preview, stack: undefined, place: "a.json" })),
  );

/** The tree without the texts of code, which also give the order of a list. */
function shapeOf(node: Nodes): unknown {
  const own = "value" in node && node.type === "text" ? node.value : "";
  const children = "children" in node ? node.children.map((child) => JSON.stringify(shapeOf(child))) : [];
  return [node.type, own, ...(node.type === "list" ? children.sort() : children)];
}

describe("a preview", () => {
  it("has the same changes, sentences and structure, whatever looks like a credential", () => {
    const written = (text: string) => sanitized(markdownOf(diffsOf(text), 65_000), "output");
    const tree = (markdown: string) =>
      shapeOf(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
    const expected = tree(written("x"));
    fc.assert(
      fc.property(value, (text) => {
        // The engine's form of a secret, which is explained as one.
        fc.pre(!text.includes("[secret]"));
        const markdown = written(text);
        assert.deepEqual(tree(markdown), expected);
        assert.match(markdown, /Administrator granted.*`user:mallory@example\.com` gets/);
        assert.match(markdown, /user:trent@example\.com/);
        const json = JSON.parse(withoutSecrets(jsonText(jsonOf(diffsOf(text))))) as ReturnType<typeof jsonOf>;
        const [stack] = json.stacks;
        assert.equal(stack?.changes.length, diffsOf("x")[0]?.changes.length);
        assert.ok(stack?.changes.some((one) => one.text.startsWith("user:mallory@example.com gets Support Account")));
      }),
      { numRuns: 150 },
    );
  });
});

describe("an error", () => {
  it("of Google ends with its own text, and the request stays", () => {
    fc.assert(
      fc.property(value, (text) => {
        const { message } = new GoogleError(`GET /v2/cases: 403: ${text}`, { request: "GET /v2/cases" });
        assert.ok(message.startsWith("GET /v2/cases: 403: "));
      }),
    );
  });

  it("of a config has all problems, each with its path and its advice", () => {
    fc.assert(
      fc.property(value, (text) => {
        const config = {
          plan: text,
          organization: { domain: "example.com", administrators: ["mallory@example.com"] },
          projects: { "shop-dev": { services: [text] } },
        };
        const { problems } = check(config);
        const { message } = new ConfigError("customer-care", problems);
        assert.match(message, /^customer-care:plan: .* is not a plan; write basic, standard, enhanced or premium$/m);
        assert.match(message, /^customer-care:organization\.administrators\[0\]: "mallory@example\.com" /m);
        assert.match(message, /^customer-care:projects\.shop-dev\.services\[0\]: /m);
      }),
      { numRuns: 150 },
    );
  });
});
