/** `care adopt` on an organization that was set up by hand: after Pulumi's own import, the first preview is empty. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { ImportFile } from "../../care/adopt/importFile.ts";
import { check } from "../../onboarding/index.ts";
import { holdingsAsked, holdingsOf, writeConfig } from "../../tools/stack/index.ts";
import { care } from "../support/care.ts";
import { everything } from "../support/configs.ts";
import { adopted, words } from "./adopting.ts";
import { madeByHand } from "./handMade.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { writesSince } from "../support/writes.ts";

const organizationName = "organizations/123456789012";

/** The test case is no part of what people have set up. */
const { "customer-care:testCase": testCase, ...handMade } = {
  ...everything,
  "gcp:billingProject": "ops-admin",
  "customer-care:projects": {
    ...everything["customer-care:projects"],
    // In other letters, as people write it. A project may be without services, too.
    "shop-staging": { services: [], editors: ["user:Grace@Example.com"] },
  },
};

function asked(config: Readonly<Record<string, unknown>>) {
  const entries = Object.entries(config).filter(([key]) => key.startsWith("customer-care:"));
  const document = Object.fromEntries(entries.map(([key, value]) => [key.replace("customer-care:", ""), value]));
  return holdingsAsked(check(document).config ?? assert.fail(), "123456789012");
}

