/** The sentences for alerts about incidents. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { unknownValue } from "../../../../components/supportCase/properties.ts";
import { alertPolicy, newIncidents } from "../../../support/previews/alerts.ts";
import { document, step, types } from "../../../support/previews/steps.ts";
import type { StepOptions, WrittenStep } from "../../../support/previews/steps.ts";
import { changesIn, changesOf, config } from "./changes.ts";

const health = "(Service Health)";
const nameOf = (id: number) => `projects/shop-dev/notificationChannels/${String(id)}`;
const channelInputs = (address: string) => ({
  project: "shop-dev",
  type: "email",
  displayName: address,
  labels: { email_address: address },
});

/** The step for a channel with a name. */
const channel = (op: string, address: string, id: number, options: StepOptions = {}) =>
  step(op, types.channel, {
    ...(op === "create" ? {} : { before: channelInputs(address), beforeOutputs: { name: nameOf(id) } }),
    ...(op === "delete" ? {} : { after: channelInputs(address) }),
    name: `shop-dev/alerts/${address}`,
    ...options,
  });

const policy = (op: string, before: object | undefined, after: object | undefined, options: StepOptions = {}) =>
  step(op, types.alertPolicy, {
    ...(before && { before: { ...before } }),
    ...(after && { after: { ...after } }),
    name: "shop-dev/alerts/serviceHealth",
    ...options,
  });

const [one, other] = [nameOf(1), nameOf(2)];
const texts = (...steps: WrittenStep[]) => changesOf(...steps).map(({ kinds, text }) => `${kinds.join()}: ${text}`);
const shuffled = <Element>(all: Element[]) => fc.shuffledSubarray(all, { minLength: all.length });
const first = (...steps: WrittenStep[]) => texts(...steps)[0] ?? "";

