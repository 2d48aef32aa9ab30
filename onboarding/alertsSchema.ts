/** The schema of a project's alerts. */
import { z } from "zod";
import { alertEventNames, alertEvents, defaultAlertEvents, relevanceNames } from "../guide/index.ts";
import { emailAddressPattern, emailAddressProblem } from "./emailAddress.ts";
import { hiddenCharacter, hiddenCharacterInName, hiddenNote } from "./hiddenCharacters.ts";
import { location } from "./location.ts";
import { nearName } from "./nearNames.ts";
import { otherAlertEventNames, otherRelevanceNames } from "./otherNames.ts";
import { show, showFull, trimInvisible } from "./problems.ts";
import { line, listOf, mapOf, nameOf, projectIdPattern, projectOfUrl, text } from "./values.ts";

const channelExample = "projects/shop-dev/notificationChannels/1234567890";

/** Source: google/monitoring/v3/notification.proto, NotificationChannel.name */
const channelPattern = new RegExp(
  `^projects/${projectIdPattern.source.slice(1, -1)}/notificationChannels/[A-Za-z0-9_-]+$`,
);

function channelProblem(value: string): string | undefined {
  if (channelPattern.test(value)) return undefined;
  const bare = trimInvisible(value);
  const [, project, id] = /projects\/([^/?#]+)\/notificationChannels\/([A-Za-z0-9_-]+)/i.exec(bare) ?? [];
  if (project !== undefined && /^\d+$/.test(project))
    return `${show(value)} has a project number; write the ID of the project with the alerts in its place: projects/PROJECT_ID/notificationChannels/${id ?? "NUMBER"}`;
  const named = projectOfUrl(bare) ?? project;
  const [, number = id] = /notificationChannels\/(\d+)/i.exec(bare) ?? [];
  const meant = `projects/${named ?? "PROJECT_ID"}/notificationChannels/${number ?? "NUMBER"}`;
  return `${show(value)} ${hiddenNote(value, hiddenCharacter(value))}is not the name of a notification channel; write ${channelPattern.test(meant) ? showFull(meant) : `${meant}, with the ID of the project with the alerts`}`;
}

const isChannelLike = (value: string) => /notificationchannel|^projects\//i.test(trimInvisible(value));

/** The name of an existing notification channel. */
export const channel = text("the name of a notification channel", showFull(channelExample), (value) =>
  emailAddressProblem(value) === undefined
    ? `${show(value)} is an e-mail address, and only notification channels can be Outputs; write the address as a plain value`
    : channelProblem(value),
);

export const isChannel = (value: string) => channelPattern.test(value);

/** Represents a channel that is an Output while the rest of a list is checked. */
export const channelPlaceholder = (index: number) => `projects/placeholder/notificationChannels/${String(index)}`;

/** The value of `notify` that means the contacts for incidents. */
export const ofContacts = "contacts";

const recipient = text(
  "an e-mail address or the name of a notification channel",
  '"oncall@example.com"',
  (value) => {
    if (value.toLowerCase() === ofContacts)
      return "is contacts, which cannot be in a list; write notify: contacts (in another language: notifyContacts: true without notify), or a list of addresses and channels without it";
    return isChannelLike(value) ? channelProblem(value) : emailAddressProblem(value);
  },
  new RegExp(`${emailAddressPattern.source}|${channelPattern.source}`),
)
  .overwrite((value) => (isChannel(value) ? value : value.toLowerCase()))
  .meta({
    id: "recipient",
    title: "recipient",
    description: "An e-mail address, or the name of an existing notification channel of the project.",
  });

const recipients = listOf(recipient, '["oncall@example.com"]').min(1, {
  error: "is empty; write at least one e-mail address, or remove these alerts",
});

const notify = z.union([z.literal(ofContacts), recipients], {
  error: ({ input }) => {
    if (input === undefined) return 'is missing; write contacts, or a list such as ["oncall@example.com"]';
    if (typeof input === "string" && nearName(input, [ofContacts]) !== undefined)
      return `${show(input)} is neither contacts nor a list (did you mean contacts?); write contacts, or a list such as ["oncall@example.com"]`;
    const [issue] = recipients.safeParse(input).error?.issues ?? [];
    return issue === undefined ? undefined : `${issue.message}, or contacts`;
  },
});

const product = line("the name of a product", "Google Cloud SQL").superRefine((value, context) => {
  const bare = trimInvisible(value).replace(/\s+/g, " ");
  const hidden = hiddenCharacterInName(value) ?? (bare === value ? undefined : "several spaces in a row");
  if (hidden === undefined || context.issues.length > 0) return;
  const isNamed = bare !== "" && hiddenCharacterInName(bare) === undefined;
  const remedy = isNamed ? `write ${showFull(bare)}` : 'write the name as Google does, such as "Google Cloud SQL"';
  context.addIssue({
    code: "custom",
    message: `${show(value)} has ${hidden}, so it matches no product; ${remedy}`,
  });
});

/** The error of a recipient, or of all of them, in a component, which has no contacts to notify. */
export function recipientsError(value: unknown): string | undefined {
  if (value === undefined) return 'is missing; write a list such as ["oncall@example.com"]';
  if (value === ofContacts)
    return 'is contacts, which only the config of CustomerCare has; write a list such as ["oncall@example.com"]';
  return Array.isArray(value) ? undefined : recipients.safeParse(value).error?.issues[0]?.message;
}

const notEmpty = (key: string) => ({ error: `is empty; write at least one value, or leave ${key} out` });

const serviceHealth = mapOf(
  "the Service Health alerts",
  {
    notify: notify.describe(
      "Who is notified: a list of e-mail addresses and of existing notification channels, or `contacts`: the contacts for incidents at the project, at the folder whose `everyProject` contains the project, and at the organization of the config.",
    ),
    on: nameOf("a kind of events", alertEventNames as [(typeof alertEventNames)[number]], otherAlertEventNames)
      .optional()
      .describe(
        `The events: ${alertEventNames.map((name) => `\`${name}\` (${alertEvents[name].purpose})`).join(", ")}. Default: \`${defaultAlertEvents}\`.`,
      ),
    products: listOf(product, '["Google Cloud SQL"]')
      .min(1, notEmpty("products"))
      .optional()
      .describe(
        "Only incidents of these products: their names on status.cloud.google.com, or parts of the names. Default: all products.",
      ),
    locations: listOf(location, "[europe-west1]")
      .min(1, notEmpty("locations"))
      .optional()
      .describe("Only incidents in these locations, or in zones of them. Default: all locations."),
    relevance: listOf(
      nameOf("a relevance", relevanceNames as [(typeof relevanceNames)[number]], otherRelevanceNames),
      "[impacted, related]",
    )
      .min(1, notEmpty("relevance"))
      .optional()
      .describe("Only incidents that are related to the project in these ways. Default: all incidents."),
  },
  '{notify: ["oncall@example.com"]}',
  (input) => {
    if (input === ofContacts) return "{notify: contacts}";
    const list: readonly unknown[] = Array.isArray(input) ? input : [input];
    return recipients.safeParse(list).success ? `{notify: ${showFull(list)}}` : undefined;
  },
).meta({ id: "serviceHealth" });

export const alerts = mapOf(
  "the alerts of a project",
  { serviceHealth: serviceHealth.describe("Service Health alerts about incidents in the project.") },
  '{serviceHealth: {notify: ["oncall@example.com"]}}',
).meta({ id: "alerts" });

export type ServiceHealthConfig = z.infer<typeof serviceHealth>;

export const serviceHealthKeys = Object.keys(serviceHealth.shape);
