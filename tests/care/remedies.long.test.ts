/** The commands that the report suggests for changes by others: run as printed, they restore the cloud to the config. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { FindingKind, Report, Row } from "../../care/report/report.ts";
import { holdingsOf } from "../../tools/stack/index.ts";
import { commandLine } from "../support/commandLine.ts";
import { everything } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { care } from "../support/care.ts";

const organization = "organizations/123456789012";

async function reportOf(run: LocalRun): Promise<Report> {
  const { code, stdout, stderr } = await care(run, ["report", "--format", "json"]);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as Report;
}

/** The rows that a finding of the kind is about. */
function rowsWith({ findings, places }: Report, kind: FindingKind): Row[] {
  return places.flatMap(({ resource, rows }) =>
    rows.filter(({ task }) => findings.some((one) => one.kind === kind && one.place === resource && one.task === task)),
  );
}

/** As a shell splits it. */
const words = (command: string) =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");

/** Without a terminal, `--yes` is the confirmation. */
async function runPrinted(run: LocalRun, command: string): Promise<void> {
  const [program, ...rest] = words(command);
  assert.ok(program === "pulumi" || program === "care", command);
  const { code, text } =
    program === "care"
      ? await care(run, [...rest, "--yes"]).then(({ code: ended, stderr }) => ({ code: ended, text: stderr }))
      : await commandLine(run, ...rest, "--yes", "--skip-preview");
  assert.equal(code, 0, text);
}

function shopOf({ cloud }: LocalRun) {
  return cloud.state.projects.get("shop-dev") ?? assert.fail();
}

function contactNamed({ cloud }: LocalRun, address: string) {
  return [...cloud.state.contacts.values()].find(({ email }) => email === address) ?? assert.fail(address);
}

interface Drift {
  readonly what: string;
  readonly kind: FindingKind;
  readonly change: (run: LocalRun) => void;
}

/** The cloud without the cases, of which a new one may be created. */
function configured(run: LocalRun) {
  const { cases, ...rest } = holdingsOf(run.cloud.state);
  return { ...rest, open: cases.filter((line) => !line.endsWith(" CLOSED")) };
}

function itMends(runOf: () => LocalRun, { what, kind, change }: Drift): void {
  it(`is undone by the command that the report prints: ${what}`, async () => {
    const run = runOf();
    const asConfigured = configured(run);
    change(run);
    const rows = rowsWith(await reportOf(run), kind);
    assert.ok(rows.length > 0, "nothing was found");
    const commands = new Set(rows.flatMap((row) => row.commands ?? assert.fail(`${row.task}: no command`)));
    for (const command of commands) await runPrinted(run, command);
    assert.deepEqual(configured(run), asConfigured);
    assert.deepEqual(rowsWith(await reportOf(run), kind), []);
  });
}

describe("what somebody has changed", () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({ name: "remedies", config: { ...everything, "gcp:billingProject": "ops-admin" } });
    assert.equal((await run.up()).failed, false);
  });
  afterAll(() => run.close());

  itMends(() => run, {
    what: "a grant that is gone",
    kind: "grantMissing",
    change: (one) => {
      const { policy } = shopOf(one);
      policy.bindings = policy.bindings.filter(({ role }) => role !== "roles/cloudsupport.techSupportEditor");
    },
  });
  itMends(() => run, {
    what: "a contact that is gone",
    kind: "contactMissing",
    change: (one) => one.cloud.state.contacts.delete(contactNamed(one, "shop-oncall@example.com").name),
  });
  itMends(() => run, {
    what: "a contact with other categories",
    kind: "contactDiffers",
    change: (one) => {
      const contact = contactNamed(one, "finops@example.com");
      one.cloud.state.contacts.set(contact.name, { ...contact, notificationCategorySubscriptions: ["LEGAL"] });
      assert.ok(contact.name.startsWith(organization));
    },
  });
  itMends(() => run, {
    what: "a contact with another language",
    kind: "contactLanguage",
    change: (one) => {
      const contact = contactNamed(one, "finops@example.com");
      one.cloud.state.contacts.set(contact.name, { ...contact, languageTag: "pt-BR" });
    },
  });
  itMends(() => run, {
    what: "a service that is disabled",
    kind: "service",
    change: (one) => shopOf(one).services.delete("servicehealth.googleapis.com"),
  });
  itMends(() => run, {
    what: "a test case that is deleted",
    kind: "testCase",
    change: ({ cloud }) => {
      for (const [id, { testCase }] of cloud.state.cases) if (testCase) cloud.state.cases.delete(id);
    },
  });
  itMends(() => run, {
    what: "a test case that is open",
    kind: "testCase",
    change: ({ cloud }) => {
      const made = [...cloud.state.cases.values()].find(({ testCase }) => testCase) ?? assert.fail();
      made.state = "NEW";
    },
  });
  it("is nothing to Pulumi in the end", async () => {
    const preview = await commandLine(run, "preview", "--refresh", "--expect-no-changes");
    assert.equal(preview.code, 0, preview.text);
  });
});

describe("a service that is disabled on the quota project, through which all else is read", () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({ name: "remediesQuota", config: everything });
    assert.equal((await run.up()).failed, false);
  });
  afterAll(() => run.close());

  itMends(() => run, {
    what: "Essential Contacts",
    kind: "service",
    change: (one) => shopOf(one).services.delete("essentialcontacts.googleapis.com"),
  });
});
