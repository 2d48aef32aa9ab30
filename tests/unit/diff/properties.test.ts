/** Properties of each preview, whatever anyone wrote into it: no value is markup, notifies anyone, or takes more room than there is. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { groups } from "../../../care/diff/change.ts";
import { jsonOf } from "../../../care/diff/json.ts";
import { fewestCharacters, markdownOf } from "../../../care/diff/markdown.ts";
import { namedDiffs } from "../../../care/diff/namedDiffs.ts";
import type { StackDiff } from "../../../care/diff/stackDiff.ts";
import { readPreviews } from "../../../care/diff/readPreviews.ts";
import { notificationCategories, roles, serviceNames } from "../../../guide/index.ts";
import { document, step, types } from "../../support/previews/steps.ts";

/** The parts of a value, in addition to arbitrary characters: those with a meaning in Markdown, HTML and GitHub. */
const hostilePieces = [
  ..."`*_~|<>[](){}#@!&\\$:;-=+\n\r\t \0",
  "``",
  "```",
  "~~~",
  "\n\n",
  "\r\n",
  "\n# heading\n",
  "\n- item\n",
  "\n| a | b |\n|---|---|\n",
  "<script>alert(1)</script>",
  "<!-- comment -->",
  "<details>",
  "-->",
  "@octocat",
  "@org/team",
  "#123",
  "GH-1",
  "owner/repository#1",
  "https://evil.example",
  "www.evil.example",
  "<https://evil.example>",
  "[text](https://evil.example)",
  "![image](https://evil.example/pixel.png)",
  "[reference]: https://evil.example",
  "[^1]",
  "&lt;b&gt;",
  "&#96;",
  "\u2028",
  "\u202e",
  "\u200b",
  "\ud800",
  "$`x`$",
  ":tada:",
  "__proto__",
  "constructor",
  "a".repeat(300),
];

const hostile = fc
  .array(fc.oneof(fc.constantFrom(...hostilePieces), fc.string({ unit: "binary", maxLength: 6 })), { maxLength: 8 })
  .map((pieces) => pieces.join(""));

/** Mostly text of others, at times a value that lets the rest of the program continue. */
const orElse = <Value>(...values: readonly Value[]) => fc.oneof(hostile, fc.constantFrom(...values));

const grantInputs = fc.record({
  orgId: orElse("123456789012"),
  folder: orElse("folders/456789012345"),
  project: orElse("shop-dev"),
  role: orElse(...Object.values(roles).map(({ role }) => role)),
  member: hostile,
  condition: fc.option(fc.record({ expression: hostile })),
});

const contactInputs = fc.record({
  email: hostile,
  notificationCategorySubscriptions: fc.array(
    orElse(...Object.values(notificationCategories).map(({ apiName }) => apiName)),
    { maxLength: 3 },
  ),
  languageTag: orElse("en"),
  parent: orElse("organizations/123456789012", "folders/1", "projects/shop-dev"),
});

const serviceInputs = fc.record({ project: orElse("shop-dev"), service: orElse(...serviceNames) });

const caseInputs = fc.record({
  parent: orElse("organizations/123456789012", "projects/shop-dev"),
  displayName: hostile,
  priority: orElse("P1"),
  channel: hostile,
  language: orElse("en"),
  subscriberEmailAddresses: fc.array(hostile, { maxLength: 2 }),
  keepOpen: fc.boolean(),
  testCase: fc.boolean(),
});

const hostileList = fc.oneof(hostile, fc.array(hostile, { maxLength: 2 }));