describe("somebody who is no longer alerted", () => {
  it("comes first, by the address of the channel", () =>
    assert.deepEqual(
      texts(
        channel("delete", "on-call@example.com", 1),
        policy("update", alertPolicy([one, other]), alertPolicy([other])),
        channel("same", "b@example.com", 2),
      ),
      [
        `alert-removal: on-call@example.com is no longer alerted about incidents of project shop-dev ${health}.`,
        "delete: on-call@example.com is no longer a notification channel for alerts of project shop-dev.",
      ],
    ));

  it("was the last one: in an update, in a deletion, and where the policy is switched off", () => {
    const gone = channel("same", "a@example.com", 1);
    const none = "alert-removal: a@example.com is no longer alerted about incidents of project shop-dev";
    assert.equal(
      first(gone, policy("update", alertPolicy([one]), alertPolicy([]))),
      `${none}, and nobody else is ${health}.`,
    );
    assert.equal(
      first(gone, policy("delete", alertPolicy([one]), undefined)),
      `${none.replace("removal", "removal,delete")} ${health}.`,
    );
    assert.equal(
      first(gone, policy("update", alertPolicy([one]), { ...alertPolicy([one]), enabled: false })),
      `${none}, because the alert policy is switched off ${health}.`,
    );
  });

  it("is alerted about fewer incidents", () => {
    const products = (...names: string[]) =>
      `jsonPayload.impactedProducts:(${names.map((name) => JSON.stringify(name)).join(" OR ")})`;
    const [a, b] = [products("Cloud SQL"), products("Cloud SQL", "Pub/Sub")];
    const locations = 'jsonPayload.impactedLocations=~"(^|[^a-z0-9-])(europe-west1|europe-west4)([^a-z0-9]|$)"';
    const relevance = 'jsonPayload.relevance=("IMPACTED" OR "RELATED")';
    const isRemoval = (before: string[], after: string[]) =>
      first(policy("update", alertPolicy([one], ...before), alertPolicy([one], ...after)));
    const words = (text: string) => `The alerts about incidents of project shop-dev are now about ${text} ${health}.`;
    assert.equal(isRemoval([], [newIncidents]), `alert-removal: ${words("new incidents only instead of all updates")}`);
    assert.equal(isRemoval([newIncidents], []), `: ${words("all updates instead of new incidents only")}`);
    assert.equal(
      isRemoval([b], [a]),
      `alert-removal: ${words("the product Cloud SQL instead of the products Cloud SQL and Pub/Sub")}`,
    );
    assert.equal(
      isRemoval([a], [b, newIncidents]),
      `alert-removal: ${words("new incidents only instead of all updates and the products Cloud SQL and Pub/Sub instead of the product Cloud SQL")}`,
    );
    assert.match(isRemoval([a], [b]), /^: /);
    assert.match(
      isRemoval([], [locations]),
      /^alert-removal: .* the locations europe-west1 and europe-west4 instead of all locations/,
    );
    assert.match(isRemoval([], [relevance]), /^alert-removal: .* the relevance impacted and related instead of any/);
    assert.match(isRemoval([], ["severity = ERROR"]), /^unknown,alert-removal: .*filter becomes/);
  });

  it("is perhaps alerted through another channel, whose address the preview does not show", () => {
    const swap = (from: string[], to: string[], ...more: WrittenStep[]) =>
      changesOf(
        channel("same", "a@example.com", 1),
        channel("same", "b@example.com", 2),
        ...more,
        policy("update", alertPolicy(from), alertPolicy(to)),
      ).map(({ kinds, text }) => `${kinds.join()}: ${text}`)[0];
    const where = "alerted about incidents of project shop-dev";
    const named = nameOf(9);
    assert.equal(
      swap([one], [named]),
      `external,alert-removal: a@example.com is perhaps no longer ${where} and ${named} is now ${where} ${health}.`,
    );
    assert.equal(
      swap([named, one], [other]),
      `alert-removal: a@example.com is no longer ${where}, ${named} is perhaps no longer ${where} and b@example.com is now ${where} ${health}.`,
    );
    assert.match(swap([named, one], [named]) ?? "", /^alert-removal: a@example\.com is no longer/);
    const slack = { project: "shop-dev", type: "slack", displayName: "Team" };
    assert.match(
      swap(
        [one],
        [named],
        step("same", types.channel, { before: slack, after: slack, beforeOutputs: { name: named } }),
      ) ?? "",
      /^external,alert-removal: a@example\.com is no longer/,
    );
  });

  it("is listed in the same order, whatever the order of the steps and of the channels is", () => {
    const addresses = ["d@example.com", "b@example.com", "c@example.com", "a@example.com"];
    const steps = addresses.map((address, index) => channel("same", address, index));
    const created = addresses.map((address) => channel("create", address, 0));
    const names = [...addresses.keys()].map(nameOf);
    fc.assert(
      fc.property(shuffled(steps), shuffled(created), shuffled(names), (known, fresh, given) => {
        const who = "a@example.com, b@example.com, c@example.com and d@example.com are";
        const gone = policy("update", alertPolicy(given), alertPolicy([]));
        assert.ok(first(...known, gone).startsWith(`alert-removal: ${who} no longer`));
        const start = policy("create", undefined, alertPolicy(given.map(() => unknownValue)));
        assert.ok(texts(...fresh, start).some((text) => text.startsWith(`: ${who} now`)));
      }),
    );
  });

  it("is perhaps alerted about none where the preview hides who is", () => {
    for (const hidden of ["[secret]", unknownValue])
      assert.match(
        first(policy("update", alertPolicy([one]), alertPolicy([hidden]))),
        /^external,alert-removal: .* is perhaps no longer alerted/,
      );
  });

  it("has a channel that is switched off, or has another address", () => {
    const inputs = channelInputs("a@example.com");
    assert.equal(
      first(step("update", types.channel, { before: inputs, after: { ...inputs, enabled: false } })),
      "alert-removal: The notification channel a@example.com for alerts of project shop-dev is switched off.",
    );
    assert.match(
      first(
        step("update", types.channel, {
          before: inputs,
          after: { ...inputs, labels: { email_address: "b@example.com" } },
        }),
      ),
      /^alert-removal: a@example\.com is no longer alerted through .*, but b@example\.com is/,
    );
  });

  describe("has a channel that is replaced", () => {
    const before = channelInputs("a@example.com");
    const replaced = (change: object) =>
      step("replace", types.channel, {
        before,
        after: { ...before, ...change },
        beforeOutputs: { name: one },
        name: "shop-dev/alerts/a@example.com",
      });
    const b = { labels: { email_address: "b@example.com" } };
    const lost =
      "a@example.com is no longer alerted through a notification channel for alerts of project shop-dev, but";

    it("by one with another address, in another project, or that is switched off", () => {
      assert.equal(
        first(replaced(b)),
        `alert-removal,replace: ${lost} b@example.com is through another one for alerts of project shop-dev.`,
      );
      assert.equal(
        first(replaced({ project: "pay-dev" })),
        `alert-removal,replace: ${lost} a@example.com is through another one for alerts of project pay-dev.`,
      );
      assert.match(
        first(replaced({ enabled: false })),
        /^alert-removal,replace: .* is replaced by one that is switched off\.$/,
      );
    });

    it("by one with the same address, which a policy of another stack does not know", () =>
      assert.equal(
        first(replaced({ displayName: "A" })),
        "alert-removal,replace: The notification channel a@example.com for alerts of project shop-dev is replaced, and an alert policy that still uses the former one no longer alerts a@example.com.",
      ));

    it("which the alert policy reports", () => {
      const after = policy("update", alertPolicy([one]), alertPolicy([unknownValue]));
      assert.match(
        texts(replaced(b), after).join("\n"),
        /^alert-removal: a@example\.com is no longer alerted about incidents .* and b@example\.com is now .*\nreplace: /,
      );
      const same = texts(
        replaced({ displayName: "A" }),
        policy("update", alertPolicy([one]), alertPolicy([unknownValue])),
      );
      assert.ok(!same.some((text) => text.includes("alert-removal")), same.join("\n"));
    });
  });

  it("perhaps depends on a channel that another stack uses", () =>
    assert.match(first(channel("delete", "a@example.com", 1)), /^alert-removal,delete: a@example\.com is no longer/));

  it("is not somebody whose alert policy stays", () => {
    assert.equal(
      first(policy("delete", alertPolicy([one]), undefined, { retainOnDelete: true })),
      `: ${one} is still alerted about incidents of project shop-dev, but the stack no longer manages the alert policy ${health}.`,
    );
  });
});

