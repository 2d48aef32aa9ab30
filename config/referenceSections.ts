/** What the reference says and shows of each level of the config, beside its table of keys. */

export interface ReferenceSection {
  readonly heading: string;
  /** The definition in the JSON Schema whose keys the section lists; absent for the config itself. */
  readonly definition?: string;
  readonly text: string;
  /** A whole config, as it stands in a stack's file. */
  readonly example: string;
}

export const referenceSections: readonly ReferenceSection[] = [
  {
    heading: "Top level",
    text: `Each key starts with \`customer-care:\`. Only the plan must be there: the
project's \`Pulumi.yaml\` has it, once for all stacks, and a stack's own value comes before that. A part that is absent makes nothing: a stack may
hold the organization alone, or projects alone.`,
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
    text: `The organization is named by its domain or by its number. What is granted here, and who is told here, holds for every
folder and project below it. So it belongs to one stack, and saying the same again at a folder or a project is an error.`,
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
    heading: "Folder",
    definition: "folder",
    text: `A folder stands under its number, quoted, or under any name with \`folderId\` beside it. A grant at a folder serves all
of its projects with one resource. Where a project of the config has the same again, the preview says so: the config does not tell
which folder holds it.`,
    example: `config:
  customer-care:plan: enhanced
  customer-care:folders:
    "456789012345":
      editors: ["group:shop-leads@example.com"]
    payments:
      folderId: "567890123456"
      contactViewers: ["group:auditors@example.com"]
`,
  },
  {
    heading: "Project",
    definition: "project",
    text: `A project stands under its ID, or under any name with \`projectId\` beside it. The key is a part of the names in the
state. An empty map enables the services and does nothing else.`,
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
    heading: "Contacts",
    definition: "contacts",
    text: `Contacts are written by category, each with a list of addresses, or by address, with its categories and its language. An
address is written one way or the other. It is one contact, whatever number of categories it stands under.

Once a level has a contact for \`technical-incidents\`, its contacts for \`technical\` no longer get incidents. The
preview says whom that concerns.`,
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
    text: `An address with what it gets. Only a language other than English needs this way of writing.`,
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
    text: `The case of the guide's form, made once, for a project of this stack or for its organization. Each field has the guide's
own words as its default. What the Cloud Support API has no field for stands in the case's description. The case is
closed once it is made; with \`keepOpen\` it is closed when it is destroyed. Comments, attachments and an escalation are
added to it, each once. \`adopt\` takes a case that is there already. docs/supportCase.md tells the whole life.`,
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
];

export const membersSection: ReferenceSection = {
  heading: "Members",
  text: `A member is a user, a group, a service account or a federated principal, with its kind before it. \`allUsers\`,
\`allAuthenticatedUsers\`, \`domain:\` and \`deleted:\` are refused. Prefer groups: who joins or leaves one changes nothing
here.`,
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
`,
};
