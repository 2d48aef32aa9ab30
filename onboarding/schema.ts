/**
 * The schema of the config, which mirrors the resource hierarchy, with the same keys at each level. Its types, checks, JSON
 * Schema (jsonSchema.ts) and reference (reference.ts) come from here.
 */
import { z } from "zod";
import {
  caseChannels,
  caseLanguageNames,
  caseLanguages,
  casePriorityNames,
  defaultServices,
  escalationReasonNames,
  escalationReasons,
  notificationCategories,
  notificationCategoryNames,
  planNames,
  roles,
  serviceNames,
  testCaseDefaults,
  valueAddedServiceNames,
} from "../guide/index.ts";
import type { NotificationCategory } from "../guide/index.ts";
import {
  otherCaseLanguageNames,
  otherCategoryNames,
  otherChannelNames,
  otherPlanNames,
  otherPriorityNames,
  otherReasonNames,
  otherServiceNames,
  otherValueAddedServiceNames,
} from "./otherNames.ts";
import { acknowledge } from "./findings.ts";
import { alerts } from "./alertsSchema.ts";
import { domainProblem } from "./emailAddress.ts";
import { fleet, shard } from "./fleetSchema.ts";
import { show, showFull } from "./problems.ts";
import { supportEvents } from "./supportEvents.ts";
import {
  caseName,
  comment,
  domain,
  emailAddress,
  flag,
  folderId,
  folderIdProblem,
  language,
  line,
  isText,
  listOf,
  mapByName,
  mapOf,
  member,
  nameOf,
  organizationId,
  projectId,
  projectIdProblem,
  timeZone,
  underKey,
  words,
} from "./values.ts";

const membersExample = '["group:support@example.com"]';
const members = (role: keyof typeof roles) =>
  listOf(member, membersExample)
    .optional()
    .describe(
      `Members who get ${roles[role].displayName} (\`${roles[role].role}\`), which ${roles[role].purpose}. ` +
        "Other members with the role keep it. Default: none.",
    );

const category = nameOf(
  "a notification category",
  notificationCategoryNames as [NotificationCategory],
  otherCategoryNames,
);

const suggestCategories = (input: unknown) => {
  const list: readonly unknown[] = Array.isArray(input) ? input : [input];
  return list.length > 0 && list.every((one) => category.safeParse(one).success)
    ? `{categories: ${showFull(list)}}`
    : undefined;
};

const contactDetails = mapOf(
  "a contact's details",
  {
    categories: listOf(category, "[security, billing]")
      .min(1, { error: "is empty; write at least one notification category, or leave the contact out" })
      .describe("The notification categories that this address gets."),
    language: language.optional().describe("The language of the notifications, as a BCP-47 tag. Default: `en`."),
  },
  "{categories: [security]}",
  suggestCategories,
).meta({ id: "contact", description: "The categories and the language of an address." });

const addresses = listOf(emailAddress, '["security@example.com"]');
const categoryKeys = Object.fromEntries(
  notificationCategoryNames.map((name) => [
    name,
    addresses
      .optional()
      .describe(`Addresses that get this category: ${notificationCategories[name].purpose}. Default: none.`),
  ]),
) as Record<NotificationCategory, z.ZodOptional<typeof addresses>>;

const contacts = z
  .object(categoryKeys, {
    error: ({ input }) => {
      const list: readonly unknown[] = Array.isArray(input) ? input : [input];
      const own = list.length > 0 && list.every((one) => emailAddress.safeParse(one).success);
      const example = `{security: ${own ? showFull(list) : '["security@example.com"]'}}`;
      const wrong = input === null ? "has no value; write {}, or" : `${show(input)} is not a map of contacts; write`;
      return `${wrong} a category with its addresses, such as ${example}, or an address with its categories`;
    },
  })
  .catchall(contactDetails)
  .meta({ id: "contacts" })
  .optional()
  .describe(
    "Essential Contacts. Each key is a notification category with a list of addresses, or an address with its " +
      "categories and language. Default: none.",
  );

/** The keys of each level of the hierarchy. */
const level = {
  editors: members("editors"),
  contactAdministrators: members("contactAdministrators"),
  contactViewers: members("contactViewers"),
  contacts,
};

export const organization = mapOf(
  "an organization",
  {
    domain: domain.optional().describe("The organization's domain. Required unless `id` is set."),
    id: organizationId.optional().describe("The organization's number, quoted. Required unless `domain` is set."),
    administrators: members("administrators"),
    ...level,
    supportEvents: supportEvents
      .optional()
      .describe("Publishes the events of all support cases of the organization to a Pub/Sub topic. Default: none."),
  },
  '{domain: "example.com"}',
  (input) =>
    underKey(isText(domainProblem), "domain")(input) ??
    underKey((value) => organizationId.safeParse(value).success, "id")(input),
).meta({ id: "organization" });

