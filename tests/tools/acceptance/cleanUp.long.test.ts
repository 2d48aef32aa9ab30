/** The clean-up of the acceptance, with lists that are older than the removals, and with failures. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "vitest";
import { createTransport } from "../../../google/index.ts";
import { cleanUp, writeJournal } from "../../../tools/acceptance/cleanUp.ts";
import { addressesOf, askWith, settingsOf } from "../../../tools/acceptance/google.ts";
import { grantedRoles } from "../../../tools/acceptance/sandbox.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";

const sandbox = {
  project: "shop-dev",
  folder: undefined,
  organization: undefined,
  member: "group:care-sandbox@example.com",
  number: "100000000001",
  marker: "customer-care acceptance r1",
  contact: "care-sandbox+care-r1@example.com",
  services: ["cloudbilling.googleapis.com", "cloudresourcemanager.googleapis.com", "serviceusage.googleapis.com"],
  parent: "folders",
  hasBilling: true,
  caller: undefined,
  conditional: [],
} as const;

const caseName = "projects/shop-dev/cases/43595399";
const contactName = "projects/100000000001/contacts/9";

let cloud: Cloud;
let folder: string;
beforeEach(async () => {
  cloud = await startCloud();
  folder = mkdtempSync(join(tmpdir(), "clean-up-"));
  const { cases, contacts, projects } = cloud.state;
  const [seeded] = cases.values();
  assert.ok(seeded);
  cases.set("43595399", {
    ...seeded,
    name: caseName,
    displayName: `${sandbox.marker} 1`,
    parent: "projects/100000000001",
    state: "NEW",
  });
  contacts.set(contactName, {
    name: contactName,
    email: sandbox.contact,
    notificationCategorySubscriptions: ["LEGAL"],
    languageTag: "en",
    validationState: "VALID",
    validateTime: "2026-01-01T00:00:00Z",
  });
  const project = projects.get("shop-dev");
  project?.policy.bindings.push({ role: grantedRoles[0] ?? "", members: [sandbox.member] });
  project?.services.set("cloudsupport.googleapis.com", { enabledAt: 0 });
});
afterEach(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
});

async function clean(): Promise<number> {
  const journal = join(folder, "journal.json");
  await writeJournal(journal, sandbox);
  const { environment } = cloud;
  const transport = createTransport(settingsOf("ops-admin", environment));
  return cleanUp(journal, sandbox, askWith(transport, addressesOf(environment)));
}

/** What is left of the contact, the grant, the case and the service. */
function left(): readonly string[] {
  const { cases, contacts, projects } = cloud.state;
  const project = projects.get("shop-dev");
  const found: Readonly<Record<string, boolean | undefined>> = {
    contact: contacts.has(contactName),
    grant: project?.policy.bindings.some(({ members }) => members.includes(sandbox.member)),
    case: cases.get("43595399")?.state !== "CLOSED",
    service: project?.services.has("cloudsupport.googleapis.com"),
  };
  return Object.keys(found).filter((key) => found[key] === true);
}

/** Returns a list from before the removals, as a list that is not consistent yet. */
const staleList = (rpc: string, body: object) =>
  cloud.faults.add({
    match: { rpc, times: 10 },
    effect: { reply: { body: JSON.stringify(body), contentType: "application/json" } },
  });

describe("the clean-up", () => {
  it("removes everything, and the journal", async () => {
    assert.equal(await clean(), 4);
    assert.deepEqual(left(), []);
    assert.equal(existsSync(join(folder, "journal.json")), false);
  });

  it("takes what is gone for removed, although a list still has it", async () => {
    const listed = { name: contactName, email: sandbox.contact };
    staleList("ListCases", { cases: [{ name: caseName, displayName: `${sandbox.marker} 1`, state: "NEW" }] });
    staleList("ListContacts", { contacts: [listed, listed] });
    staleList("ListServices", { services: [{ name: "projects/100000000001/services/cloudsupport.googleapis.com" }] });
    assert.equal(await clean(), 4);
    assert.deepEqual(left(), []);
  });

  for (const [rpc, kept, failure] of [
    ["DeleteContact", "contact", "contact: 403 PERMISSION_DENIED"],
    ["SetIamPolicy", "grant", "grant: 403 PERMISSION_DENIED"],
    ["CloseCase", "case", "case: 403 PERMISSION_DENIED"],
    ["DisableService", "service", "cloudsupport.googleapis.com: 403 PERMISSION_DENIED"],
    ["ListContacts", "contact", "list of contacts: 403 PERMISSION_DENIED"],
    ["ListCases", "case", "list of cases: 403 PERMISSION_DENIED"],
    ["GetIamPolicy", "grant", "The policy of projects/shop-dev cannot be read: 403 PERMISSION_DENIED"],
  ] as const)
    it(`removes the rest if ${rpc} is refused, and keeps the journal`, async () => {
      cloud.faults.add({ match: { rpc, times: 10 }, effect: { error: { code: 403 } } });
      await assert.rejects(clean(), {
        message: `Clean-up: ${failure}. Run npm run acceptance -- --clean-up again.`,
      });
      assert.deepEqual(left(), [kept]);
      assert.equal(existsSync(join(folder, "journal.json")), true);
    });
});
