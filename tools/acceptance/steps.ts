/** The requests of the run that Pulumi does not send: the life of cases, contacts and grants, and what Google refuses. */
import { setTimeout as sleep } from "node:timers/promises";
import { testCaseDefaults } from "../../guide/index.ts";
import { readPolicy, withoutMember } from "./google.ts";
import type { Ask, Reply, WritablePolicy } from "./google.ts";
import { invalidToken } from "./proxy.ts";
import { placesOf } from "./sandbox.ts";
import type { Sandbox } from "./sandbox.ts";

/** Answers to what Google does not document, by their questions. They contain no identifiers. */
export type Answers = Record<string, string>;

interface Step {
  readonly sandbox: Sandbox;
  readonly ask: Ask;
  readonly answers: Answers;
}

const summaryOf = ({ status, error }: Reply) => (error === "" ? String(status) : `${String(status)} ${error}`);

const textOf = ({ body }: Reply, field: string) => (typeof body[field] === "string" ? body[field] : "");

const nameOf = (reply: Reply) => textOf(reply, "name");

/** Longer than Google needs to find a new case, in milliseconds. */
const longestLag = 5 * 60_000;

const description = [
  "Test issue of npm run acceptance. No one needs to act.",
  "",
  "  Two blanks at the start, and two at the end:  ",
  "Quotes \" and ', an ampersand &, <b>markup</b>, an accent é, an emoji 🙂 and a tab\t.",
].join("\n");

export async function caseLife({ sandbox: { project, marker }, ask, answers }: Step): Promise<void> {
  const cases = `v2/projects/${project}/cases`;
  const query = `display_name:"${testCaseDefaults.classification}"`;
  const found = await ask("cloudsupport", "GET", "v2/caseClassifications:search", { query: { query } });
  const list = (found.body["caseClassifications"] ?? []) as readonly { id: string; displayName: string }[];
  const classification = { id: list.find(({ displayName }) => displayName === testCaseDefaults.classification)?.id };
  const common = { displayName: marker, description, classification, priority: "P4", testCase: true };
  const create = (more: object) => ask("cloudsupport", "POST", cases, { body: { ...common, ...more } });
  const close = (name: string) => ask("cloudsupport", "POST", `v2/${name}:close`, { body: {} });

  const created = await create({});
  answers["Is a test case accepted?"] = summaryOf(created);
  if (created.status !== 200) return;
  const name = nameOf(created);
  const got = await ask("cloudsupport", "GET", `v2/${name}`);
  answers["How does the description come back?"] =
    got.body["description"] === description ? "unchanged" : "changed: see the differences";
  answers["How long does a search not find a new case?"] = await searchLag(ask, cases, marker, name);
  await ask("cloudsupport", "GET", cases, { query: { filter: "state=OPEN" } });
  const large = await ask("cloudsupport", "GET", cases, { query: { pageSize: 1000 } });
  answers["Is a page of 1,000 cases accepted?"] = summaryOf(large);

  const patch = (mask: string | undefined, body: object) =>
    ask("cloudsupport", "PATCH", `v2/${name}`, { query: { updateMask: mask }, body });
  await patch("priority", { priority: "P3" });
  await patch("display_name", { displayName: `${marker}, renamed` });
  answers["Can the description be changed?"] = summaryOf(await patch("description", { description: "Another." }));

  const comment = (body: string) => ask("cloudsupport", "POST", `v2/${name}/comments`, { body: { body } });
  await comment("The first comment.");
  await comment("The second comment,\r\nwith another line ending.  ");
  answers["Is a comment of 12,801 characters accepted?"] = summaryOf(await comment("x".repeat(12_801)));
  answers["Is an empty comment accepted?"] = summaryOf(await comment(""));
  await ask("cloudsupport", "GET", `v2/${name}/comments`);

  const attached = await ask("cloudsupport", "POST", `upload/v2/${name}/attachments`, {
    query: { "attachment.filename": "acceptance.txt" },
    body: Buffer.from(`A file of ${marker}.\n`),
  });
  await ask("cloudsupport", "GET", `v2/${name}/attachments`);
  if (attached.status === 200)
    await ask("cloudsupport", "GET", `v2/${nameOf(attached)}:download`, { query: { alt: "media" }, reply: "bytes" });

  const escalation = { reason: "BUSINESS_IMPACT", justification: "A test case of npm run acceptance." };
  const escalated = await ask("cloudsupport", "POST", `v2/${name}:escalate`, { body: { escalation } });
  answers["Can a test case be escalated?"] = summaryOf(escalated);
  await close(name);
  answers["Can a closed case be closed?"] = summaryOf(await close(name));
  answers["Can a closed case get a comment?"] = summaryOf(await comment("After the end."));
  answers["Can a closed case be changed?"] = summaryOf(await patch("priority", { priority: "P4" }));
  await ask("cloudsupport", "GET", `v2/${name}`);

  for (const languageCode of ["fr", "zh-CN", "xx"]) {
    const reply = await create({ languageCode });
    answers[`Which language gets a case in ${languageCode}?`] =
      reply.status === 200 ? textOf(reply, "languageCode") || "none" : summaryOf(reply);
    if (reply.status === 200) await close(nameOf(reply));
  }
}

