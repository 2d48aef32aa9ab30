/** Who is outside of the organization, by the configs of all stacks of a command: the same for each kind of recipient and for each command. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, it } from "vitest";
import fc from "fast-check";
import { namedDiffs } from "../../../../care/diff/namedDiffs.ts";
import { readPreviews } from "../../../../care/diff/readPreviews.ts";
import type { StackDiff } from "../../../../care/diff/stackDiff.ts";
import { Progress } from "../../../../care/fleet/events.ts";
import { mergedDiff } from "../../../../care/fleet/preview.ts";
import { alertPolicy } from "../../../support/previews/alerts.ts";
import { document, step, types } from "../../../support/previews/steps.ts";
import type { WrittenStep } from "../../../support/previews/steps.ts";

const folder = mkdtempSync(join(tmpdir(), "care-domains-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Config = Readonly<Record<string, unknown>>;

interface Stack {
  readonly name: string;
  readonly config?: Config;
  readonly steps?: readonly WrittenStep[];
  /** The Pulumi project. @default customer-care */
  readonly project?: string;
}

function textOf({ config = {}, steps = [], project = "customer-care" }: Stack): string {
  const texts = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const text = document(steps, { config: Object.fromEntries(texts) as object });
  return text.replaceAll(/(urn:pulumi:[^:]+::)customer-care/g, `$1${project}`);
}

/** As `care diff`, `care comment` and the gates explain previews. */
const explained = (stacks: readonly Stack[]): StackDiff[] =>
  namedDiffs(
    stacks.flatMap((stack) =>
      readPreviews(textOf(stack), stack.name).map((preview) => ({ preview, stack: stack.name, place: stack.name })),
    ),
  );

/** As `care fleet` does. */
const merged = (stacks: readonly Stack[]): Promise<StackDiff[]> =>
  mergedDiff(
    stacks.map((stack) => {
      const log = join(folder, `${stack.name}.log`);
      writeFileSync(log, textOf(stack));
      const progress = new Progress(log);
      return { stack: stack.name, log, status: "done", progress, notes: [], errors: [], warnings: [] };
    }),
  );

function verdictOf(diffs: readonly StackDiff[], stack: string): "yes" | "no" | "perhaps" {
  const changes = diffs.find((diff) => diff.stack === stack)?.changes ?? assert.fail(stack);
  const external = changes.filter(({ kinds }) => kinds.includes("external"));
  if (external.length === 0) return "no";
  return external.every(({ perhaps = [] }) => perhaps.includes("external")) ? "perhaps" : "yes";
}

/** Each kind of resource that gives a person something. */
const receiving: Readonly<Record<string, (address: string) => readonly WrittenStep[]>> = {
  contact: (email) => [
    step("create", types.contact, {
      after: { email, parent: "projects/shop-dev", notificationCategorySubscriptions: ["ALL"] },
    }),
  ],
  "listed role": (address) => [
    step("create", types.projectGrant, {
      after: { project: "shop-dev", role: "roles/cloudsupport.techSupportEditor", member: `user:${address}` },
    }),
  ],
  "other role": (address) => [
    step("create", "gcp:storage/bucketIAMMember:BucketIAMMember", {
      after: { bucket: "b", role: "roles/storage.objectViewer", member: `group:${address}` },
    }),
  ],
  subscriber: (address) => {
    const inputs = { parent: "projects/shop-dev", testCase: true, subscriberEmailAddresses: [] };
    const outputs = { ...inputs, name: "projects/shop-dev/cases/1", state: "NEW" };
    const after = { ...inputs, subscriberEmailAddresses: [address] };
    return [step("update", types.supportCase, { before: inputs, beforeOutputs: outputs, after })];
  },
  channel: (address) => [
    step("create", types.channel, {
      after: { project: "shop-dev", type: "email", displayName: "on call", labels: { email_address: address } },
    }),
  ],
  alert: (address) => {
    const name = "projects/shop-dev/notificationChannels/1";
    const channel = { project: "shop-dev", type: "email", displayName: "on call", labels: { email_address: address } };
    return [
      step("same", types.channel, { before: channel, beforeOutputs: { name }, after: channel, name: "channel" }),
      step("update", types.alertPolicy, { before: alertPolicy([]), after: alertPolicy([name]), name: "serviceHealth" }),
    ];
  },
  "member of a group": (address) => [
    step("create", "gcp:cloudidentity/groupMembership:GroupMembership", {
      after: { preferredMemberKey: { id: address } },
    }),
  ],
  "access list": (address) => [
    step("create", "gcp:bigquery/datasetAccess:DatasetAccess", { after: { role: "READER", userByEmail: address } }),
  ],
};

const organization = (domain: string) => ({ "customer-care:organization": { domain } });

