/** The contacts that the stack's config names, where the steps of what stays the same are not told. */
import { contactType } from "../../components/gcpTypes.ts";
import { checkStackValues } from "../../config/checkStackValues.ts";
import { contactsByAddress } from "../../config/contacts.ts";
import type { CustomerCareConfig } from "../../config/schema.ts";
import { notificationCategories } from "../../guide/index.ts";
import { parseUrn } from "./urn.ts";
import type { Preview, Step } from "./preview.ts";
import { knownText, knownTexts } from "./values.ts";

/** Contacts of the program of this repository, directly below its one component. */
const types = ["customer-care:index:CustomerCare", "customer-care:index:EssentialContacts", contactType].join("$");

/**
 * @param changed The contacts that change at one place.
 * @returns The API's names of the categories that have a contact there once the stack is put up. Undefined where the
 * config does not say it: it is another program's, or not the one of these contacts.
 */
export function contactsAfterByConfig(preview: Preview, changed: readonly Step[]): ReadonlySet<string> | undefined {
  const config = configOf(preview);
  const [first] = changed;
  if (config === undefined || first === undefined) return undefined;
  if (changed.some(({ urn }) => parseUrn(urn).types.join("$") !== types)) return undefined;
  const [, key] = /^[^/]+\/(.+)\/[^/]+$/s.exec(first.name) ?? [];
  if (changed.some(({ name }) => !name.includes(`/${key ?? ""}/`))) return undefined;
  const contacts = contactsByAddress(contactsAt(config, key ?? ""));
  const after = new Map(
    contacts.map(({ email, categories }) => [
      email,
      categories.map((category): string => notificationCategories[category].apiName),
    ]),
  );
  // The contacts that change are in the config as they will be: else it is not theirs.
  const isTheirs = changed.every((step) => {
    const { email, notificationCategorySubscriptions } = (step.after ?? step.before)?.inputs ?? {};
    const inConfig = after.get(knownText(email) ?? "");
    return step.op === "delete"
      ? inConfig === undefined
      : inConfig?.join() === knownTexts(notificationCategorySubscriptions).join();
  });
  return isTheirs && contacts.length > 0 ? new Set([...after.values()].flat()) : undefined;
}

function contactsAt({ organization, folders, projects }: CustomerCareConfig, key: string) {
  if (key === "organization") return organization?.contacts;
  const [collection, name = ""] = key.split("/");
  return (collection === "folders" ? folders : collection === "projects" ? projects : undefined)?.[name]?.contacts;
}

function configOf({ project = "", config }: Preview): CustomerCareConfig | undefined {
  const values = Object.entries(config).map(([key, text]) => [key, { text, isSecret: false }] as const);
  return checkStackValues(project, values).config;
}
