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
project's \`Pulumi.yaml\` has it, once for all stacks, and a stack's own value comes before that. A part that is absent makes nothing, and an empty
one, such as \`testCase: {}\`, is absent: a stack may hold the organization alone, or projects alone.

The program reads each organization, folder and project of the config before it creates anything. The preview fails with one error for each that does not
exist, that is marked for deletion, or, for a project, that has no billing. Google answers a caller without a role as if the place did not exist. So
the absence is an error only for a caller who sees the whole organization, as Browser (\`roles/browser\`) there allows, and a warning for one who sees
other places of the config. A place that cannot be read is no error. Then the program reads what the update would create: the preview fails for a contact
that exists already, and for all else that Google would refuse. \`care doctor\` decides by the [same rules](doctor.md#what-is-found).

Where the stack already has resources at such a place, the preview warns, and fails only if the update would create or change something there. So a project
that was deleted since the last update does not stop the other ones. \`pulumi destroy --run-program\` and \`pulumi refresh --run-program\` run the program too, and
Pulumi does not tell it so. They work for such a place. They fail for a place that the stack has nothing at: leave it out of the config, or run them without
\`--run-program\`. Google denies all requests about a project that is deleted for good, 30 days after it was marked: where the gcp provider fails for that, run
\`pulumi state remove\` for its resources.`,
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
folder and project below it. So it belongs to one stack, and saying the same again at a folder or a project is an error.

The domain is the primary domain of the organization's Google Workspace or Cloud Identity account. Google's search by domain also finds
organizations with a similar domain, such as \`dev.example.com\` for \`example.com\`: the preview fails if the organization that it finds has another
domain. It shows the number of the organization that it takes.`,
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
which folder holds it.

With \`everyProject\`, each active project below the folder, at any depth, is one of the stack's, as if it stood under \`projects\` by its ID:
each preview and each update looks them up, so that a new project is onboarded by the next update, and one that is deleted or moved away leaves.
That takes Browser (\`roles/browser\`) on the folder. A folder that cannot be read is an error, and never taken for empty.`,
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
    text: `What each active project below a folder takes: what a project takes. An empty map enables the services.

- A project that also stands under \`projects\` is as it stands there, and nothing of \`everyProject\` is added to it. Moving a project
  there with the same words changes nothing.
- Where a folder with \`everyProject\` is below another one, the nearest one's word counts.
- What the folder itself grants reaches all of its projects with one resource each: saying it here again is an error.`,
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
    text: `A project stands under its ID, or under any name with \`projectId\` beside it. The key can be changed at any time: names in
the state come from the ID. An empty map enables the services and does nothing else.`,
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
added to it, each once. \`adopt\` takes a case that is there already. docs/explanation/supportCase.md tells the whole life.`,
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
    text: `A file with it is not a stack's but a fleet's: \`care fleet\` makes stacks of it that share its projects. docs/how-to/fleet.md tells how.`,
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
    text: `The stack's part of a fleet: those projects whose ID says so. \`care fleet\` writes it into the stacks' files.`,
    example: `config:
  customer-care:plan: enhanced
  customer-care:shard: { number: 2, of: 16 }
  customer-care:folders:
    "456789012345":
      everyProject: {}
`,
  },
];

export const membersSection: ReferenceSection = {
  heading: "Members",
  text: `A member is written as
[Google's allow policies](https://cloud.google.com/iam/docs/principal-identifiers) have it: a user, a group, a service account,
or a federated principal, with its kind before it. Prefer groups: who joins or leaves one changes nothing here.

- \`user:\`, \`group:\` and \`serviceAccount:\` take an e-mail address. IAM does not distinguish upper and lower case in it, so it
  is compared and granted in lower case. A domain with letters other than a to z is written in Punycode, such as
  \`xn--bcher-kva.example\`.
- \`principal://\` is one identity of a workforce or workload identity pool, one Kubernetes service account or one agent.
- \`principalSet://\` is a group, an attribute's holders or all identities of a pool; a Kubernetes namespace; a GKE cluster; all
  service accounts of a project, a folder or an organization; all agents of a project or of a trust domain. Upper and lower
  case count, and so do the blanks within a name. Nothing in it is changed.

Refused are \`allUsers\`, \`allAuthenticatedUsers\`, \`domain:\` and \`principalSet://goog/cloudIdentityCustomerId/…\`, as they are
more people than should see support cases; \`deleted:\`, to whom nothing can be granted; \`projectOwner:\` and the like, which only
buckets and datasets take; the forms of deny policies, such as \`principal://goog/subject/…\`; and the built-in identities of
resources, which open no cases.`,
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