describe("somebody who is alerted from now on", () => {
  const created = (address: string) => [
    channel("create", address, 1),
    policy("create", undefined, alertPolicy([unknownValue], newIncidents)),
  ];

  it("is the new channel next to the policy", () =>
    assert.deepEqual(texts(...created("a@example.com")), [
      ": A notification channel for alerts of project shop-dev is created for a@example.com.",
      `: a@example.com is now alerted about incidents of project shop-dev: new incidents only ${health}.`,
    ]));

  it("leaves the organization with an address of another domain, and perhaps with a channel of others", () => {
    assert.match(
      first(...created("a@other.example")),
      /^external: A notification channel .* is created for a@other\.example\.$/,
    );
    assert.match(
      first(policy("create", undefined, alertPolicy([one]))),
      new RegExp(`^external: ${one} is now alerted about .*: all updates`),
    );
    assert.match(
      first(step("create", types.channel, { after: { project: "shop-dev", type: "slack", displayName: "Team" } })),
      /^external: A notification channel .* is created for a channel of the type slack\.$/,
    );
  });

  it("is nobody without a channel", () =>
    assert.match(
      first(policy("create", undefined, alertPolicy([]))),
      /^: Nobody is alerted about .*, because the alert policy has no notification channel/,
    ));

  it("is alerted again after somebody removed the policy", () => {
    const [refreshed] = changesIn(
      document(
        [
          policy("refresh", alertPolicy([one]), undefined),
          channel("same", "a@example.com", 1),
          policy("create", undefined, alertPolicy([one])),
        ],
        { config },
      ),
    );
    assert.match(refreshed?.text ?? "", /^a@example\.com is now alerted about .* again \(the alert policy was removed/);
    assert.deepEqual(refreshed?.kinds, ["drift"]);
  });
});

describe("an alert policy", () => {
  const before = alertPolicy([one]);
  const [condition] = before.conditions;

  it("has another text, and limit of notifications", () => {
    const after = {
      ...before,
      documentation: { content: "new" },
      alertStrategy: { notificationRateLimit: { period: "600s" } },
    };
    assert.equal(
      first(policy("update", before, after)),
      `: The alerts about incidents of project shop-dev have another text and come at most once in 600s with the same text, instead of 300s ${health}.`,
    );
  });

  it("comes first with a value inside of it that no sentence knows", () =>
    fc.assert(
      fc.property(
        fc.constantFrom<(value: unknown) => object>(
          (value) => ({ conditions: [{ ...condition, value }] }),
          (value) => ({
            conditions: [{ ...condition, conditionMatchedLog: { ...condition?.conditionMatchedLog, value } }],
          }),
          (value) => ({ conditions: [...before.conditions, { value }] }),
          (value) => ({ alertStrategy: { ...before.alertStrategy, value } }),
          (value) => ({ documentation: { ...before.documentation, links: [{ value }] } }),
          (value) => ({ "documentation.content": value }),
        ),
        fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.constant(["a"]), fc.constant({ b: 1 })),
        (change, value) =>
          assert.match(first(policy("update", before, { ...before, ...change(value) })), /^unknown.*does not know/),
      ),
    ));

  it("of anything else is outside of the guide", () =>
    assert.match(
      first(policy("create", undefined, { project: "shop-dev", conditions: [{ conditionThreshold: {} }] })),
      /^unknown: gcp:monitoring\/alertPolicy:AlertPolicy: 1 created/,
    ));

  it("shows no secret inside of it", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: "s3cr3t" };
    const shown = texts(
      policy("update", before, { ...before, documentation: { content: secret }, alertStrategy: secret }),
      step("create", types.channel, { after: { ...channelInputs("a@example.com"), labels: secret } }),
    );
    assert.doesNotMatch(shown.join(), /s3cr3t|plaintext/);
  });
});

