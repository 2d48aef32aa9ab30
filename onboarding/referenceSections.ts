/** The text and the example of each section of the config's reference, in addition to its list of keys. */
import { supportEvents, updatePermissions } from "../guide/index.ts";

const browser = updatePermissions.findProjects;

export interface ReferenceSection {
  readonly heading: string;
  /** The definition in the JSON Schema whose keys the section lists; absent for the config itself. */
  readonly definition?: string;
  readonly text: string;
  /** A whole config, as in a stack's file. */
  readonly example: string;
}

export const referenceSections: readonly ReferenceSection[] = [
  {
    heading: "Top level",
    text: `Each key starts with \`customer-care:\`. Only the plan is required. The project's \`Pulumi.yaml\` contains it once for all stacks, and the file of a stack can override it. The
program creates nothing for a section that is absent or empty, such as \`testCase: {}\`. So a stack can contain only the organization, or only projects.

**Checks before a component creates anything.** The program reads each organization, folder and project in the config, then checks the resources that the update would create. The
preview fails with an error for:

- each place that does not exist or is marked for deletion
- each project without billing (only a warning for a project that \`everyProject\` finds)
- each contact that exists already, and everything else that Google would reject

To a caller without a role, Google replies as if the place did not exist. So the preview treats a missing place in one of these ways:

- If the caller sees the whole organization, for example with ${browser.displayName} (\`${browser.role}\`) there, the place does not exist: an error.
- Otherwise the preview warns. \`pulumi up\` fails if it would create something there.

If the program cannot read a fact about an existing place, that is not an error. If an API does not answer, so that a new resource cannot be checked, the
preview warns with \`not-read\`. \`care doctor\` uses the [same rules](doctor.md#the-preview-reports-the-same).

**Deleted places.** If the stack already has resources at a deleted place, the preview warns. It fails only if the update would create or change something
there. So a project that was deleted since the last update does not block the other projects.

- \`pulumi destroy\` and \`pulumi refresh\` do not fail because of a deleted place, even with \`--run-program\`.
- On Windows and in inline programs of the Automation API, the program cannot recognize these two commands. With \`--run-program\`, they fail for a deleted
  place that has no resources of the stack. Remove the place from the config, or run them without \`--run-program\`.
- When a project has been marked for deletion for 30 days, Google denies all requests for it. An update that deletes a grant, a contact, an alert or a topic
  there then fails in the preview. If the caller does not see the whole organization, it may fail only in \`pulumi up\`. The error contains the commands
  that do everything else and remove these resources from the state. If \`pulumi destroy\` fails there, run \`pulumi state remove\` for them.`,
    example: `config:
  customer-care:plan: enhanced
  customer-care:valueAddedServices: [technical-account-advisor]
  customer-care:projects:
    shop-dev: {}
`,
  },
  {
    heading: "Organization",
    definition: "organization",
    text: `Name the organization by its domain or by its number. Its grants and contacts apply to every folder and project below it. So configure it in one stack only. The same grant or
contact on a folder or a project of the config is an error.

The domain is the primary domain of the organization's Google Workspace or Cloud Identity account. Google's search by domain also finds organizations with a similar domain, such as
\`dev.example.com\` for \`example.com\`. If the search finds only an organization with another domain, the preview fails. Otherwise it shows the number of the organization.`,
    example: `config:
  customer-care:plan: enhanced
  customer-care:organization:
    domain: example.com
    administrators: ["group:support-admins@example.com"]
    editors: ["group:sre@example.com"]
    contacts:
      security: [security@example.com]
      finops@example.com: { categories: [billing], language: fr }
`,
  },
  {
    heading: "Support events",
    definition: "supportEventsTarget",
    text: `Cloud Support publishes an event to the topic whenever a support case of the organization changes. The program lets Google's service account
\`${supportEvents.publisher.replace(/^\w+:/, "")}\` publish to the topic, and subscribes the topic to the events. The program does not change other members or
other subscriptions of the organization. [Send the events to a chat](../how-to/caseEvents.md) shows what to do with the messages.

- With a name, the program enables the Pub/Sub API in the project and creates the topic. If the topic exists already, the preview fails.
- With the full name of an existing topic, the program creates only the grant and the subscription. \`pulumi destroy\` deletes only these two.
- If another subscription already publishes the events to the same topic, the preview fails.
- A plan without the Cloud Support API has no events.

Google's policy \`iam.allowedPolicyMemberDomains\`, which new organizations have, can refuse the grant to Google's service account. The preview then warns.`,
    example: `config:
  customer-care:plan: enhanced
  customer-care:organization:
    domain: example.com
    supportEvents: { project: ops-admin }
`,
  },
  {
    heading: "Folder",
    definition: "folder",
    text: `The key of a folder is its number, quoted, or any name with \`folderId\`. A grant on a folder applies to all of its projects with one resource. If a project of the config has the
same grant or contact, the preview warns, because the config does not contain the folder of the project.

With \`everyProject\`, the stack includes each active project below the folder, at any depth, as if \`projects\` contained its ID. Each preview and each update looks them up. So
the next update onboards a new project, and a project that was deleted or moved away leaves the stack. The caller needs ${browser.displayName} (\`${browser.role}\`) on the folder. A folder that
cannot be read is an error; it never counts as empty.`,
    example: `config:
  customer-care:plan: enhanced
  customer-care:folders:
    "456789012345":
      editors: ["group:shop-leads@example.com"]
      everyProject: {}
    payments:
      folderId: "567890123456"
      contactViewers: ["group:auditors@example.com"]
`,
  },
  {
    heading: "Every project",
    definition: "everyProject",
    text: `The config of each active project below a folder, with the keys of a project. An empty map enables the services.

- A project under \`projects\` has the config there, and no config from \`everyProject\`. If you move a project there with the same config, nothing changes.
- If a folder with \`everyProject\` is below another one, the nearest folder applies.
- A grant or a contact of the folder applies to all of its projects already. The same grant or contact here is an error.`,
    example: `config:
  customer-care:plan: enhanced
  customer-care:folders:
    "456789012345":
      editors: ["group:shop-leads@example.com"]
      everyProject:
        contacts: { technical: [shop-oncall@example.com] }
  customer-care:projects:
    shop-sandbox: { services: [cloudsupport.googleapis.com] }
`,
  },
  {
    heading: "Project",
    definition: "project",
    text: `The key of a project is its ID, or any name with \`projectId\`. You can change the key at any time, because names in the state come from the ID. An empty map only enables the
services.`,
    example: `config:
  customer-care:plan: standard
  customer-care:projects:
    shop-dev:
      services:
        - cloudsupport.googleapis.com
        - essentialcontacts.googleapis.com
        - servicehealth.googleapis.com
        - recommender.googleapis.com
      editors: ["user:ada@example.com"]
    payments:
      projectId: pay-dev
      contacts:
        technical: [pay-oncall@example.com]
    legacy-dev: {}
`,
  },
  {
    heading: "Alerts",
    definition: "alerts",
    text: `Alerts notify people of incidents in Google Cloud. Without them, somebody has to look at Service Health. The program enables the services that they need in the project. See
[Get Service Health alerts](../how-to/alerts.md).`,
    example: `config:
  customer-care:plan: enhanced
  customer-care:folders:
    "456789012345":
      everyProject:
        contacts: { technical-incidents: [shop-oncall@example.com] }
        alerts: { serviceHealth: { notify: contacts } }
`,
  },
  {
    heading: "Service Health",
    definition: "serviceHealth",
    text: `The program creates a notification channel for each e-mail address, and one alert policy in the project. It only uses existing notification channels, such as one for a chat or a
pager: they are neither changed nor deleted. A channel belongs to one project, so \`everyProject\` takes addresses only.

With \`notify: contacts\`, the alerts follow the contacts of the config: those for \`technical-incidents\` and those for \`all\`. A place
without a contact for \`technical-incidents\` uses its contacts for \`technical\` instead. A folder counts only for the projects of its \`everyProject\`,
because the config does not show which folder contains another project.

An incident has to match each of \`products\`, \`locations\` and \`relevance\` that is in the config, with any of the values. A product matches if its name contains the text, in upper or
lower case. An incident in the location \`global\` matches only if \`locations\` contains it. An incident lists its products and its locations separately: with both keys, it also matches if the product fails only elsewhere, and another product fails in the location.`,
    example: `config:
  customer-care:plan: enhanced
  customer-care:projects:
    shop-prod:
      alerts:
        serviceHealth:
          notify: [shop-oncall@example.com, projects/shop-prod/notificationChannels/1234567890]
          on: new-incidents
          products: [Google Cloud SQL, Google Kubernetes Engine]
          locations: [europe-west1, europe-west4, global]
          relevance: [impacted, related]
`,
  },
  {
    heading: "Contacts",
    definition: "contacts",
    text: `There are two ways to write contacts: a category with a list of addresses, or an address with its categories and its language. Write each address in only one of the two ways. Each
address is one contact, whatever the number of its categories.

When a place has a contact for \`technical-incidents\`, its contacts for \`technical\` no longer get incidents. The preview names them.`,
    example: `config:
  customer-care:plan: enhanced
  customer-care:projects:
    shop-dev:
      contacts:
        security: [security@example.com, sre@example.com]
        technical: [sre@example.com]
        support@example.com: { categories: [suspension, legal], language: pt-BR }
`,
  },
  {
    heading: "Contact",
    definition: "contact",
    text: `The categories and the language of an address. You only need this form for a language other than English.`,
    example: `config:
  customer-care:plan: enhanced
  customer-care:folders:
    "456789012345":
      contacts:
        finops@example.com:
          categories: [billing, product-updates]
          language: fr
`,
  },
  {
    heading: "Test case",
    definition: "testCase",
    text: `In Google's guide, a person fills in the console's form for a new case, with example values. The program creates one case with the values of this form, for a
project of this stack or for its organization. The default of each field is the guide's text. If the Cloud Support API has no field for a value, the
description of the case contains it. The program closes the case after it creates it; with \`keepOpen\`, \`pulumi destroy\` closes it. It adds each comment,
attachment and escalation once. \`adopt\` manages an existing case. See [the life of the test case](../explanation/supportCase.md).`,
    example: `config:
  customer-care:plan: premium
  customer-care:projects:
    shop-dev: {}
  customer-care:testCase:
    project: shop-dev
    priority: P3
    language: fr
    timeZone: Europe/Paris
    subscriberEmailAddresses: [support@example.com]
    keepOpen: true
    comments: [We are trying out the onboarding.]
`,
  },
  {
    heading: "Fleet",
    definition: "fleet",
    text: `With this key, the file configures a fleet instead of a stack. \`care fleet\` divides its projects among several stacks: [Run a fleet](../how-to/fleet.md).`,
    example: `config:
  customer-care:plan: enhanced
  customer-care:fleet: { shards: 16 }
  customer-care:folders:
    "456789012345":
      everyProject: {}
`,
  },
  {
    heading: "Shard",
    definition: "shard",
    text: `The stack's part of a fleet. The ID of a project decides its shard. \`care fleet\` writes this key into the files of the stacks.`,
    example: `config:
  customer-care:plan: enhanced
  customer-care:shard: { number: 2, of: 16 }
  customer-care:folders:
    "456789012345":
      everyProject: {}
`,
  },
];