describe("an organization that was set up by hand", () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({ name: "adopt", config: handMade });
    await madeByHand(run.cloud, asked(handMade));
    await madeByHand(run.cloud, {
      grants: ["projects/shop-dev roles/cloudsupport.techSupportEditor user:zoe@example.com"],
    });
  });
  afterAll(() => run.close());

  it("is found whole, and nothing is written", async () => {
    const first = run.cloud.requests.length;
    const { report, code } = await adopted(run, "--file", "adopt.json");
    assert.deepEqual(
      report.resources.filter(({ status }) => status !== "found"),
      [],
    );
    assert.equal(report.resources.length, 16);
    assert.equal(code, 0);
    assert.deepEqual(writesSince(run.cloud, first), []);
  });

  it("is left what the config does not name", async () => {
    const { report } = await adopted(run);
    assert.deepEqual(report.left.map((one) => Object.values(one).join(" ")).sort(), [
      `contact ${organizationName} legal@example.com ${organizationName}/contacts/1`,
      `grant ${organizationName} roles/cloudsupport.admin group:gcp-billing-admins@example.com`,
      `grant ${organizationName} roles/cloudsupport.techSupportEditor serviceAccount:operator@ops-admin.iam.gserviceaccount.com`,
      `grant ${organizationName} roles/cloudsupport.techSupportEditor user:ada@example.com`,
      `grant ${organizationName} roles/cloudsupport.techSupportEditor user:contractor@partner.example request.time < timestamp("2030-01-01T00:00:00Z")`,
      `grant ${organizationName} roles/cloudsupport.techSupportEditor user:someone-else@example.com`,
      `grant ${organizationName} roles/essentialcontacts.admin serviceAccount:operator@ops-admin.iam.gserviceaccount.com`,
      `grant ${organizationName} roles/essentialcontacts.viewer group:auditors@example.com`,
      "grant projects/shop-dev roles/cloudsupport.techSupportEditor user:zoe@example.com",
    ]);
  });

  it("is in the file under the types, names and parents that the program gives", async () => {
    // Where the contacts are there, the preview is refused with advice to run care adopt, which writes the file.
    const { failed, messages } = await run.pulumi("preview", "--import-file", "engine.json");
    assert.equal(failed, true);
    assert.ok(messages.some((message) => message.includes("run care adopt --stack test")));
    const { contacts } = run.cloud.state;
    const byHand = [...contacts];
    contacts.clear();
    await run.pulumi("preview", "--import-file", "engine.json");
    for (const [name, contact] of byHand) contacts.set(name, contact);
    const read = async (name: string) => JSON.parse(await readFile(join(run.directory, name), "utf8")) as ImportFile;
    assert.deepEqual(placed(await read("adopt.json")), placed(await read("engine.json")));
  });

  it("is imported: nothing is written, and the first preview is empty", async () => {
    const first = run.cloud.requests.length;
    const { report } = await adopted(run, "--file", "adopt.json");
    const [command = "", ...next] = report.commands;
    assert.equal(command, "pulumi import --file adopt.json --protect=false --generate-code=false --stack test");
    assert.deepEqual(next, ["pulumi preview --stack test", "pulumi up --stack test"]);
    assert.deepEqual((await run.pulumi(...words(command), "--yes")).failed, false);
    const preview = await run.preview();
    assert.deepEqual([preview.failed, preview.steps], [false, []]);
    assert.equal((await run.pulumi("preview", "--refresh", "--expect-no-changes")).failed, false);
    assert.deepEqual(writesSince(run.cloud, first), []);
  });

  it("is as before after the first up, which sends no write", async () => {
    const first = run.cloud.requests.length;
    const before = holdingsOf(run.cloud.state);
    const up = await run.up();
    assert.deepEqual([up.failed, up.steps], [false, []]);
    assert.deepEqual(writesSince(run.cloud, first), []);
    assert.deepEqual(holdingsOf(run.cloud.state), before);
  });

  it("is in the stack then: there is nothing to import", async () => {
    const { report, code } = await adopted(run, "--file", "adopt.json");
    assert.deepEqual([...new Set(report.resources.map(({ status }) => status))], ["in-stack"]);
    assert.deepEqual(report.commands, ["pulumi preview --stack test", "pulumi up --stack test"]);
    assert.equal(code, 0);
    // The file of the import before would import it all once more.
    assert.deepEqual(JSON.parse(await readFile(join(run.directory, "adopt.json"), "utf8")), { resources: [] });
    const refused = await care(run, ["adopt", "--file", "nowhere/adopt.json"]);
    assert.equal(refused.code, 1);
    assert.match(
      refused.stderr,
      /^care adopt: --file \S*\/nowhere\/adopt\.json cannot be written: .*; create its folder/m,
    );
  });

  it("reports what the next preview deletes, and the command that keeps it", async () => {
    const { "customer-care:folders": _folders, "customer-care:projects": projects, ...rest } = handMade;
    const { "pay-dev": _payDev, ...others } = projects;
    await run.setConfig({ ...rest, "customer-care:projects": others });
    const { report, code } = await adopted(run);
    assert.equal(code, 1);
    const preview = await run.preview();
    const deleted = preview.steps.filter((step) => step.startsWith("delete gcp:"));
    assert.ok(deleted.length > 3, preview.steps.join("\n"));
    assert.deepEqual(report.deletions.map(({ type, name }) => `delete ${type} ${name}`).sort(), deleted);
    assert.ok(!report.left.some(({ where }) => where.startsWith("folders/") || where === "projects/pay-dev"));
    const kept = report.deletions.find(({ what }) => what.endsWith("group:shop-leads@example.com")) ?? assert.fail();
    assert.equal((await run.pulumi(...words(kept.remedy ?? ""), "--yes")).failed, false);
    const gone = `delete ${kept.type} ${kept.name}`;
    assert.deepEqual(
      (await run.preview()).steps.filter((step) => step.startsWith("delete gcp:")),
      deleted.filter((step) => step !== gone),
    );
    // It comes back as it was found: by the import.
    await run.setConfig(handMade);
    await adopted(run, "--file", "adopt.json");
    const again = await run.pulumi(
      "import",
      "--file",
      "adopt.json",
      "--protect=false",
      "--generate-code=false",
      "--yes",
    );
    assert.equal(again.failed, false);
    assert.deepEqual((await run.preview()).steps, []);
  });

  it("can be changed and taken down as if the stack had created it", async () => {
    await run.setConfig({
      ...handMade,
      "customer-care:folders": {
        "456789012345": { contacts: { suspension: ["leads@example.com"], legal: ["leads@example.com"] } },
      },
    });
    const up = await run.up();
    assert.deepEqual(
      up.messages.filter((message) => /error/i.test(message)),
      [],
    );
    assert.deepEqual(up.steps, [
      "delete gcp:folder/iAMMember:IAMMember customer-care/folders/456789012345/editors/group:shop-leads@example.com",
      "update gcp:essentialcontacts/contact:Contact customer-care/folders/456789012345/leads@example.com",
    ]);
    assert.equal((await run.destroy()).failed, false);
    assert.deepEqual(holdingsOf(run.cloud.state).contacts, [
      `${organizationName} legal@example.com LEGAL,SUSPENSION en`,
    ]);
  });
});

