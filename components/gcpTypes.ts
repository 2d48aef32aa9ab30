/**
 * The types of the gcp provider's resources that the program makes beside grants (grantTypes.ts), as states and previews have them.
 *
 * Source: https://www.pulumi.com/registry/packages/gcp/ (essentialcontacts.Contact, projects.Service)
 */
export const contactType = "gcp:essentialcontacts/contact:Contact";

export const serviceType = "gcp:projects/service:Service";