export const acknowledgeSection: ReferenceSection = {
  heading: "Acknowledge",
  text: `Acknowledge a warning that you have decided on, with your reason. The preview and \`care doctor\` print the name of each finding in brackets. Write this name as the key. It applies to each
place with this finding. To acknowledge the finding at one place only, add a space and the place, as \`care doctor\` prints it. \`care report\` and the checklist do not change.

- The preview does not print the warning. \`care doctor\` lists it as a note, with your reason.
- You cannot acknowledge an error. If a warning becomes an error, such as a missing permission that the next update needs, the preview and \`care doctor\` report it.
- \`care doctor\` reports an entry without a finding as a note. It may be for another caller.
- A change of this section changes no resource and no output.

[The findings of \`care doctor\`](doctor.md#what-it-reports) lists the names.`,
  example: `config:
  customer-care:plan: enhanced
  customer-care:projects:
    shop-dev:
      contacts:
        technical: [shop-oncall@example.com]
        technical-incidents: [incidents@example.com]
  customer-care:acknowledge:
    incidents-redirected: The incident team calls the engineer on call.
    grant-exists projects/shop-dev: The grant was made by hand, and belongs to this stack now.
`,
};

export const membersSection: ReferenceSection = {
  heading: "Members",
  text: `Write a member as in [Google's allow policies](https://cloud.google.com/iam/docs/principal-identifiers), with its kind first: a user, a group, a service account, or a federated
principal. Prefer groups: when somebody joins or leaves a group, the config does not change.

The program does not check whether a member exists, because few callers may look it up. Google refuses a member that does not exist during the update.

A member that the config lists belongs to the stack, even if somebody granted the role before: when you remove the member from the config, the update removes the
grant. Members that the config never listed keep their roles.

- \`user:\`, \`group:\` and \`serviceAccount:\`, with an e-mail address. IAM ignores upper and lower case in it, so the program compares and grants it in lower case. Write a
  domain with letters other than a to z in Punycode, such as \`xn--bcher-kva.example\`.
- \`principal://\`: one identity of a workforce or workload identity pool, one Kubernetes service account, or one agent.
- \`principalSet://\`: a group, the identities with an attribute, or all identities of a pool; a Kubernetes namespace; a GKE cluster; all service accounts of a project, a folder or an
  organization; all agents of a project or of a trust domain. Upper and lower case, and spaces within a name, are significant. The program changes nothing in it.

The program refuses:

- \`allUsers\`, \`allAuthenticatedUsers\`, \`domain:\` and \`principalSet://goog/cloudIdentityCustomerId/…\`, because they include people who should not see support cases
- \`deleted:\`, because nothing can be granted to it
- \`projectOwner:\` and similar, because only buckets and datasets accept them
- the forms of deny policies, such as \`principal://goog/subject/…\`
- the built-in identities of resources, because they do not open cases`,
  example: `config:
  customer-care:plan: enhanced
  customer-care:projects:
    shop-dev:
      editors:
        - group:sre@example.com
        - user:ada@example.com
        - serviceAccount:support-bot@shop-dev.iam.gserviceaccount.com
        - serviceAccount:shop-dev.svc.id.goog[support/bot]
        - principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/ada
        - principalSet://iam.googleapis.com/locations/global/workforcePools/staff/group/sre
        - principalSet://iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/ci/attribute.repository/shop
        - principalSet://iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/shop-dev.svc.id.goog/namespace/support
        - principalSet://cloudresourcemanager.googleapis.com/projects/100000000001/type/ServiceAccount
`,
};
