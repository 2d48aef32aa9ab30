/**
 * The predefined roles, reduced to the permissions that the emulated APIs check.
 *
 * Source: https://cloud.google.com/iam/docs/roles-permissions, as collected in iann0036/iam-dataset (2026-08-22).
 * A permission can end with `*`, because the recommender roles contain hundreds.
 */

const contactsViewer = ["essentialcontacts.contacts.get", "essentialcontacts.contacts.list"];

const contactsAdmin = [
  ...contactsViewer,
  "essentialcontacts.contacts.create",
  "essentialcontacts.contacts.delete",
  "essentialcontacts.contacts.send",
  "essentialcontacts.contacts.update",
];

const techCasesViewer = [
  "cloudsupport.properties.get",
  "cloudsupport.techCases.get",
  "cloudsupport.techCases.list",
  "resourcemanager.projects.get",
  "resourcemanager.projects.list",
];

const techCasesWriter = [
  ...techCasesViewer,
  "cloudasset.assets.searchAllResources",
  "cloudsupport.techCases.create",
  "cloudsupport.techCases.escalate",
  "cloudsupport.techCases.update",
];

const techCasesEditor = [...techCasesWriter, "billing.resourceAssociations.list"];

const supportAccountsReader = [
  "cloudsupport.accounts.get",
  "cloudsupport.accounts.getIamPolicy",
  "cloudsupport.accounts.getUserRoles",
  "cloudsupport.accounts.list",
  "cloudsupport.operations.get",
];

const supportAccountsEditor = [
  ...supportAccountsReader,
  "cloudsupport.accounts.update",
  "cloudsupport.accounts.updateUserRoles",
];

const supportAccountsOwner = [
  ...supportAccountsEditor,
  "cloudsupport.accounts.create",
  "cloudsupport.accounts.delete",
  "cloudsupport.accounts.purchase",
  "cloudsupport.accounts.setIamPolicy",
];

const serviceUsageViewer = ["serviceusage.operations.get", "serviceusage.services.get", "serviceusage.services.list"];

const serviceUsageAdmin = [
  ...serviceUsageViewer,
  "serviceusage.services.disable",
  "serviceusage.services.enable",
  "serviceusage.services.use",
];

const serviceHealthViewer = [
  "servicehealth.events.get",
  "servicehealth.events.list",
  "servicehealth.locations.get",
  "servicehealth.locations.list",
  "servicehealth.organizationEvents.get",
  "servicehealth.organizationEvents.list",
  "servicehealth.organizationImpacts.get",
  "servicehealth.organizationImpacts.list",
  "resourcemanager.projects.get",
  "resourcemanager.projects.list",
];

const topicsViewer = ["pubsub.topics.get", "pubsub.topics.list"];

const topicsEditor = [
  ...topicsViewer,
  "pubsub.topics.create",
  "pubsub.topics.delete",
  "pubsub.topics.publish",
  "pubsub.topics.update",
];

const topicsAdmin = [...topicsEditor, "pubsub.topics.getIamPolicy", "pubsub.topics.setIamPolicy"];

const alertsViewer = [
  "monitoring.alertPolicies.get",
  "monitoring.alertPolicies.list",
  "monitoring.notificationChannels.get",
  "monitoring.notificationChannels.list",
];

const alertPolicyEditor = [
  "monitoring.alertPolicies.create",
  "monitoring.alertPolicies.delete",
  "monitoring.alertPolicies.get",
  "monitoring.alertPolicies.list",
  "monitoring.alertPolicies.update",
];

const notificationChannelEditor = [
  "monitoring.notificationChannels.create",
  "monitoring.notificationChannels.delete",
  "monitoring.notificationChannels.get",
  "monitoring.notificationChannels.list",
  "monitoring.notificationChannels.sendVerificationCode",
  "monitoring.notificationChannels.update",
  "monitoring.notificationChannels.verify",
];

const alertsEditor = [...alertPolicyEditor, ...notificationChannelEditor];

const alertsAdmin = [...alertsEditor, "monitoring.notificationChannels.getVerificationCode"];

const monitoringBase = [
  "resourcemanager.projects.get",
  "resourcemanager.projects.list",
  "serviceusage.services.enable",
  "serviceusage.services.get",
];

const billingViewer = ["billing.accounts.get", "billing.accounts.list", "billing.resourceAssociations.list"];

const billingAssignments = [
  "resourcemanager.projects.createBillingAssignment",
  "resourcemanager.projects.deleteBillingAssignment",
];

const recommenderReader = ["recommender.*.get", "recommender.*.list"];