/** Each entry with the names that lead to it, without what the two files call them. */
function placed({ resources }: ImportFile): string[] {
  const pathOf = (name: string | undefined): string => {
    const found = resources.find((one) => one.name === name);
    if (found === undefined) return "";
    return `${pathOf(found.parent)} > ${found.type} ${found.logicalName ?? found.name} ${found.version ?? ""}`;
  };
  return resources.map(({ name }) => pathOf(name)).sort();
}

describe("an organization that people have set up in part, and otherwise", () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({
      name: "adoptInPart",
      config: { ...handMade, "customer-care:testCase": { ...testCase, keepOpen: true } },
    });
    await madeByHand(run.cloud, {
      services: ["projects/shop-dev cloudsupport.googleapis.com"],
      grants: [
        "projects/shop-dev roles/cloudsupport.techSupportEditor user:ada@example.com",
        `${organizationName} roles/cloudsupport.admin group:support-admins@example.com`,
      ],
      contacts: [
        `${organizationName} Security@example.com SECURITY en`,
        `${organizationName} sre@example.com SECURITY,BILLING en-US`,
        `${organizationName} finops@example.com PRODUCT_UPDATES,BILLING fr`,
        "projects/shop-dev shop-oncall@example.com TECHNICAL,TECHNICAL_INCIDENTS en",
      ],
    });
  });
  afterAll(() => run.close());

  it("is reported resource by resource", async () => {
    const { report, code } = await adopted(run, "--file", "adopt.json");
    const inBrief = report.resources
      .filter(({ status }) => status !== "missing")
      .map(({ status, where, what, differences }) => [status, where, what, ...differences].join(" "));
    assert.deepEqual(inBrief, [
      `found ${organizationName} roles/cloudsupport.admin for group:support-admins@example.com`,
      `differs ${organizationName} contact finops@example.com order`,
      `address-differs ${organizationName} contact security@example.com`,
      `differs ${organizationName} contact sre@example.com categories language`,
      "found projects/shop-dev cloudsupport.googleapis.com",
      "found projects/shop-dev roles/cloudsupport.techSupportEditor for user:ada@example.com",
      "found projects/shop-dev contact shop-oncall@example.com",
    ]);
    assert.equal(report.resources.length, 16);
    assert.equal(code, 1);
  });

  it("is imported: the first preview changes what was reported, replaces nothing, and creates what is missing", async () => {
    const { report } = await adopted(run);
    const [remedy = ""] = report.resources.flatMap((one) => one.remedy ?? []);
    assert.equal(remedy, "gcloud essential-contacts delete 2 --organization=123456789012");
    run.cloud.state.contacts.delete(`${organizationName}/contacts/2`);
    assert.equal(
      (await run.pulumi("import", "--file", "adopt.json", "--protect=false", "--generate-code=false", "--yes")).failed,
      false,
    );
    const preview = await run.preview();
    assert.equal(preview.failed, false);
    assert.deepEqual(
      preview.steps.filter((step) => !step.startsWith("create ")),
      [
        "update gcp:essentialcontacts/contact:Contact customer-care/organization/finops@example.com",
        "update gcp:essentialcontacts/contact:Contact customer-care/organization/sre@example.com",
      ],
    );
    const created = report.resources.filter(({ status }) => status === "missing" || status === "address-differs");
    assert.deepEqual(
      preview.steps.filter((step) => step.startsWith("create gcp:")),
      created.map(({ type, name }) => `create ${type} ${name}`).sort(),
    );
  });

  it("is as the config asks after one up", async () => {
    assert.equal((await run.up()).failed, false);
    const { services, grants, contacts } = holdingsOf(run.cloud.state);
    const wanted = asked(handMade);
    assert.deepEqual(
      wanted.services.filter((line) => !services.includes(line)),
      [],
    );
    assert.deepEqual(
      wanted.grants.filter((line) => !grants.includes(line)),
      [],
    );
    assert.deepEqual(
      wanted.contacts.filter((line) => !contacts.includes(line)),
      [],
    );
    assert.deepEqual((await run.preview()).steps, []);
  });

  it("lists the open case with the test case's title, and that only the stack that created it can manage it", async () => {
    await run.stack.workspace.createStack("other");
    await run.stack.workspace.selectStack("test");
    const entries = Object.entries(everything).filter(
      ([key]) => key !== "customer-care:organization" && key !== "customer-care:folders",
    );
    await writeConfig({
      directory: run.directory,
      stackName: "other",
      config: { ...Object.fromEntries(entries), "gcp:billingProject": "ops-admin" },
    });
    const { report, code } = await adopted(run, "--stack", "other");
    assert.deepEqual(
      report.cases.map(({ displayName, madeBy }) => [displayName, madeBy]),
      [["Test issue", "organization/customer-care/test"]],
    );
    const claimed = report.resources.filter(({ status }) => status === "in-other-stack");
    assert.deepEqual(claimed.map(({ what }) => what).sort(), [
      "contact shop-oncall@example.com",
      "roles/cloudsupport.techSupportEditor for user:ada@example.com",
      "roles/essentialcontacts.viewer for group:auditors@example.com",
    ]);
    assert.equal(code, 1);
    const { stdout } = await care(run, ["adopt", "--stack", "other"]);
    assert.match(
      stdout.replace(/\s+/g, " "),
      / created by the Pulumi stack organization\/customer-care\/test; only that stack can manage it /,
    );
    assert.ok(!stdout.includes("testCase.adopt"), stdout);
  });
});

