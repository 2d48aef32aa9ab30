/**
 * Essential Contacts v1: the contacts at each level of the hierarchy.
 * https://cloud.google.com/resource-manager/docs/reference/essentialcontacts/rest; its replies follow the
 * recordings of k8s-config-connector against the real API.
 */
import { z } from "zod";
import { domainOf, isEmailAddress, normalizeDomain } from "../../onboarding/emailAddress.ts";
import { authorize, variable } from "./api.ts";
import type { Api, Call, Method } from "./api.ts";
import { timestamp } from "./clock.ts";
import { ApiError, failedPrecondition, invalidArgument, notFound } from "./errors.ts";
import { updateMask } from "./fieldMask.ts";
import { lineage, organizationOf } from "./hierarchy.ts";
import { parseMessage } from "./message.ts";
import { page } from "./paging.ts";
import { serviceTitle } from "./serviceCatalogue.ts";
import { nextNumber } from "./state.ts";
import type { Contact, Resource } from "./state.ts";

const service = "essentialcontacts.googleapis.com";

const pageSizes = { default: 100, max: 1000, ignoreNonPositive: true };

/** google.cloud.essentialcontacts.v1.NotificationCategory, without the unspecified value. */
export const notificationCategory = z.enum([
  "ALL",
  "SUSPENSION",
  "SECURITY",
  "TECHNICAL",
  "BILLING",
  "LEGAL",
  "PRODUCT_UPDATES",
  "TECHNICAL_INCIDENTS",
]);

const languageTag = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "not a language tag");

const emailAddress = z.string().refine(isEmailAddress, "not an e-mail address");

const subscriptions = z.array(notificationCategory).min(1, "at least one category");

const newContact = z.object({ email: emailAddress, notificationCategorySubscriptions: subscriptions, languageTag });

/** The e-mail address cannot change. As in the recordings, an update ignores another one. */
const changedContact = z.object({
  notificationCategorySubscriptions: subscriptions.optional(),
  languageTag: languageTag.optional(),
});

const testMessageRequest = z.object({
  contacts: z.array(z.string()).min(1, "at least one contact"),
  notificationCategory,
});

/** A contact and its resource, by a name with an ID or a number. Requires the permission on the resource. */
function contactNamed(call: Call, permission: string, name: string): Contact {
  const [collection = "", id = "", , contactId = ""] = name.split("/");
  const resource = authorize(call, permission, `${collection}/${id}`);
  const contact = call.context.state.contacts.get(`${resource.name}/contacts/${contactId}`);
  if (contact === undefined) throw notFound();
  return contact;
}

function contactsOn(call: Call, resource: Resource): Contact[] {
  const prefix = `${resource.name}/contacts/`;
  return [...call.context.state.contacts.values()].filter(({ name }) => name.startsWith(prefix));
}

function createContact(call: Call): object {
  const resource = authorize(call, "essentialcontacts.contacts.create", variable(call, "parent"));
  const { state, clock } = call.context;
  const fields = parseMessage(newContact, call.body, "contact");
  checkDomain(call, resource, fields.email);
  const address = fields.email.toLowerCase();
  if (contactsOn(call, resource).some(({ email }) => email.toLowerCase() === address))
    throw alreadyExists(fields.email);
  const contact: Contact = {
    name: `${resource.name}/contacts/${nextNumber(state, `${resource.name}/contacts`)}`,
    ...fields,
    validationState: "VALID",
    validateTime: timestamp(clock.now()),
  };
  state.contacts.set(contact.name, contact);
  return contact;
}

function alreadyExists(email: string): ApiError {
  return new ApiError(
    "ALREADY_EXISTS",
    `There is already a contact with the given email address ${email}. To add new category subscriptions, please use ` +
      "UpdateContact instead.",
  );
}

/**
 * The two constraints are independent, and both must allow the domain. The text of Google's error is not known.
 *
 * Source: https://github.com/google/stellar-engine/issues/108
 */
function checkDomain(call: Call, resource: Resource, email: string): void {
  const organization = organizationOf(call.context.state, resource);
  const domain = `@${domainOf(email) ?? ""}`;
  for (const [constraint, allowed] of [
    ["essentialcontacts.allowedContactDomains", organization?.allowedContactDomains],
    ["essentialcontacts.managed.allowedContactDomains", organization?.managedContactDomains],
  ] as const)
    if (allowed !== undefined && !allowed.some((candidate) => normalizeDomain(candidate) === domain))
      throw failedPrecondition(`The organization policy constraints/${constraint} does not allow ${domain}.`);
}