const projectIam = [
  "resourcemanager.projects.get",
  "resourcemanager.projects.getIamPolicy",
  "resourcemanager.projects.setIamPolicy",
];

const viewer = [
  ...contactsViewer,
  ...techCasesViewer,
  ...serviceUsageViewer,
  ...serviceHealthViewer,
  ...recommenderReader,
  ...supportAccountsReader,
  ...topicsViewer,
  ...alertsViewer,
  "cloudasset.assets.searchAllResources",
  "resourcemanager.projects.getIamPolicy",
];

const editor = [
  ...viewer,
  ...contactsAdmin,
  ...techCasesWriter,
  ...serviceUsageAdmin,
  ...supportAccountsEditor,
  ...topicsEditor,
  ...alertsEditor,
  "resourcemanager.projects.move",
  "resourcemanager.projects.update",
];

const owner = [
  ...editor,
  ...projectIam,
  ...billingAssignments,
  ...supportAccountsOwner,
  ...topicsAdmin,
  ...alertsAdmin,
  "resourcemanager.projects.delete",
  "resourcemanager.projects.undelete",
];

export const rolePermissions: Readonly<Record<string, readonly string[]>> = {
  "roles/owner": owner,
  "roles/editor": editor,
  "roles/viewer": viewer,
  "roles/browser": [
    "resourcemanager.folders.get",
    "resourcemanager.folders.list",
    "resourcemanager.organizations.get",
    "resourcemanager.projects.get",
    "resourcemanager.projects.getIamPolicy",
    "resourcemanager.projects.list",
  ],
  "roles/billing.admin": [
    ...billingViewer,
    ...billingAssignments,
    "billing.resourceAssociations.create",
    "billing.resourceAssociations.delete",
    ...techCasesWriter,
  ],
  "roles/billing.projectManager": billingAssignments,
  "roles/billing.user": ["billing.accounts.get", "billing.accounts.list", "billing.resourceAssociations.create"],
  "roles/billing.viewer": billingViewer,
  "roles/cloudsupport.admin": [
    ...supportAccountsOwner,
    "cloudsupport.properties.get",
    "resourcemanager.organizations.get",
  ],
  "roles/cloudsupport.viewer": [
    "cloudsupport.accounts.get",
    "cloudsupport.accounts.getUserRoles",
    "cloudsupport.accounts.list",
    "cloudsupport.properties.get",
  ],
  "roles/cloudsupport.techSupportEditor": techCasesEditor,
  "roles/cloudsupport.techSupportViewer": techCasesViewer,
  "roles/essentialcontacts.admin": contactsAdmin,
  "roles/essentialcontacts.viewer": contactsViewer,
  "roles/iam.securityReviewer": [
    "cloudsupport.accounts.getIamPolicy",
    "cloudsupport.accounts.list",
    "essentialcontacts.contacts.list",
    "orgpolicy.constraints.list",
    "orgpolicy.policies.list",
    "pubsub.topics.getIamPolicy",
    "resourcemanager.folders.getIamPolicy",
    "resourcemanager.folders.list",
    "resourcemanager.organizations.getIamPolicy",
    "resourcemanager.projects.getIamPolicy",
    "resourcemanager.projects.list",
    "serviceusage.services.list",
  ],
  "roles/iam.serviceAccountTokenCreator": [
    "iam.serviceAccounts.getAccessToken",
    "resourcemanager.projects.get",
    "resourcemanager.projects.list",
  ],
  "roles/iam.workloadIdentityUser": ["iam.serviceAccounts.getAccessToken"],
  "roles/monitoring.admin": [...alertsAdmin, ...monitoringBase],
  "roles/monitoring.alertPolicyEditor": alertPolicyEditor,
  "roles/monitoring.alertPolicyViewer": ["monitoring.alertPolicies.get", "monitoring.alertPolicies.list"],
  "roles/monitoring.editor": [...alertsEditor, ...monitoringBase],
  "roles/monitoring.notificationChannelEditor": notificationChannelEditor,
  "roles/monitoring.notificationChannelViewer": [
    "monitoring.notificationChannels.get",
    "monitoring.notificationChannels.list",
  ],
  "roles/monitoring.viewer": [...alertsViewer, "resourcemanager.projects.get", "resourcemanager.projects.list"],
  "roles/orgpolicy.policyViewer": ["orgpolicy.constraints.list", "orgpolicy.policies.list", "orgpolicy.policy.get"],
  "roles/recommender.viewer": [...recommenderReader, "resourcemanager.projects.get"],
  "roles/resourcemanager.folderAdmin": [
    ...contactsAdmin,
    ...projectIam,
    "resourcemanager.folders.create",
    "resourcemanager.folders.delete",
    "resourcemanager.folders.get",
    "resourcemanager.folders.getIamPolicy",
    "resourcemanager.folders.list",
    "resourcemanager.folders.move",
    "resourcemanager.folders.setIamPolicy",
    "resourcemanager.folders.undelete",
    "resourcemanager.folders.update",
    "resourcemanager.projects.list",
    "resourcemanager.projects.move",
  ],
  "roles/resourcemanager.folderCreator": [
    ...contactsViewer,
    "resourcemanager.folders.create",
    "resourcemanager.folders.get",
    "resourcemanager.folders.list",
    "resourcemanager.projects.get",
    "resourcemanager.projects.list",
  ],
  "roles/resourcemanager.folderEditor": [
    ...contactsViewer,
    "resourcemanager.folders.delete",
    "resourcemanager.folders.get",
    "resourcemanager.folders.getIamPolicy",
    "resourcemanager.folders.list",
    "resourcemanager.folders.undelete",
    "resourcemanager.folders.update",
    "resourcemanager.projects.get",
    "resourcemanager.projects.list",
  ],
  "roles/resourcemanager.folderMover": ["resourcemanager.folders.move", "resourcemanager.projects.move"],
  "roles/resourcemanager.projectMover": [
    "resourcemanager.projects.get",
    "resourcemanager.projects.move",
    "resourcemanager.projects.update",
  ],
  "roles/resourcemanager.folderViewer": [
    ...contactsViewer,
    "resourcemanager.folders.get",
    "resourcemanager.folders.list",
    "resourcemanager.projects.get",
    "resourcemanager.projects.list",
  ],
  "roles/pubsub.admin": topicsAdmin,
  "roles/pubsub.editor": topicsEditor,
  "roles/pubsub.publisher": ["pubsub.topics.publish"],
  "roles/pubsub.viewer": topicsViewer,
  "roles/resourcemanager.organizationAdmin": [
    ...contactsAdmin,
    "orgpolicy.constraints.list",
    "orgpolicy.policies.list",
    "orgpolicy.policy.get",
    ...projectIam,
    "resourcemanager.folders.get",
    "resourcemanager.folders.getIamPolicy",
    "resourcemanager.folders.list",
    "resourcemanager.folders.setIamPolicy",
    "resourcemanager.organizations.get",
    "resourcemanager.organizations.getIamPolicy",
    "resourcemanager.organizations.setIamPolicy",
    "resourcemanager.projects.list",
  ],
  "roles/resourcemanager.organizationViewer": ["resourcemanager.organizations.get"],
  "roles/resourcemanager.projectCreator": ["resourcemanager.organizations.get", "resourcemanager.projects.create"],
  "roles/resourcemanager.projectDeleter": ["resourcemanager.projects.delete"],
  "roles/resourcemanager.projectIamAdmin": projectIam,
  "roles/servicehealth.viewer": serviceHealthViewer,
  "roles/serviceusage.serviceUsageAdmin": serviceUsageAdmin,
  "roles/serviceusage.serviceUsageConsumer": [...serviceUsageViewer, "serviceusage.services.use"],
  "roles/serviceusage.serviceUsageViewer": serviceUsageViewer,
};

