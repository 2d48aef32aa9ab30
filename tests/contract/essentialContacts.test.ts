/** Essential Contacts v1, through Google's own client; what it answers was recorded against the real API. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { essentialcontacts_v1 } from "googleapis/build/src/apis/essentialcontacts/index.js";
import { notificationCategories } from "../../guide/index.ts";
import { errorInfo, folder, organization, refusal, refusedWith, useLocalCloud, violatedFields } from "./localCloud.ts";

const local = useLocalCloud("essentialcontacts");
const { organizations, folders, projects } = new essentialcontacts_v1.Essentialcontacts({});

const shop = "projects/shop-dev";
const security: essentialcontacts_v1.Schema$GoogleCloudEssentialcontactsV1Contact = {
  email: "security@example.com",
  notificationCategorySubscriptions: ["TECHNICAL", "SECURITY"],
  languageTag: "en-US",
};

function create(parent: string, requestBody = security) {
  const level = parent.startsWith("projects/") ? projects : parent.startsWith("folders/") ? folders : organizations;
  return level.contacts.create({ parent, requestBody }, local.as("operator"));
}

describe("a contact", () => {
  it("is created with a name that has the project's number, valid, its categories in their order", async () => {
    const { data } = await create(shop);
    assert.deepEqual(data, {
      ...security,
      name: "projects/100000000001/contacts/1",
      validationState: "VALID",
      validateTime: new Date(local.clock.now()).toISOString(),
    });
  });

  it("is created at all three levels, and read by id or number", async () => {
    assert.equal((await create(folder)).data.name, `${folder}/contacts/1`);
    assert.equal((await create(organization)).data.name, `${organization}/contacts/2`);
    const { data } = await create(shop);
    const byId = await projects.contacts.get({ name: "projects/shop-dev/contacts/1" }, local.as("operator"));
    const byNumber = await projects.contacts.get({ name: "projects/100000000001/contacts/1" }, local.as("operator"));
    assert.deepEqual(byId.data, data);
    assert.deepEqual(byNumber.data, data);
  });

  it("cannot be created twice on one resource, whatever the address's case", async () => {
    await create(shop);
    const error = await refusal(create(shop, { ...security, email: "Security@example.com" }));
    assert.deepEqual(error, {
      code: 409,
      message:
        "There is already a contact with the given email address Security@example.com. To add new category " +
        "subscriptions, please use UpdateContact instead.",
      status: "ALREADY_EXISTS",
    });
    await create("projects/pay-dev");
    await create(folder);
  });

  for (const [field, change] of Object.entries({
    "contact.email": { email: "nobody" },
    "contact.notification_category_subscriptions": { notificationCategorySubscriptions: [] },
    "contact.notification_category_subscriptions[1]": { notificationCategorySubscriptions: ["ALL", "SECURTY"] },
    "contact.language_tag": { languageTag: "french please" },
  }))
    it(`needs a proper ${field}`, async () => {
      assert.deepEqual(violatedFields(await refusal(create(shop, { ...security, ...change }))), [field]);
    });

  it("takes each category of the guide, in the order of the API's enum", async () => {
    const notificationCategorySubscriptions = Object.values(notificationCategories).map(({ apiName }) => apiName);
    const { data } = await create(shop, { ...security, notificationCategorySubscriptions });
    assert.deepEqual(data.notificationCategorySubscriptions, notificationCategorySubscriptions);
  });

  it("must be of a domain that the organization allows", async () => {
    const found = local.cloud.state.organizations.get(organization) ?? assert.fail();
    found.allowedContactDomains = ["@Example.com"];
    await create(shop);
    const other = create(shop, { ...security, email: "security@partner.example" });
    assert.equal(await refusedWith(other), "400 FAILED_PRECONDITION");
  });

  it("must be of a domain that both constraints allow, and of none where the managed one names none", async () => {
    const found = local.cloud.state.organizations.get(organization) ?? assert.fail();
    found.allowedContactDomains = ["@example.com", "@partner.example"];
    found.managedContactDomains = ["@example.com"];
    await create(shop);
    const other = create(shop, { ...security, email: "security@partner.example" });
    assert.equal(await refusedWith(other), "400 FAILED_PRECONDITION");
    found.managedContactDomains = [];
    const own = create(shop, { ...security, email: "other@example.com" });
    assert.equal(await refusedWith(own), "400 FAILED_PRECONDITION");
  });

  it("is deleted, after which it is not found", async () => {
    const name = (await create(shop)).data.name ?? "";
    const deleted = await projects.contacts.delete({ name }, local.as("operator"));
    assert.deepEqual(deleted.data, {});
    const error = await refusal(projects.contacts.get({ name }, local.as("operator")));
    assert.deepEqual(error, { code: 404, message: "Requested entity was not found.", status: "NOT_FOUND" });
    assert.equal((await create(shop)).data.name, "projects/100000000001/contacts/2");
  });
});

describe("updating a contact", () => {
  const update = (updateMask: string | undefined, requestBody: typeof security) =>
    projects.contacts.patch(
      { name: "projects/shop-dev/contacts/1", requestBody, ...(updateMask === undefined ? {} : { updateMask }) },
      local.as("operator"),
    );

  for (const updateMask of ["notificationCategorySubscriptions", "notification_category_subscriptions"])
    it(`changes what ${updateMask} names, and nothing else`, async () => {
      await create(shop);
      const { data } = await update(updateMask, { notificationCategorySubscriptions: ["LEGAL"], languageTag: "fr" });
      assert.deepEqual(data.notificationCategorySubscriptions, ["LEGAL"]);
      assert.equal(data.languageTag, "en-US");
    });

  it("ignores another address, as recorded", async () => {
    await create(shop);
    const changed = { ...security, email: "other@example.com", notificationCategorySubscriptions: ["LEGAL"] };
    const { data } = await update("notificationCategorySubscriptions", changed);
    assert.equal(data.email, "security@example.com");
    assert.equal((await update("email", changed)).data.email, "security@example.com");
  });

  it("needs a mask", async () => {
    await create(shop);
    assert.equal(await refusedWith(update(undefined, security)), "400 INVALID_ARGUMENT");
  });
});

describe("finding contacts", () => {
  it("lists those of one resource, a hundred at a time", async () => {
    for (let index = 0; index < 101; index++) await create(shop, { ...security, email: `m${index}@example.com` });
    await create(folder);
    const first = await projects.contacts.list({ parent: shop, pageSize: -5 }, local.as("operator"));
    assert.equal(first.data.contacts?.length, 100);
    const pageToken = first.data.nextPageToken ?? assert.fail("no second page");
    const second = await projects.contacts.list({ parent: shop, pageToken }, local.as("operator"));
    assert.deepEqual(
      second.data.contacts?.map(({ email }) => email),
      ["m100@example.com"],
    );
  });

  it("computes whom a category reaches, those above included", async () => {
    await create(shop);
    await create(folder, { ...security, email: "all@example.com", notificationCategorySubscriptions: ["ALL"] });
    const reached = async (...notificationCategories: string[]) => {
      const { data } = await projects.contacts.compute({ parent: shop, notificationCategories }, local.as("operator"));
      return data.contacts?.map(({ email }) => email);
    };
    assert.deepEqual(await reached("SECURITY"), ["security@example.com", "all@example.com"]);
    assert.deepEqual(await reached("LEGAL"), ["all@example.com", "legal@example.com"]);
    assert.deepEqual(await reached("BILLING"), ["all@example.com"]);
    assert.deepEqual(await reached("LEGAL", "TECHNICAL"), [
      "security@example.com",
      "all@example.com",
      "legal@example.com",
    ]);
  });

  it("sends a test message to those that are subscribed", async () => {
    const name = (await create(shop)).data.name ?? "";
    const send = (notificationCategory: string, contacts = [name]) =>
      projects.contacts.sendTestMessage(
        { resource: shop, requestBody: { contacts, notificationCategory } },
        local.as("operator"),
      );
    await send("SECURITY");
    assert.deepEqual(local.cloud.state.testMessages, [
      { contacts: [name], notificationCategory: "SECURITY", sentTime: new Date(local.clock.now()).toISOString() },
    ]);
    await send("LEGAL", [`${organization}/contacts/1`]);
    assert.equal(await refusedWith(send("BILLING")), "400 INVALID_ARGUMENT");
    assert.equal(await refusedWith(send("SECURITY", ["projects/pay-dev/contacts/1"])), "404 NOT_FOUND");
  });
});

describe("who may do what with contacts", () => {
  it("lets a viewer read and not write", async () => {
    const { data } = await organizations.contacts.list({ parent: organization }, local.as("auditor"));
    assert.deepEqual(
      data.contacts?.map(({ email }) => email),
      ["legal@example.com"],
    );
    const error = await refusal(
      organizations.contacts.create({ parent: organization, requestBody: security }, local.as("auditor")),
    );
    assert.equal(errorInfo(error).reason, "IAM_PERMISSION_DENIED");
    assert.equal(errorInfo(error).metadata?.["permission"], "essentialcontacts.contacts.create");
    const removal = organizations.contacts.delete({ name: `${organization}/contacts/1` }, local.as("auditor"));
    assert.equal(await refusedWith(removal), "403 PERMISSION_DENIED");
  });
});
