/** The findings of `care doctor` and the preview, by name, and the warnings that a config acknowledges. */
import { z } from "zod";
import { categoryNoun, fallbackCategories } from "../guide/index.ts";
import type { NotificationCategory } from "../guide/index.ts";
import { withoutSecrets } from "../text/index.ts";
import { nearName } from "./nearNames.ts";
import { oneOf, show, showKey } from "./problems.ts";
import { words } from "./values.ts";

/** The findings, each with its meaning. CI gates read the names, so a name never gets another meaning. */
export const findingIds = {
  config: "the config has a mistake, or asks for what the plan does not include",
  "node-too-old": "Node, which runs the program, is older than the program requires",
  "pulumi-too-old": "the Pulumi CLI is older than the program requires",
  credentials: "there is no credential, or Google does not accept it",
  "quota-project-missing": "a person's credential needs a quota project, and none is set",
  "quota-project-denied": "the caller may not use the quota project, or it does not exist",
  "service-disabled":
    "an API that is called is not enabled on the quota project, or one that alerts or support events need is not enabled in their project",
  "organization-not-visible": "the organization does not exist, or the caller may not see it",
  "folder-not-visible": "a folder does not exist",
  "folder-not-active": "a folder is marked for deletion",
  "project-not-visible": "a project does not exist, or the caller may not see it",
  "project-not-active": "a project is marked for deletion",
  "permission-missing": "the caller lacks a permission that the config needs",
  "billing-disabled": "a project has no billing account, or a closed one",
  "service-restricted": "a policy of the organization does not allow a service",
  "contact-domain-restricted": "a policy of the organization does not allow the domain of a contact",
  "member-restricted": "a policy of the organization does not allow a member, or may not",
  "policy-full": "the policy of a place has no room for the grants",
  "support-unreachable": "Cloud Support does not answer for the place of the test case or of support events",
  "classification-not-found": "the classification of the test case does not exist",
  "case-not-changeable": "the test case is closed and cannot be changed, or the case to adopt cannot be adopted",
  "case-in-doubt": "an open case has the stack's name, and the stack's state does not have it",
  "case-left": "an update that did not end has left an open case, and the config has no test case any more",
  "contact-exists": "a contact that others created exists already",
  "deletion-refused": "Google refuses a deletion of the next update",
  "contact-gone": "a contact of the stack was deleted outside of Pulumi, and the config changes it",
  "alert-channel-not-found": "a notification channel that the config names does not exist",
  "alert-channel-gone": "a notification channel that the stack created was deleted outside of Pulumi",
  "alert-policy-gone": "an alert policy of the stack was deleted outside of Pulumi",
  "alert-policy-silent": "an alert policy of the stack was disabled, or lost its channels, outside of Pulumi",
  "alert-policy-changed": "an alert policy of the stack was changed outside of Pulumi",
  "alert-channel-changed": "a notification channel that the stack created has another address, outside of Pulumi",
  "alert-channel-disabled": "a notification channel of the config's alerts is disabled",
  "alert-channel-unverified": "a notification channel of the config's alerts is not verified",
  "alert-filter-unknown": "alerts name a region that Google may not have, or misspell a product",
  "notified-twice": "an address of alerts is also that of an existing channel of the config",
  "alerts-exist": "a project has an alert policy that this stack does not manage for the same incidents",
  "topic-exists": "the topic for support events exists already, outside of the stack",
  "topic-not-found": "the topic that the config names for support events does not exist",
  "own-resource": "the config names, as an existing one, a topic or a notification channel that the stack has created",
  "topic-gone": "the topic to which the stack publishes support events was deleted",
  "publisher-gone": "Google may no longer publish support events to the topic, because the stack's grant was removed",
  "subscription-gone": "the stack's subscription to support events was deleted",
  "subscription-failing": "Google cannot publish the support events of the stack's subscription to its topic",
  "subscription-exists":
    "a subscription that this stack does not manage already publishes the support events to the topic",
  "grant-exists": "a grant that others created exists already",
  "claimed-twice": "another stack, or another resource of the program, has the same grant, contact or case",
  "folder-overlap": "a folder and a project of the config have the same grant or contact",
  "grant-repeated": "a member has the same role on five projects or more, one by one",
  "incidents-redirected": Object.entries(fallbackCategories)
    .map(
      ([category, fallback]) =>
        `contacts for ${fallback} do not get ${categoryNoun(category as NotificationCategory)}, because ${category} has its own contacts`,
    )
    .join("; "),
  "acknowledgement-unused": "the config acknowledges a finding that is not reported",
  "not-read": "something could not be read, and so was not checked",
} as const;