/**
 * Roles that can be granted on organizations, but neither on folders nor on projects.
 *
 * Sources: https://cloud.google.com/support/docs/access-control, https://cloud.google.com/billing/docs/how-to/billing-access
 */
export const organizationRoles: ReadonlySet<string> = new Set([
  "roles/billing.admin",
  "roles/billing.costsManager",
  "roles/billing.creator",
  "roles/billing.user",
  "roles/billing.viewer",
  "roles/cloudsupport.admin",
  "roles/resourcemanager.organizationAdmin",
  "roles/resourcemanager.organizationViewer",
]);

const exact = new Map(
  Object.entries(rolePermissions).map(([role, permissions]) => [role, new Set(permissions)] as const),
);

const patterns = new Map(
  Object.entries(rolePermissions).map(([role, permissions]) => [
    role,
    permissions
      .filter((permission) => permission.includes("*"))
      .map((permission) => new RegExp(`^${permission.replaceAll(".", "\\.").replaceAll("*", "[A-Za-z]+")}$`)),
  ]),
);

/** Whether a role contains a permission. `custom` has the permissions of other roles. */
export function roleGives(role: string, permission: string, custom?: ReadonlyMap<string, readonly string[]>): boolean {
  if (exact.get(role)?.has(permission) === true || custom?.get(role)?.includes(permission) === true) return true;
  return patterns.get(role)?.some((pattern) => pattern.test(permission)) ?? false;
}