describe("the first update after an import", () => {
  const topic = { project: "ops-admin", name: "cases" };
  const subscription = step("create", types.subscription, {
    after: { organization: "123456789012", pubSubTopic: "projects/ops-admin/topics/cases" },
  });
  const labelled = (type: string, ...labels: string[]) => ({
    ...step("update", type, { before: topic, after: topic, name: "cases" }),
    detailedDiff: Object.fromEntries(labels.map((label) => [`pulumiLabels["${label}"]`, { kind: "add" }])),
  });

  it("has no effect if it only adds the label of Pulumi's provider", () => {
    const found = (type: string, ...labels: string[]) => texts(labelled(type, ...labels), subscription).join("\n");
    for (const type of [types.topic, "gcp:storage/bucket:Bucket"]) {
      const own = found(type, "goog-pulumi-provisioned");
      assert.match(own, /^: .* gets the label goog-pulumi-provisioned of Pulumi's provider, which has no effect\.$/m);
      assert.doesNotMatch(own, /unknown/);
      assert.match(found(type, "goog-pulumi-provisioned", "team"), /^unknown: .* the preview does not show why\.$/m);
    }
  });

  it("does not list what the import left out, and the resource has already", () => {
    const [before, after] = [alertPolicy([one]), alertPolicy([one], newIncidents)];
    const full = { ...after, enabled: true };
    const has = (enabled: boolean) =>
      first(policy("update", { ...before, enabled: undefined }, full, { beforeOutputs: { enabled } }));
    assert.doesNotMatch(has(true), /enabled/);
    assert.match(has(false), /enabled becomes true/);
  });
});
