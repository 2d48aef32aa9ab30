/**
 * Cloud Support v2: support cases.
 * https://cloud.google.com/support/docs/reference/rest/v2, google/cloud/support/v2/*.proto
 */
import type { Api } from "../api.ts";
import { serviceTitle } from "../serviceCatalogue.ts";
import { attachmentMethods } from "./attachments.ts";
import { caseClassificationMethods } from "./caseClassifications.ts";
import { caseMethods } from "./cases.ts";
import { commentMethods } from "./comments.ts";
import { supportEventSubscriptionMethods } from "./supportEventSubscriptions.ts";

const service = "cloudsupport.googleapis.com";

export const cloudSupport: Api = {
  service,
  title: serviceTitle(service),
  package: "google.cloud.support.v2",
  prefix: "cloudsupport",
  access: "quotaProject",
  methods: [
    ...caseClassificationMethods,
    ...caseMethods,
    ...commentMethods,
    ...attachmentMethods,
    ...supportEventSubscriptionMethods,
  ],
};
