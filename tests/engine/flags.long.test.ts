/** Operations that leave resources out: `--target`, `--exclude`, refresh and destroy. What they leave out does not stop them. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { holdingsOf } from "../../tools/stack/index.ts";
import { commandLine } from "../support/commandLine.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

const role = "roles/cloudsupport.techSupportEditor";
const projects = {
  "shop-dev": {
    editors: ["user:ada@example.com", "group:sre@example.com"],
    contacts: { legal: ["l@example.com"] },
    services: [],
  },
};
/** The grant that each operation is for. */
const withLead = (kept: object) => ({
  "shop-dev": { services: [], contactViewers: ["user:lead@example.com"], ...kept },
});
const stack = "urn:pulumi:test::instances::customer-care:index:CustomerCare";
const lead = `${stack}$customer-care:index:SupportAccess$gcp:projects/iAMMember:IAMMember::care/projects/shop-dev/contactViewers/user:lead@example.com`;
const replaced = lead.replace("contactViewers/user:lead", "editors/group:sre");
const { editors, contacts } = projects["shop-dev"];

interface Row {
  readonly what: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly token?: string;
  readonly message: RegExp;
  /** What --exclude names. */
  readonly excluded: string;
}

const all = (args: object, organization: object = {}) => ({
  "instances:all": {
    care: {
      plan: "enhanced",
      organization: { id: "123456789012", supportEvents: { project: "ops-admin" }, ...organization },
      ...args,
    },
  },
});

const rows: readonly Row[] = [
  {
    what: "a deletion that Google rejects",
    config: all({ projects: withLead({ editors }) }),
    token: "local-ada-token",
    message: /Google requires a quota project .* This update would delete care\/projects\/shop-dev\/l@example\.com/,
    excluded: "**::care/projects/shop-dev/l@example.com",
  },
  {
    what: "a project that does not exist",
    config: all({ projects: { ...withLead({ editors, contacts }), "shop-live": { services: [], editors } } }),
    message: /the project "shop-live" does not exist/,
    excluded: "**::care/projects/shop-live/**",
  },
  {
    what: "a contact that somebody else has created",
    config: all({ projects: withLead({ editors, contacts }) }, { contacts: { legal: ["legal@example.com"] } }),
    message: /the contact legal@example\.com of organizations\/123456789012 already exists/,
    excluded: "**::care/organization/legal@example.com",
  },
  {
    what: "a grant that the program now makes under another name",
    config: {
      ...all({ projects: withLead({ contacts, editors: editors.slice(1) }) }),
      "instances:grants": { own: { project: "shop-dev", role, member: editors[0] } },
    },
    message: /this update would delete the grant of .* to user:ada@example\.com on projects\/shop-dev/,
    excluded: "**::care/projects/shop-dev/editors/user:ada@example.com",
  },
  {
    what: "a topic of the stack that the config now uses as an existing one",
    config: all(
      { projects: withLead({ editors, contacts }) },
      { supportEvents: { project: "ops-admin", topic: "projects/ops-admin/topics/support-events" } },
    ),
    message: /this stack has created projects\/ops-admin\/topics\/support-events, and would delete it/,
    excluded: "**::care/supportEvents/ops-admin/support-events",
  },
];

describe("an operation that leaves out what the checks reject", () => {
  let run: LocalRun;
  const quota = { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" };
  beforeAll(async () => {
    run = await localRun({
      name: "flags",
      projectName: "instances",
      program: join(import.meta.dirname, "programs", "instances.ts"),
      config: { ...quota, ...all({ projects }) },
    });
    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
  });
  afterAll(() => run.close());

  const preview = (...words: string[]) => commandLine(run, "preview", ...words);
  const update = (...words: string[]) => commandLine(run, "up", "--yes", "--skip-preview", ...words);

  for (const { what, config, token = "local-operator-token", message, excluded } of rows)
    it(`is not stopped by ${what}, and the whole update is`, async () => {
      run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: token });
      await run.setConfig({ ...(token === "local-operator-token" && quota), ...config });
      const before = holdingsOf(run.cloud.state);
      const topics = [...run.cloud.state.topics.keys()];
      // Whatever includes it is stopped.
      for (const words of [[], ["--replace", replaced], ["--exclude", lead], ["--target", "**"]]) {
        const { code, text } = await preview(...words);
        assert.notEqual(code, 0, `${words.join(" ")}: ${text}`);
        assert.match(text, message);
      }
      for (const words of [
        ["--exclude", excluded],
        ["--target", lead, "--target-dependents"],
      ]) {
        const { code, text } = await preview(...words);
        assert.equal(code, 0, `${words.join(" ")}: ${text}`);
      }
      const targeted = await update("--target", lead);
      assert.equal(targeted.code, 0, targeted.text);
      const { grants, contacts: deployedContacts } = holdingsOf(run.cloud.state);
      for (const line of [...before.grants, ...before.contacts])
        assert.ok([...grants, ...deployedContacts].includes(line), line);
      assert.ok(grants.some((line) => line.includes("user:lead@example.com")));
      assert.deepEqual([...run.cloud.state.topics.keys()], topics);
      if (token !== "local-operator-token") return;
      const refreshed = await commandLine(run, "refresh", "--yes", "--skip-preview", "--run-program");
      assert.equal(refreshed.code, 0, refreshed.text);
    });

  it("replaces a grant or a contact without losing it", async () => {
    const testCase = { project: "shop-dev" };
    const withCase = {
      "shop-dev": { ...withLead({ editors, contacts })["shop-dev"], services: ["cloudsupport.googleapis.com"] },
    };
    await run.setConfig({ ...quota, ...all({ projects: withCase, testCase }), "instances:grants": {} });
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: "local-operator-token" });
    const up = await update();
    assert.equal(up.code, 0, up.text);
    const before = holdingsOf(run.cloud.state);
    const contact = `${stack}$customer-care:index:EssentialContacts$gcp:essentialcontacts/contact:Contact::care/projects/shop-dev/l@example.com`;
    for (const words of [
      ["--replace", replaced, "--replace", contact],
      ["--target-replace", replaced],
      ["--target", replaced, "--replace", replaced],
    ]) {
      const { code, text } = await update(...words);
      assert.equal(code, 0, text);
      assert.match(text, /replaced/);
      assert.deepEqual(holdingsOf(run.cloud.state), before, `${words.join(" ")}: ${text}`);
      assert.doesNotMatch(text, /SupportCase .*(replac|delet)/i);
    }
  });

  it("loses nothing that it includes", async () => {
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: "local-operator-token" });
    const [, , , takenOver] = rows;
    await run.setConfig({ ...quota, ...takenOver?.config });
    const { grants } = holdingsOf(run.cloud.state);
    const former = replaced.replace("group:sre", "user:ada");
    for (const words of [
      ["--target", "**"],
      ["--target", "**::own", "--target", former],
      ["--target", stack, "--target-dependents"],
      ["--exclude", lead],
    ]) {
      const { code, text } = await update(...words);
      assert.notEqual(code, 0, `${words.join(" ")}: ${text}`);
      assert.match(text, takenOver?.message ?? /^$/);
      const left = holdingsOf(run.cloud.state).grants;
      assert.deepEqual(
        grants.filter((line) => !left.includes(line)),
        [],
      );
    }
  });

  it("is not stopped where it destroys everything", async () => {
    const [, absent] = rows;
    await run.setConfig({ ...quota, ...absent?.config });
    const { code, text } = await commandLine(run, "destroy", "--yes", "--skip-preview", "--run-program");
    assert.equal(code, 0, text);
  });
});