/** Which domains are known, and the verdicts on example.com, which is the organization's, and on evil.example. */
const situations: Readonly<Record<string, readonly [stacks: readonly Stack[], home: string, evil: string]>> = {
  "the stack's own": [[{ name: "dev", config: organization("Example.com") }], "no", "yes"],
  "another stack's": [[{ name: "dev" }, { name: "org", config: organization("example.com") }], "no", "yes"],
  "that of a stack of another program": [
    [
      { name: "dev", project: "zone" },
      { name: "org", config: organization("example.com") },
    ],
    "no",
    "yes",
  ],
  none: [[{ name: "dev" }], "perhaps", "perhaps"],
  "an organization's number": [
    [{ name: "dev", config: { "customer-care:organization": { id: "1" } } }],
    "perhaps",
    "perhaps",
  ],
  "a secret": [[{ name: "dev", config: organization("[secret]") }], "perhaps", "perhaps"],
  "nothing, as text": [[{ name: "dev", config: organization("") }], "perhaps", "perhaps"],
  "one in another namespace": [
    [{ name: "dev", config: { "any:organizationDomain": "evil.example" } }],
    "perhaps",
    "perhaps",
  ],
  "another stack's, and one in another namespace": [
    [
      { name: "dev", config: { "any:organizationDomain": "evil.example" } },
      { name: "org", config: organization("example.com") },
    ],
    "no",
    "yes",
  ],
  "another stack's, and one in another namespace of a third": [
    [
      { name: "dev" },
      { name: "org", config: organization("example.com") },
      { name: "staging", config: { "gcp:organization": { domain: "evil.example" } } },
    ],
    "no",
    "yes",
  ],
  "another stack's, and another one in its own config": [
    [
      { name: "dev", config: organization("evil.example") },
      { name: "org", config: organization("example.com") },
    ],
    "perhaps",
    "perhaps",
  ],
  "two, neither of which is evil.example": [
    [
      { name: "dev", config: organization("example.com") },
      { name: "org", config: organization("example.org") },
    ],
    "perhaps",
    "yes",
  ],
  "that of a landing zone's args": [
    [{ name: "dev", project: "zone", config: { "zone:all": { care: { organization: { domain: "Example.com" } } } } }],
    "no",
    "yes",
  ],
  "that of a landing zone's several components": [
    [
      {
        name: "dev",
        project: "zone",
        config: {
          "zone:a": { organization: { domain: "example.com" } },
          "zone:b": [{ organization: { domain: "example.com" } }],
        },
      },
    ],
    "no",
    "yes",
  ],
  "a landing zone's key of its own": [
    [{ name: "dev", project: "zone", config: { "zone:organizationDomain": "example.com" } }],
    "no",
    "yes",
  ],
  "a landing zone's website": [
    [
      {
        name: "dev",
        project: "zone",
        config: { "zone:domain": "example.com", "zone:site": { domain: "example.com" } },
      },
    ],
    "perhaps",
    "perhaps",
  ],
};

describe("an address", () => {
  for (const [known, [stacks, home, evil]] of Object.entries(situations))
    it(`is classified alike for each recipient and in each command; the known domain is ${known}`, async () => {
      for (const [what, stepsFor] of Object.entries(receiving))
        for (const [address, expected] of [
          ["ada@EXAMPLE.com", home],
          ["mallory@evil.example", evil],
        ] as const) {
          const withSteps = stacks.map((stack) =>
            stack.name === "dev" ? { ...stack, steps: stepsFor(address) } : stack,
          );
          const why = `${what} ${address}`;
          assert.equal(verdictOf(explained(withSteps), "dev"), expected, why);
          const ofFleet = await merged(withSteps);
          assert.equal(ofFleet.some(({ stack }) => stack === "dev") ? verdictOf(ofFleet, "dev") : "no", expected, why);
        }
    });

  it("outside of the organization never passes, whatever the stacks add to their configs", () => {
    const key = fc
      .constantFrom("customer-care", "any", "gcp", "zone")
      .chain((namespace) =>
        fc.constantFrom("organization", "organizationDomain", "x").map((name) => `${namespace}:${name}`),
      );
    const value = fc.constantFrom<unknown>(
      "evil.example",
      { domain: "evil.example" },
      { organization: { domain: "evil.example" } },
      [{ organizationDomain: "evil.example" }],
    );
    const added = fc.dictionary(key, value);
    fc.assert(
      fc.property(added, added, fc.constantFrom(...Object.keys(receiving)), (dev, staging, what) => {
        const steps = receiving[what]?.("mallory@evil.example") ?? [];
        const stacks = [
          { name: "dev", config: dev, steps },
          { name: "org", config: organization("example.com") },
          { name: "staging", config: staging },
        ];
        assert.notEqual(verdictOf(explained(stacks), "dev"), "no");
      }),
    );
  });
});

describe("support events", () => {
  const inputs = { organization: "123456789012", pubSubTopic: "projects/ops/topics/care" };
  const drop = { ...inputs, pubSubTopic: "projects/evil-exfil/topics/drop" };
  const verdict = (...steps: readonly WrittenStep[]) =>
    verdictOf(explained([{ name: "dev", config: organization("example.com"), steps }]), "dev");

  it("perhaps leave the organization with each topic that they did not go to before", () => {
    for (const pubSubTopic of [drop.pubSubTopic, "[secret]"]) {
      const after = { ...inputs, pubSubTopic };
      assert.equal(verdict(step("create", types.subscription, { after })), "perhaps");
      assert.equal(verdict(step("update", types.subscription, { before: inputs, after })), "perhaps");
      const replaceReasons = ["pubSubTopic"];
      assert.equal(verdict(step("replace", types.subscription, { before: inputs, after, replaceReasons })), "perhaps");
    }
  });

  it("do not with the same topic, or with none", () => {
    assert.equal(verdict(step("delete", types.subscription, { before: drop })), "no");
    assert.equal(verdict(step("import", types.subscription, { before: inputs, after: inputs })), "no");
    const after = { ...inputs, displayName: "another" };
    assert.equal(verdict(step("update", types.subscription, { before: inputs, after })), "no");
  });
});
