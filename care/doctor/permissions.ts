/** Roles that help a caller who lacks a permission: those by which the doctor reads, and those that grant others. */
import type { Level } from "../../guide/index.ts";

/** What the doctor itself reads in addition to what the config needs, by the permission that it takes. */
export const readers = {
  "orgpolicy.policy.get": { role: "roles/orgpolicy.policyViewer", displayName: "Organization Policy Viewer" },
  "serviceusage.services.list": {
    role: "roles/serviceusage.serviceUsageConsumer",
    displayName: "Service Usage Consumer",
  },
} as const;

/** Roles whose holders may grant any other at the level where they hold it, and below. */
export const grantingRoles: Readonly<Record<Level, readonly string[]>> = {
  organization: ["roles/resourcemanager.organizationAdmin", "roles/iam.securityAdmin"],
  folder: ["roles/resourcemanager.folderAdmin", "roles/resourcemanager.organizationAdmin", "roles/iam.securityAdmin"],
  project: [
    "roles/owner",
    "roles/resourcemanager.projectIamAdmin",
    "roles/resourcemanager.folderAdmin",
    "roles/resourcemanager.organizationAdmin",
    "roles/iam.securityAdmin",
  ],
};