const alertInputs = fc.record({
  project: orElse("shop-dev"),
  type: orElse("email"),
  displayName: hostile,
  labels: fc.oneof(hostile, fc.dictionary(orElse("email_address"), hostile, { maxKeys: 2 })),
  enabled: fc.oneof(hostile, fc.boolean()),
  conditions: fc.array(
    fc.record({
      conditionMatchedLog: fc.record({
        filter: hostile.map((text) => `"servicehealth.googleapis.com/Event" ${text}`),
        labelExtractors: fc.dictionary(hostile, hostile, { maxKeys: 2 }),
      }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  documentation: fc.dictionary(orElse("content"), hostile, { maxKeys: 2 }),
  notificationChannels: hostileList,
});

const eventInputs = fc.record({
  organization: orElse("123456789012"),
  pubSubTopic: hostile,
  project: orElse("ops"),
  topic: hostile,
  name: hostile,
  role: orElse("roles/pubsub.publisher"),
  member: orElse("serviceAccount:cloud-support-apievents@system.gserviceaccount.com"),
});

const stepOf = (type: fc.Arbitrary<string>, inputs: fc.Arbitrary<Record<string, unknown>>) =>
  fc
    .record({
      op: fc.constantFrom("create", "update", "replace", "delete", "import"),
      type,
      name: hostile,
      before: inputs,
      after: inputs,
      beforeOutputs: fc.record({ name: hostile, state: orElse("CLOSED") }),
      retainOnDelete: fc.boolean(),
      replaceReasons: fc.array(fc.oneof(hostile, fc.constant("description")), { maxLength: 2 }),
    })
    .map(({ op, type: ofType, before, after, ...rest }) =>
      step(op, ofType, {
        ...rest,
        ...(["create", "import"].includes(op) ? {} : { before }),
        ...(op === "delete" ? {} : { after }),
      }),
    );

const steps = (maxLength: number) =>
  fc.array(
    fc.oneof(
      stepOf(fc.constantFrom(types.organizationGrant, types.folderGrant, types.projectGrant), grantInputs),
      stepOf(fc.constant(types.contact), contactInputs),
      stepOf(fc.constant(types.service), serviceInputs),
      stepOf(fc.constant(types.supportCase), caseInputs),
      stepOf(fc.constantFrom(types.channel, types.alertPolicy), alertInputs),
      stepOf(fc.constantFrom(types.topic, types.topicGrant, types.subscription), eventInputs),
      stepOf(hostile, fc.constant({})),
    ),
    { maxLength, size: "max" },
  );

const previews = (maxLength: number) =>
  fc
    .record({
      all: steps(maxLength),
      stack: hostile,
      same: fc.nat(),
      errors: fc.array(hostile, { maxLength: 2 }),
      warnings: fc.array(hostile, { maxLength: 2 }),
    })
    .map(({ all, stack, errors, warnings, same }) => {
      const withSeverity = (severity: string) => (message: string) => ({ message, severity });
      const diagnostics = [...warnings.map(withSeverity("warning")), ...errors.map(withSeverity("error"))];
      const written = document(all, { diagnostics, changeSummary: { same } });
      return namedDiffs(readPreviews(written, "test.json").map((preview) => ({ preview, stack, place: "test.json" })));
    });

/** The blocks that a preview itself writes. */
const messageBlocks = ({ errors, warnings }: StackDiff) => [errors, warnings].filter(({ length }) => length > 0);

const parse = (markdown: string) =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

function* nodesOf(node: Nodes): Generator<Nodes> {
  yield node;
  if ("children" in node) for (const child of node.children) yield* nodesOf(child);
}

describe("the Markdown of a preview", () => {
  it("consists of the program's own markup alone, which links into the console and notifies nobody", () => {
    const markup = ["root", "heading", "paragraph", "text", "strong", "inlineCode", "list", "listItem", "link", "code"];
    fc.assert(
      fc.property(previews(6), (diffs) => {
        const markdown = markdownOf(diffs, 1_000_000);
        for (const node of nodesOf(parse(markdown))) {
          assert.ok(markup.includes(node.type), node.type);
          if (node.type === "link") assert.match(node.url, /^https:\/\/console\.cloud\.google\.com\/[\w/.?=%:-]+$/);
          if (node.type === "text") assert.doesNotMatch(node.value, /[@#<>|`~\\\n]|\w:\/\/|www\.|GH-/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("has an item for each change and a heading for each group, whatever the values are", () => {
    const titles = ["Look at these first", ...Object.values(groups)];
    fc.assert(
      fc.property(previews(6), (diffs) => {
        const { children } = parse(markdownOf(diffs, 1_000_000));
        const items = children.flatMap((node) => (node.type === "list" ? node.children : []));
        assert.equal(items.length, diffs.flatMap(({ changes }) => changes).length);
        for (const node of children)
          if (node.type === "heading" && node.depth === 3) {
            const [title] = node.children;
            assert.ok(title?.type === "text" && titles.includes(title.value));
          }
        assert.equal(children.filter((node) => node.type === "heading" && node.depth < 3).length, diffs.length);
        assert.equal(children.filter((node) => node.type === "code").length, diffs.flatMap(messageBlocks).length);
      }),
    );
  });

  it("never has more characters than it may, and counts what it leaves out", () => {
    fc.assert(
      fc.property(previews(60), fc.integer({ min: fewestCharacters, max: 20_000 }), (diffs, maxCharacters) => {
        const markdown = markdownOf(diffs, maxCharacters);
        assert.ok(markdown.length <= maxCharacters);
        if (/ too many to list/.test(markdown)) return;
        const { children } = parse(markdown);
        const shown = children.filter(({ type }) => type === "code").length;
        const items = children.flatMap((node) => (node.type === "list" ? node.children : [])).length + shown;
        const all = diffs.flatMap((diff) => [...diff.changes, ...messageBlocks(diff)]).length;
        const [, leftOut = "0"] = /\*\*(\d+) more (?:is|are) left out/.exec(markdown) ?? [];
        assert.equal(items + Number(leftOut), all);
        // One that is too long does not crowd out the others. The longest that nothing shortens are a preview's messages.
        if (leftOut !== "0") assert.ok(markdown.length > maxCharacters - 5000, String(markdown.length));
      }),
      { numRuns: 60 },
    );
  });

  it("lists the most urgent changes first: a reviewer does not need the omitted ones", () => {
    const grants = Array.from({ length: 2000 }, (_, index) =>
      step("create", types.projectGrant, {
        after: { project: "shop-dev", role: roles.editors.role, member: `user:${String(index)}@example.com` },
        name: String(index),
      }),
    );
    const admin = { orgId: "123456789012", role: roles.administrators.role, member: "user:admin@example.com" };
    const written = document([...grants, step("create", types.organizationGrant, { after: admin })]);
    const diffs = namedDiffs(
      readPreviews(written, "a.json").map((preview) => ({ preview, stack: undefined, place: "a.json" })),
    );
    const markdown = markdownOf(diffs, 65_000);
    assert.ok(markdown.length <= 65_000 && markdown.length > 64_000);
    assert.match(markdown, /Administrator granted.*user:admin@example\.com/);
    assert.match(markdown, /\*\*1\d\d\d more are left out/);
  });

  it("names the other changes, and shortens one that is too long", () => {
    const count = 200;
    const moved = (op: "create" | "delete", stack: string) =>
      Array.from({ length: count }, (_, index) => {
        const project = `shop-${String(index).padStart(3, "0")}-${"x".repeat(300)}`;
        const inputs = { project, role: roles.editors.role, member: "group:sre@example.com" };
        const states = op === "create" ? { after: inputs } : { before: inputs };
        return step(op, types.projectGrant, { ...states, name: `${project}/it`, stack });
      });
    const admin = { orgId: "123456789012", role: roles.administrators.role, member: "user:admin@example.com" };
    const added = step("create", types.organizationGrant, { after: admin, stack: "to" });
    const diffs = namedDiffs(
      [moved("delete", "from"), [...moved("create", "to"), added]].flatMap((all) =>
        readPreviews(document(all), "a.json").map((preview) => ({ preview, stack: undefined, place: "a.json" })),
      ),
    );
    const whole = markdownOf(diffs, 1_000_000);
    assert.match(
      whole,
      /, and the same for 190 more resources of `from`, whose URNs are in the output of `care diff --json`, before both/,
    );
    for (const maxCharacters of [2000, 4000, 65_000]) {
      const markdown = markdownOf(diffs, maxCharacters);
      assert.ok(markdown.length <= maxCharacters);
      assert.match(markdown, /Administrator granted.*user:admin@example\.com/, String(maxCharacters));
      assert.match(markdown, /\*\*Moved between stacks:\*\* This moves from `from` to `to`: /);
      assert.equal(markdown.includes("… (shortened: `care diff --json` has the whole text)"), maxCharacters < 10_000);
    }
  });
});

describe("a secret", () => {
  const alertKeys = ["labels", "conditions", "documentation", "notificationChannels", "pubSubTopic", "topic", "name"];
  const marked = (plaintext: string) => ({
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    ciphertext: `v1:${plaintext}`,
    plaintext,
  });

  it("is in neither output", () => {
    const secret = "s3cr3t-v4lue";
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(types)),
        fc.constantFrom("create", "update", "replace", "delete"),
        fc.constantFrom<(value: string) => unknown>(
          marked,
          (value) => ({ inner: marked(value) }),
          (value) => [marked(value)],
        ),
        (type, op, hide) => {
          const keys = [
            "orgId",
            "role",
            "member",
            "email",
            "parent",
            "project",
            "displayName",
            "priority",
            "condition",
          ];
          const inputs = Object.fromEntries(
            [...keys, "notificationCategorySubscriptions", "channel", "languageTag", ...alertKeys].map((key) => [
              key,
              hide(secret),
            ]),
          );
          const real = { ...inputs, role: roles.administrators.role, service: serviceNames[0] };
          const written = document([
            step(op, type, { before: real, after: real, beforeOutputs: { name: hide(secret) } }),
          ]);
          const diffs = namedDiffs(
            readPreviews(written, "a.json").map((preview) => ({ preview, stack: "a", place: "a.json" })),
          );
          assert.doesNotMatch(markdownOf(diffs, 65_000) + JSON.stringify(jsonOf(diffs)), /s3cr3t/);
        },
      ),
    );
  });
});
