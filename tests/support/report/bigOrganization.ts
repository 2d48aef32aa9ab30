/** An organization with a hundred projects, all of them onboarded as the guide has it. */
import { loadSeed, startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud, SeedInput } from "../../../tools/localCloud/index.ts";

export const organization = "organizations/123456789012";
export const folder = "folders/456789012345";

export const projectIds = Array.from({ length: 100 }, (_, index) => `shop-${String(index).padStart(3, "0")}`);

const services = [
  "cloudbilling.googleapis.com",
  "cloudresourcemanager.googleapis.com",
  "cloudsupport.googleapis.com",
  "essentialcontacts.googleapis.com",
  "servicehealth.googleapis.com",
  "serviceusage.googleapis.com",
];

/** The organization's contacts: no category is left out, and all was confirmed lately. */
const contacts = ["SUSPENSION", "SECURITY", "TECHNICAL", "BILLING", "LEGAL", "PRODUCT_UPDATES"].map((category) => ({
  parent: organization,
  email: `${category.toLowerCase().replace("_", "-")}@example.com`,
  notificationCategorySubscriptions: [category],
  validateTime: new Date().toISOString(),
}));

export function bigSeed(): SeedInput {
  const seed = structuredClone(loadSeed());
  const [usual] = seed.projects;
  if (usual === undefined) throw new Error("the seed has no project");
  const projects = projectIds.map((projectId, index) => ({
    ...usual,
    projectId,
    projectNumber: String(200_000_000_000 + index),
    displayName: `Shop ${String(index)}`,
    services,
    bindings: [{ role: "roles/cloudsupport.techSupportEditor", members: ["group:sre@example.com"] }],
  }));
  const organizations = seed.organizations.map((one) => ({
    ...one,
    // Else everyone has someone above who opens cases.
    bindings: one.bindings.filter(({ role }) => role !== "roles/cloudsupport.techSupportEditor"),
  }));
  return { ...seed, organizations, projects: [...seed.projects, ...projects], contacts };
}

export function startBigOrganization(): Promise<Cloud> {
  return startCloud({ seed: bigSeed() });
}

export const config = {
  plan: "enhanced",
  organization: { id: "123456789012" },
  projects: Object.fromEntries(projectIds.map((id) => [id, {}])),
};