async function searchLag(ask: Ask, cases: string, marker: string, name: string): Promise<string> {
  const start = performance.now();
  for (;;) {
    const { body } = await ask("cloudsupport", "GET", `${cases}:search`, { query: { query: `"${marker}"` } });
    const found = (body["cases"] ?? []) as readonly { name: string }[];
    const seconds = (performance.now() - start) / 1000;
    if (found.some((one) => one.name === name)) return `${seconds.toFixed(0)} s`;
    if (seconds * 1000 > longestLag) return `more than ${seconds.toFixed(0)} s`;
    await sleep(1000);
  }
}

export async function contactLife({ sandbox, ask, answers }: Step): Promise<void> {
  for (const place of placesOf(sandbox)) {
    const contacts = `v1/${place}/contacts`;
    const contact = {
      email: sandbox.contact,
      notificationCategorySubscriptions: ["TECHNICAL", "BILLING"],
      languageTag: "en",
    };
    const create = () => ask("essentialcontacts", "POST", contacts, { body: contact });
    const created = await create();
    answers["Is a contact accepted?"] = summaryOf(created);
    if (created.status !== 200) continue;
    const name = nameOf(created);
    const patch = (mask: string | undefined, body: object) =>
      ask("essentialcontacts", "PATCH", `v1/${name}`, { query: { updateMask: mask }, body });
    await ask("essentialcontacts", "GET", `v1/${name}`);
    await ask("essentialcontacts", "GET", contacts);
    await ask("essentialcontacts", "GET", `${contacts}:compute`, { query: { notificationCategories: "BILLING" } });
    await create();
    await patch("languageTag", { languageTag: "fr" });
    answers["Is a contact changed without a mask?"] = summaryOf(await patch(undefined, { languageTag: "ja" }));
    for (const languageTag of ["en-GB", "zz", "not a language"])
      answers[`Is the language ${languageTag} accepted for a contact?`] = summaryOf(
        await patch("languageTag", { languageTag }),
      );
    answers["Is the address accepted in the mask of a contact?"] = summaryOf(
      await patch("email", { email: sandbox.contact }),
    );
    await patch("notificationCategorySubscriptions", { notificationCategorySubscriptions: ["NO_CATEGORY"] });
    await ask("essentialcontacts", "DELETE", `v1/${name}`);
    await ask("essentialcontacts", "GET", `v1/${name}`);
    await ask("essentialcontacts", "DELETE", `v1/${name}`);
  }
}

export async function grantLife({ sandbox, ask, answers }: Step): Promise<void> {
  const { member = "" } = sandbox;
  const role = "roles/essentialcontacts.viewer";
  for (const place of placesOf(sandbox)) {
    const set = (policy: WritablePolicy) =>
      ask("cloudresourcemanager", "POST", `v3/${place}:setIamPolicy`, { body: { policy: { ...policy, version: 3 } } });
    const read = () => readPolicy(ask, place);
    const grant = (policy: WritablePolicy, name: string) =>
      set({ ...policy, bindings: [...policy.bindings, { role: name, members: [member] }] });
    const before = await read();
    await grant(before, role);
    const granted = await read();
    // Accepted, it would only remove the grant.
    answers["Is a policy with an old etag accepted?"] = summaryOf(await set(before));
    await grant(granted, "roles/cloudsupport.noSuchRole");
    // Read again before each write, because others can change the policy at the same time.
    const last = await read();
    await set({ ...last, bindings: withoutMember(last.bindings, member, [role]) });
    await read();
  }
}

/** Requests that Google refuses, or that only read. None of them could reach anyone. */
export async function refusals({ sandbox: { project, marker }, ask }: Step, address: string): Promise<void> {
  const cases = `v2/projects/${project}/cases`;
  const test = { displayName: marker, description: "Test issue.", priority: "P4", testCase: true };
  const post = (body: object) => ask("cloudsupport", "POST", cases, { body });
  await post({ ...test, classification: { id: "100NOSUCHCLASSIFICATION" } });
  await post(test);
  await post({ ...test, priority: "P9", classification: { id: "100NOSUCHCLASSIFICATION" } });
  await ask("cloudsupport", "GET", `${cases}/99999999`);
  await ask("cloudsupport", "GET", cases, { query: { filter: "priority=P9" } });
  await ask("cloudsupport", "GET", cases, { query: { noSuchParameter: "1" } });
  await ask("cloudsupport", "GET", `v2/projects/${project}/noSuchCollection`);
  await ask("cloudresourcemanager", "GET", "v3/projects/customer-care-no-such-project");
  await ask("cloudresourcemanager", "GET", "v1/projects/customer-care-no-such-project");
  const service = `v1/projects/${project}/services/customer-care-no-such.googleapis.com`;
  await ask("serviceusage", "POST", `${service}:enable`, { body: {} });
  const contact = { email: "not an address", notificationCategorySubscriptions: ["BILLING"], languageTag: "en" };
  await ask("essentialcontacts", "POST", `v1/projects/${project}/contacts`, { body: contact });
  for (const headers of [{}, { authorization: `Bearer ${invalidToken}` }])
    await fetch(`${address}/cloudsupport/${cases}`, { headers });
}