export type FindingId = keyof typeof findingIds;

/** The findings that are always an error, or that need no decision. */
const neverAcknowledged = [
  "config",
  "node-too-old",
  "pulumi-too-old",
  "service-restricted",
  "contact-domain-restricted",
  "policy-full",
  "support-unreachable",
  "classification-not-found",
  "case-not-changeable",
  "contact-gone",
  "deletion-refused",
  "topic-exists",
  "topic-not-found",
  "own-resource",
  "subscription-exists",
  "acknowledgement-unused",
] as const satisfies readonly FindingId[];

export type AcknowledgeableId = Exclude<FindingId, (typeof neverAcknowledged)[number]>;

export const acknowledgeableIds = (Object.keys(findingIds) as FindingId[]).filter(
  (id): id is AcknowledgeableId => !(neverAcknowledged as readonly string[]).includes(id),
);

/** The reasons. Each key is the name of a finding, alone or followed by a place. */
export type Acknowledgements = Readonly<Record<string, string>>;

/** The name of the finding and the place, if the key has one. */
export function parseAcknowledged(key: string): { readonly id: string; readonly where: string | undefined } {
  const [, id = key, where] = /^(\S+) (\S.*)$/s.exec(key) ?? [];
  return { id, where };
}

/** The key that acknowledges a finding; undefined if there is none. A key with the place has precedence. */
export function acknowledgedBy(
  acknowledgements: Acknowledgements | undefined,
  id: FindingId,
  where: string,
): string | undefined {
  return [`${id} ${where}`, id].find((key) => Object.hasOwn(acknowledgements ?? {}, key));
}

const example = "{incidents-redirected: The incident team calls us}";

const reason = words("a reason", "The incident team calls us").superRefine((text, context) => {
  if (withoutSecrets(text, "value") !== text)
    context.addIssue({ code: "custom", message: "has the form of a credential; write the reason without it" });
});

/** The schema of `acknowledge`: the reasons for acknowledged warnings. */
export const acknowledge = z.record(
  z.string().refine((key) => keyProblem(key) === undefined),
  reason,
  {
    error: ({ code, input }) => {
      if (code === "invalid_key") return keyProblem(input as unknown as string);
      return input === null
        ? `has no value; write {}, or ${example}`
        : `${show(input)} is not a map of reasons; write the name of a finding with the reason, such as ${example}`;
    },
  },
);

/** The pattern with which an editor checks the beginning of a key: the name of a finding. */
export const acknowledgedPattern = `^(?:${acknowledgeableIds.join("|")})`;

function keyProblem(key: string): string | undefined {
  const { id } = parseAcknowledged(key);
  if ((acknowledgeableIds as string[]).includes(id)) return undefined;
  if (id === "acknowledgement-unused") return `${showKey(id)} is a note about this section; leave it out`;
  return Object.hasOwn(findingIds, id)
    ? `${showKey(id)} is always an error, and an error cannot be acknowledged; fix what it reports`
    : `${show(key)} does not start with the name of a finding${meantKey(key)}; write ${oneOf(acknowledgeableIds)}, alone or with a place after it`;
}

/** The name may be written as several words. */
function meantKey(key: string): string {
  const words = key.split(" ");
  for (let count = words.length; count > 0; count--) {
    const near = nearName(words.slice(0, count).join(" "), acknowledgeableIds);
    if (near !== undefined) return ` (did you mean ${showKey([near, ...words.slice(count)].join(" "))}?)`;
  }
  return "";
}