/** The keys of a project except its ID. */
const ofProject = {
  services: listOf(
    nameOf("a service of the guide", serviceNames as [(typeof serviceNames)[number]], otherServiceNames).meta({
      title: "service",
    }),
    "[cloudsupport.googleapis.com]",
  )
    .optional()
    .describe(
      `The services to enable. The program never disables a service. Default: ${defaultServices.map((name) => `\`${name}\``).join(", ")}.`,
    ),
  alerts: alerts
    .optional()
    .describe("Who is notified of incidents that Service Health reports for the project. Default: nobody."),
  ...level,
};

const everyProject = mapOf("the config of every project", ofProject, "{}").meta({ id: "everyProject" });

export const folder = mapOf(
  "a folder",
  {
    folderId: folderId.optional().describe("The folder's number, quoted. Default: the key."),
    ...level,
    everyProject: everyProject
      .optional()
      .describe(
        "The config of each active project below the folder, at any depth, as if `projects` contained it. Default: none.",
      ),
  },
  "{}",
).meta({ id: "folder" });

export const project = mapOf(
  "a project",
  {
    projectId: projectId.optional().describe("The project's ID. Default: the key."),
    ...ofProject,
  },
  "{}",
).meta({ id: "project" });

const escalation = mapOf(
  "an escalation",
  {
    reason: nameOf(
      "a reason",
      escalationReasonNames as [(typeof escalationReasonNames)[number]],
      otherReasonNames,
    ).describe(
      `The reason: ${escalationReasonNames.map((name) => `\`${name}\` (${escalationReasons[name].meaning})`).join(", ")}.`,
    ),
    justification: words("a justification", "Nobody can pay").describe("An explanation in your own words."),
  },
  '{reason: businessImpact, justification: "Nobody can pay"}',
).meta({ id: "escalation" });

export const testCase = mapOf(
  "a test case",
  {
    project: line("the key of a project", "shop-dev")
      .optional()
      .describe(
        "The project of the case: a key of `projects`, or the ID of a project below a folder with `everyProject`. Required unless `organization` is set.",
      ),
    organization: z
      .literal(true, {
        error: ({ input }) => `${show(input)} is not true; write true, or name a project under project`,
      })
      .optional()
      .describe("`true`: the case belongs to the organization. Required unless `project` is set."),
    classification: line("a classification", testCaseDefaults.classification)
      .optional()
      .describe(
        `The product and sub-category, by the display name of the classification. Default: \`${testCaseDefaults.classification}\`.`,
      ),
    displayName: line("a title", testCaseDefaults.displayName)
      .optional()
      .describe(`The case's title. Default: \`${testCaseDefaults.displayName}\`.`),
    description: words("a description", testCaseDefaults.description)
      .optional()
      .describe(`The case's description. Default: \`${testCaseDefaults.description}\`.`),
    errorMessage: words("an error message", testCaseDefaults.errorMessage)
      .optional()
      .describe(`The form's error message. Default: \`${testCaseDefaults.errorMessage}\`.`),
    priority: nameOf("a priority", casePriorityNames as [(typeof casePriorityNames)[number]], otherPriorityNames)
      .optional()
      .describe(`The case's priority. Default: \`${testCaseDefaults.priority}\`, low impact.`),
    channel: nameOf("a channel", caseChannels, otherChannelNames)
      .optional()
      .describe(
        `How Customer Care answers: \`email\`, or \`chat\`, which is available only in English. Default: \`${testCaseDefaults.channel}\`.`,
      ),
    language: nameOf(
      "a language of Customer Care",
      caseLanguageNames as [(typeof caseLanguageNames)[number]],
      otherCaseLanguageNames,
    )
      .optional()
      .describe(
        `The language of the case: ${caseLanguageNames.map((code) => `\`${code}\` (${caseLanguages[code].displayName})`).join(", ")}. Default: \`${testCaseDefaults.language}\`.`,
      ),
    businessImpact: words("a business impact", testCaseDefaults.businessImpact)
      .optional()
      .describe(`The form's business impact. Default: \`${testCaseDefaults.businessImpact}\`.`),
    vmInstances: words("VM instances", testCaseDefaults.vmInstances)
      .optional()
      .describe(`The form's VM instances. Default: \`${testCaseDefaults.vmInstances}\`.`),
    thirdPartyAuthorization: flag()
      .optional()
      .describe("Whether third parties may help with the case. Default: `true`."),
    timeZone: timeZone.optional().describe("The IANA time zone of the case. Default: none."),
    subscriberEmailAddresses: listOf(emailAddress, '["support@example.com"]')
      .optional()
      .describe("Addresses that get the case's e-mails. Default: none."),
    comments: listOf(comment, '["A note for the support team"]')
      .optional()
      .describe(
        "Comments on the case. Each is added once. A comment that you remove from the list stays on the case. Default: none.",
      ),
    attachments: listOf(line("a file", "logs/boot.txt"), '["logs/boot.txt"]')
      .optional()
      .describe(
        "Ordinary files in the program's directory to attach, of at most 10 MiB each. Hidden files, Pulumi's files, and files with a credential are refused: docs/explanation/supportCase.md#attachments. The same file content is uploaded only once. A file that you remove from the list stays on the case. Default: none.",
      ),
    escalation: escalation
      .optional()
      .describe(
        "Escalates the case, once. Not available with every plan, nor for a closed case. Default: not escalated.",
      ),
    adopt: caseName
      .optional()
      .describe(
        "An existing case to manage, instead of a new one. Its own values replace the defaults of the form. Default: a case is created.",
      ),
    closeOnDestroy: flag()
      .optional()
      .describe("`true`: `pulumi destroy` closes an adopted case. Default: `false`, it stays open."),
    ignoreCases: listOf(caseName, '["projects/shop-dev/cases/43595344"]')
      .optional()
      .describe(
        "Open cases with this stack's name that belong to somebody else, such as a stack of the same name in another backend. The program does not change them, and creates another case. Default: such a case is an error.",
      ),
    keepOpen: flag()
      .optional()
      .describe("`true`: the case stays open until `pulumi destroy`. Default: `false`, closed after it is created."),
    realCase: flag()
      .optional()
      .describe(
        "`true`: a real case, which a support agent answers. Default: `false`, a test case, which no agent answers.",
      ),
  },
  "{project: shop-dev}",
  (input) =>
    typeof input === "string" && input.trim() !== ""
      ? input === "organization"
        ? "{organization: true}"
        : `{project: ${showFull(input)}}`
      : undefined,
).meta({ id: "testCase" });

