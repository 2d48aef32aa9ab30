/** A caller with whom no update can work gets one error in the preview, and nothing is created or changed. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "vitest";
import type { jsonOf } from "../../../care/doctor/examine.ts";
import { care } from "../../support/care.ts";
import { commandLine } from "../../support/commandLine.ts";
import { localRun } from "../../support/localRun.ts";
import { writesSince } from "../../support/writes.ts";
import { keysOf, projectOf } from "./given.ts";

describe("a caller with whom no update can work", { concurrent: true }, () => {
  const config = {
    projects: { "shop-dev": { editors: ["user:a@example.com"], contacts: { legal: ["l@example.com"] } } },
  };
  const callers: readonly {
    readonly what: string;
    readonly token: string;
    readonly environment?: Readonly<Record<string, string>>;
    readonly messages: readonly RegExp[];
    readonly inUpdate?: readonly RegExp[];
    readonly isRefusedInPreview: boolean;
  }[] = [
    {
      what: "an environment that the gcp plugin does not accept",
      token: "local-operator-token",
      environment: { USER_PROJECT_OVERRIDE: "banana" },
      messages: [
        /^gcp:userProjectOverride \(or USER_PROJECT_OVERRIDE\) is "banana", not true or false; write true or false$/,
      ],
      isRefusedInPreview: true,
    },
    {
      what: "a person's credential without a quota project",
      token: "local-ada-token",
      messages: [
        /^gcp:billingProject: Google requires a quota project for contacts and support cases with a user's credentials, .*PROJECT_ID$/,
      ],
      isRefusedInPreview: true,
    },
    {
      what: "a credential that Google does not accept",
      token: "expired",
      messages: [/^credentials: Google rejects them, because they have expired or are invalid; run gcloud auth/],
      isRefusedInPreview: true,
    },
    {
      what: "a caller who sees no place",
      token: "local-nobody-token",
      messages: [/^customer-care: this caller cannot see any place of the config \(projects\/shop-dev\)/],
      inUpdate: [
        /^customer-care:projects\.shop-dev: the project "shop-dev" does not exist, or this caller has no role on it/,
      ],
      isRefusedInPreview: false,
    },
  ];
  for (const { what, token, environment, messages, inUpdate = messages, isRefusedInPreview } of callers)
    it(`as ${what}, is reported in the preview, and nothing is created`, async (t) => {
      const run = await localRun({
        name: `refusals-${token}`,
        config: keysOf({ config, gcp: {} }),
        credentials: { GOOGLE_OAUTH_ACCESS_TOKEN: token, ...environment },
      });
      t.onTestFinished(() => run.close());
      for (const [operation, expected] of [
        ["preview", messages],
        ["up", inUpdate],
      ] as const) {
        const outcome = await run[operation]();
        const lines = outcome.messages.join("\n").split("\n");
        assert.equal(outcome.failed, operation === "up" || isRefusedInPreview, lines.join("\n"));
        for (const line of expected) assert.equal(lines.filter((one) => line.test(one)).length, 1, lines.join("\n"));
        assert.deepEqual(writesSince(run.cloud, 0), []);
      }
      const { deployment } = (await run.stack.exportStack()) as { deployment: { resources?: { type: string }[] } };
      assert.deepEqual(
        (deployment.resources ?? []).filter(({ type }) => type.startsWith("gcp:")),
        [],
      );
    });
});

describe("a caller with whom no change of a deployed stack can work", { concurrent: true }, () => {
  const projects = { "shop-dev": { editors: ["user:a@example.com"], contacts: { legal: ["l@example.com"] } } };
  const testCase = { project: "shop-dev", keepOpen: true };
  const deployed = { projects, testCase };
  const edits = {
    "a contact gets a category": {
      projects: {
        "shop-dev": { ...projects["shop-dev"], contacts: { "l@example.com": { categories: ["legal", "billing"] } } },
      },
      testCase,
    },
    "the case gets a title": { projects, testCase: { ...testCase, displayName: "Another title" } },
    "the contact is removed": { projects: { "shop-dev": { editors: ["user:a@example.com"] } }, testCase },
    "the case is removed": { projects },
    "the contact, the grant and the case are removed": { projects: { "shop-dev": {} } },
    "everything is removed": {},
  };
  const callers = [
    ["a person's credential without a quota project", "local-ada-token", /gcp:billingProject: Google requires a quota/],
    ["a credential that Google does not accept", "expired", /credentials: Google rejects them/],
  ] as const;
  for (const [what, token, sentence] of callers)
    it(`as ${what}, is warned of it, and each change is refused in the preview`, async (t) => {
      const run = await localRun({ name: `refusalsDeployed-${token}`, config: keysOf({ config: deployed, gcp: {} }) });
      t.onTestFinished(() => run.close());
      const up = await run.up();
      assert.equal(up.failed, false, up.messages.join("\n"));
      run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: token });
      const first = run.cloud.requests.length;
      const errorCount = ({ messages }: { readonly messages: readonly string[] }) =>
        messages
          .join("\n")
          .split("\n")
          .filter((line) => sentence.test(line)).length;

      const preview = await run.preview();
      assert.equal(preview.failed, false, preview.messages.join("\n"));
      assert.equal(errorCount(preview), 1, preview.messages.join("\n"));
      for (const [edit, config] of Object.entries(edits)) {
        await run.setConfig(keysOf({ config, gcp: {} }));
        for (const operation of ["preview", "up"] as const) {
          const outcome = await run[operation]();
          assert.equal(outcome.failed, true, `${operation}: ${edit}`);
          assert.equal(errorCount(outcome), 1, `${operation}: ${edit}: ${outcome.messages.join("\n")}`);
        }
      }
      assert.deepEqual(writesSince(run.cloud, first), []);
    });

  it("needs a quota project once, if one contact is new and another is deployed", async (t) => {
    const contacts = (emails: readonly string[]) => ({ projects: { "shop-dev": { contacts: { legal: emails } } } });
    const run = await localRun({
      name: "refusalsNewAndDeployed",
      config: keysOf({ config: contacts(["l@example.com"]), gcp: {} }),
    });
    t.onTestFinished(() => run.close());
    assert.equal((await run.up()).failed, false);
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: "local-ada-token" });
    await run.setConfig(keysOf({ config: contacts(["l@example.com", "new@example.com"]), gcp: {} }));
    for (const operation of ["preview", "up"] as const) {
      const first = run.cloud.requests.length;
      const { failed, messages } = await run[operation]();
      assert.equal(failed, true, operation);
      assert.equal(messages.join("\n").split("requires a quota project").length, 2, messages.join("\n"));
      const asked = run.cloud.requests.slice(first).filter(({ path }) => /tokeninfo|userinfo/.test(path));
      assert.ok(asked.length <= 1, JSON.stringify(asked));
    }
  });

  it("has one error for all resources that it concerns", async (t) => {
    const all = (categories: readonly string[]) => ({
      projects: Object.fromEntries(
        ["shop-dev", "pay-dev"].map((project) => [
          project,
          { contacts: { [`${project}@example.com`]: { categories } } },
        ]),
      ),
    });
    const run = await localRun({ name: "refusalsOnce", config: keysOf({ config: all(["legal"]), gcp: {} }) });
    t.onTestFinished(() => run.close());
    assert.equal((await run.up()).failed, false);
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: "expired" });
    await run.setConfig(keysOf({ config: all(["legal", "billing"]), gcp: {} }));
    for (const words of [["preview"], ["up", "--yes", "--skip-preview", "--continue-on-error"]]) {
      const { code, text } = await commandLine(run, ...words);
      assert.notEqual(code, 0, text);
      // Before the diagnostics, the command line also writes each error as it comes.
      const [, diagnostics = ""] = text.split("Diagnostics:");
      assert.equal(diagnostics.split("credentials: Google rejects them").length, 2, text);
    }
  });

  it("a contact that somebody has deleted is not changed: the preview names the command that creates it again", async (t) => {
    const run = await localRun({ name: "refusalsGoneContact", config: keysOf({ config: { projects } }) });
    t.onTestFinished(() => run.close());
    assert.equal((await run.up()).failed, false);
    run.cloud.state.contacts.clear();
    await run.setConfig(keysOf({ config: { projects: edits["a contact gets a category"].projects } }));
    const first = run.cloud.requests.length;
    for (const operation of ["preview", "up"] as const) {
      const { failed, messages } = await run[operation]();
      assert.equal(failed, true, operation);
      assert.match(
        messages.join("\n"),
        /the contact l@example\.com of .* was deleted outside of Pulumi; run pulumi up --refresh/,
      );
    }
    assert.deepEqual(writesSince(run.cloud, first), []);
    const { stdout } = await care(run, ["doctor", "--json"]);
    const { findings } = JSON.parse(stdout) as ReturnType<typeof jsonOf>;
    assert.deepEqual(
      findings.filter(({ level }) => level === "error").map(({ id, where, remedy }) => [id, where, remedy]),
      [["contact-gone", "projects/shop-dev", "run pulumi up --refresh, which creates it again"]],
    );
    const refreshed = await run.pulumi("up", "--refresh", "--yes", "--skip-preview");
    assert.equal(refreshed.failed, false, refreshed.messages.join("\n"));
    assert.equal([...run.cloud.state.contacts.values()].length, 1);
  });

  it("is not asked about the contacts of a component with a provider of its own: that provider's caller is", async (t) => {
    const config = (categories: readonly string[]) => ({
      "own:token": "local-operator-token",
      "own:categories": categories,
    });
    const run = await localRun({
      name: "refusalsOwnProvider",
      projectName: "own-provider",
      program: join(import.meta.dirname, "..", "programs", "contactsProvider.ts"),
      config: config(["legal"]),
      credentials: { GOOGLE_OAUTH_ACCESS_TOKEN: "expired" },
    });
    t.onTestFinished(() => run.close());
    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
    await run.setConfig(config(["legal", "billing"]));
    const changed = await run.up();
    assert.equal(changed.failed, false, changed.messages.join("\n"));

    run.cloud.state.contacts.clear();
    await run.setConfig(config(["legal"]));
    const first = run.cloud.requests.length;
    const preview = await run.preview();
    assert.equal(preview.failed, true);
    assert.match(
      preview.messages.join("\n"),
      /l@example\.com of .* was deleted outside of Pulumi; run pulumi up --refresh/,
    );
    const asked = run.cloud.requests.slice(first).filter(({ rpc }) => rpc === "GetContact");
    assert.deepEqual([...new Set(asked.map(({ status }) => status))], [404]);
  });

  it("is needed by a new test case alone, too", async (t) => {
    const config = { projects: { "shop-dev": { services: [] } }, testCase };
    const run = await localRun({
      name: "refusalsCaseAlone",
      config: keysOf({ config, gcp: {} }),
      credentials: { GOOGLE_OAUTH_ACCESS_TOKEN: "local-ada-token" },
    });
    t.onTestFinished(() => run.close());
    projectOf(run.cloud, "shop-dev").services.set("cloudsupport.googleapis.com", { enabledAt: 0 });
    for (const operation of ["preview", "up"] as const) {
      const { failed, messages } = await run[operation]();
      assert.equal(failed, true, operation);
      assert.match(messages.join("\n"), /^gcp:billingProject: Google requires a quota project/m);
    }
    assert.deepEqual(writesSince(run.cloud, 0), []);
  });
});