function updateContact(call: Call): object {
  const contact = contactNamed(call, "essentialcontacts.contacts.update", variable(call, "contact.name"));
  const changes = parseMessage(changedContact, call.body, "contact");
  const mask = updateMask(call.query.text("updateMask"), ["email", "notificationCategorySubscriptions", "languageTag"]);
  if (mask.length === 0) throw new ApiError("INVALID_ARGUMENT", "update_mask must be provided");
  if (mask.includes("notificationCategorySubscriptions")) {
    const categories = changes.notificationCategorySubscriptions;
    if (categories === undefined)
      throw invalidArgument("contact.notification_category_subscriptions", "at least one category");
    contact.notificationCategorySubscriptions = categories;
  }
  if (mask.includes("languageTag")) {
    if (changes.languageTag === undefined) throw invalidArgument("contact.language_tag", "a language is required");
    contact.languageTag = changes.languageTag;
  }
  return contact;
}

function listContacts(call: Call): object {
  const resource = authorize(call, "essentialcontacts.contacts.list", variable(call, "parent"));
  const { items, nextPageToken } = page(contactsOn(call, resource), call, pageSizes);
  return { contacts: items, nextPageToken };
}

/** The contacts of the resource and its ancestors; without categories, all of them. */
function computeContacts(call: Call): object {
  const resource = authorize(call, "essentialcontacts.contacts.list", variable(call, "parent"));
  const asked = call.query
    .list("notificationCategories")
    .map((category) => parseMessage(notificationCategory, category, "notification_categories"));
  const any = asked.length === 0 || asked.includes("ALL");
  const found = lineage(call.context.state, resource)
    .flatMap((level) => contactsOn(call, level))
    .filter(
      ({ notificationCategorySubscriptions: subscribed }) =>
        any || subscribed.includes("ALL") || asked.some((category) => subscribed.includes(category)),
    );
  const { items, nextPageToken } = page(found, call, pageSizes);
  return { contacts: items, nextPageToken };
}

function sendTestMessage(call: Call): object {
  const resource = authorize(call, "essentialcontacts.contacts.send", variable(call, "resource"));
  const { contacts, notificationCategory: category } = parseMessage(testMessageRequest, call.body);
  const { state, clock } = call.context;
  const reachable = lineage(state, resource).flatMap((level) => contactsOn(call, level));
  const names = contacts.map((name) => {
    const contact = reachable.find((candidate) => candidate.name === canonicalName(call, name));
    if (contact === undefined) throw notFound();
    const subscribed = contact.notificationCategorySubscriptions;
    if (!subscribed.includes(category) && !subscribed.includes("ALL"))
      throw invalidArgument("contacts", `${name} is not subscribed to ${category}`);
    return contact.name;
  });
  state.testMessages.push({
    contacts: names,
    notificationCategory: category,
    sentTime: timestamp(clock.now()),
  });
  return {};
}

/** A contact's name with the project's number. */
function canonicalName({ context: { state } }: Call, name: string): string {
  const [collection, id = "", ...rest] = name.split("/");
  return collection === "projects" ? `projects/${state.projects.get(id)?.projectNumber ?? id}/${rest.join("/")}` : name;
}

const methods: Method[] = [
  {
    rpc: "EssentialContactsService.CreateContact",
    handle: createContact,
  },
  {
    rpc: "EssentialContactsService.UpdateContact",
    handle: updateContact,
  },
  {
    rpc: "EssentialContactsService.ListContacts",
    handle: listContacts,
  },
  {
    rpc: "EssentialContactsService.GetContact",
    handle: (call) => contactNamed(call, "essentialcontacts.contacts.get", variable(call, "name")),
  },
  {
    rpc: "EssentialContactsService.DeleteContact",
    handle: (call) => {
      const contact = contactNamed(call, "essentialcontacts.contacts.delete", variable(call, "name"));
      call.context.state.contacts.delete(contact.name);
      return {};
    },
  },
  {
    rpc: "EssentialContactsService.ComputeContacts",
    handle: computeContacts,
  },
  {
    rpc: "EssentialContactsService.SendTestMessage",
    handle: sendTestMessage,
  },
];

export const essentialContacts: Api = {
  service,
  title: serviceTitle(service),
  package: "google.cloud.essentialcontacts.v1",
  prefix: "essentialcontacts",
  access: "quotaProject",
  methods,
};