/** The keys of a test case, except the place that it belongs to. */
export const testCaseKeys = Object.keys(testCase.shape).filter((key) => !["project", "organization"].includes(key));

export const schema = mapOf(
  "a config",
  {
    plan: nameOf("a plan", planNames as [(typeof planNames)[number]], otherPlanNames).describe(
      "The support plan that the organization has bought. If the config needs something that the plan does not include, the preview fails.",
    ),
    valueAddedServices: listOf(
      nameOf(
        "a value-added service",
        valueAddedServiceNames as [(typeof valueAddedServiceNames)[number]],
        otherValueAddedServiceNames,
      ),
      "[assured-support]",
    )
      .optional()
      .describe("The value-added services that the organization has bought in addition to the plan. Default: none."),
    organization: organization
      .optional()
      .describe("The organization, with its grants and contacts. Configure it in one stack only. Default: none."),
    folders: mapByName(
      "folders",
      '{"456789012345": {editors: ["group:shop-leads@example.com"]}}',
      folder,
      isText(folderIdProblem),
    )
      .optional()
      .describe(
        "Folders. Each key is the number of a folder, quoted, or a name if the folder has `folderId`. Default: none.",
      ),
    projects: mapByName(
      "projects",
      '{shop-dev: {editors: ["user:ada@example.com"]}}',
      project,
      isText(projectIdProblem),
    )
      .optional()
      .describe("Projects. Each key is the ID of a project, or a name if the project has `projectId`. Default: none."),
    testCase: testCase.optional().describe("The guide's test case. Default: none."),
    acknowledge: acknowledge
      .optional()
      .describe(
        "Warnings that you have decided on. Each key is the name of a finding, alone or followed by a place, and its value is your reason. Default: none.",
      ),
    fleet: fleet
      .optional()
      .describe(
        "Makes this the file of a fleet, which `care fleet` divides into stacks. Default: the file configures one stack.",
      ),
    shard: shard
      .optional()
      .describe("The stack's part of a fleet. `care fleet` writes this key. Default: the stack has all projects."),
  },
  "{plan: standard}",
);

/** The keys that only files of `care fleet` contain. */
export const fleetKeys: readonly string[] = ["fleet", "shard"] satisfies readonly (keyof CustomerCareConfig)[];

export type CustomerCareConfig = z.infer<typeof schema>;
export type OrganizationConfig = z.infer<typeof organization>;
export type FolderConfig = z.infer<typeof folder>;
export type ProjectConfig = z.infer<typeof project>;
export type EveryProjectConfig = z.infer<typeof everyProject>;
export type TestCaseConfig = z.infer<typeof testCase>;