/** What two stacks of one project may have. */
const twoStacks = {
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "customer-care:plan": "enhanced",
  "customer-care:projects": {
    "shop-dev": { services: [], editors: ["user:ada@example.com"], contacts: { security: ["security@example.com"] } },
  },
};

describe("an open case that people have created", () => {
  let run: LocalRun;
  beforeAll(async () => {
    const words = { displayName: "Instances restart at night", priority: "P2" };
    // As Pulumi.prod.yaml has it.
    const ofOwn = { keepOpen: true, timeZone: "Europe/Paris", subscriberEmailAddresses: ["shop-oncall@example.com"] };
    const config = { ...twoStacks, "customer-care:testCase": { project: "shop-dev", ...words, ...ofOwn } };
    run = await localRun({ name: "adoptCase", config });
  });
  afterAll(() => run.close());

  it("is adopted by the printed commands: the preview then succeeds, and up changes nothing", async () => {
    const before = structuredClone(run.cloud.state.cases.get("43595344"));
    const { report } = await adopted(run);
    assert.deepEqual(
      report.cases.map(({ name }) => name),
      ["projects/shop-dev/cases/43595344"],
    );
    for (const command of report.cases.flatMap(({ commands }) => commands)) {
      const { failed, messages } = await run.pulumi(...words(command));
      assert.equal(failed, false, messages.join());
    }
    const preview = await run.preview();
    assert.equal(preview.failed, false, preview.messages.join("\n"));
    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
    assert.deepEqual(run.cloud.state.cases.get("43595344"), before);
    assert.equal(run.cloud.state.cases.size, 1);
    const again = await adopted(run);
    assert.deepEqual([again.code, again.report.cases], [0, []]);
    assert.deepEqual((await run.preview()).steps, []);
  });
});

describe("a contact that another stack has", () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({ name: "adoptFromOther", config: twoStacks });
    assert.equal((await run.up()).failed, false);
    await run.stack.workspace.createStack("other");
    await run.stack.workspace.selectStack("test");
    await writeConfig({ directory: run.directory, stackName: "other", config: twoStacks });
  });
  afterAll(() => run.close());

  it("is taken over as docs/how-to/adopt.md describes: nothing is written, and neither stack deletes it or creates it again", async () => {
    const first = run.cloud.requests.length;
    const claimed = (await adopted(run, "--stack", "other")).report.resources;
    assert.deepEqual([...new Set(claimed.map(({ status }) => status))], ["in-other-stack"]);
    for (const { remedy } of claimed)
      assert.equal((await run.pulumi(...words(remedy ?? assert.fail()), "--yes")).failed, false);
    await run.setConfig({ ...twoStacks, "customer-care:projects": { "shop-dev": { services: [] } } });
    const { report } = await adopted(run, "--stack", "other", "--file", "adopt.json");
    assert.deepEqual([...new Set(report.resources.map(({ status }) => status))], ["found"]);
    const [command = ""] = report.commands;
    assert.equal((await run.pulumi(...words(command), "--yes")).failed, false);
    const of = ["--expect-no-changes", "--stack", "other"];
    assert.equal((await run.pulumi("preview", ...of)).failed, false);
    const preview = await run.preview();
    assert.deepEqual([preview.failed, preview.steps.filter((step) => step.includes(" gcp:"))], [false, []]);
    assert.deepEqual(writesSince(run.cloud, first), []);
  });
});
