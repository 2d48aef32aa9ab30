/** What `care diff` reports of planned steps, and inputs of each type of resource that it knows by name. */
import assert from "node:assert/strict";
import { supportCaseTypes } from "../../../../components/supportCase/properties.ts";
import { jsonOf } from "../../../../care/diff/json.ts";
import { namedDiffs } from "../../../../care/diff/namedDiffs.ts";
import { readPreviews } from "../../../../care/diff/readPreviews.ts";
import { visible } from "../../../../text/index.ts";
import { alertPolicy } from "../../../support/previews/alerts.ts";
import { document, types } from "../../../support/previews/steps.ts";
import type { WrittenStep } from "../../../support/previews/steps.ts";

export const diffsOf = (...steps: readonly WrittenStep[]) =>
  namedDiffs(
    readPreviews(document(steps), "test.json").map((preview) => ({ preview, stack: undefined, place: "test.json" })),
  );

export const changesOf = (...steps: readonly WrittenStep[]) =>
  (jsonOf(diffsOf(...steps)).stacks[0]?.changes ?? []).map(({ kinds, text }) => ({ kinds, text }));

export const grant = {
  project: "shop-dev",
  role: "roles/cloudsupport.techSupportEditor",
  member: "user:ada@example.com",
};
export const listed: Readonly<Record<string, Record<string, unknown>>> = {
  [types.projectGrant]: grant,
  [types.folderGrant]: { ...grant, project: undefined, folder: "456789012345" },
  [types.organizationGrant]: { ...grant, project: undefined, orgId: "123456789012" },
  "gcp:projects/iAMBinding:IAMBinding": { project: "shop-dev", role: "roles/logging.viewer", members: ["user:a@b.c"] },
  "gcp:projects/iAMPolicy:IAMPolicy": { project: "shop-dev", policyData: '{"bindings":[]}' },
  [types.contact]: {
    email: "a@example.com",
    notificationCategorySubscriptions: ["LEGAL"],
    parent: "projects/shop-dev",
  },
  [types.service]: { project: "shop-dev", service: "cloudsupport.googleapis.com", disableOnDestroy: false },
  [types.channel]: {
    project: "shop-dev",
    type: "email",
    displayName: "a@example.com",
    labels: { email_address: "a@example.com" },
  },
  [types.alertPolicy]: alertPolicy(["projects/shop-dev/notificationChannels/1"]),
  [`customer-care:index:SupportEvents$${types.topic}`]: { project: "ops", name: "support-events" },
  [types.topicGrant]: {
    project: "ops",
    topic: "support-events",
    role: "roles/pubsub.publisher",
    member: "serviceAccount:cloud-support-apievents@system.gserviceaccount.com",
  },
  [types.subscription]: { organization: "123456789012", pubSubTopic: "projects/ops/topics/support-events" },
  [types.supportCase]: {
    parent: "projects/shop-dev",
    testCase: true,
    displayName: "Test",
    subscriberEmailAddresses: [],
  },
  [supportCaseTypes.packaged]: { parent: "projects/shop-dev", testCase: true, displayName: "Test" },
};

/** As the sentences show a text. */
export const cut = (text: string) => [...visible(text)].slice(0, 200).join("");

export const config = { "customer-care:organization": '{"domain":"example.com"}' };

/** The reports where the organization is example.com. */
export function changesAtHome(...all: readonly WrittenStep[]) {
  const [preview] = readPreviews(document(all, { config }), "test.json");
  const named = namedDiffs([{ preview: preview ?? assert.fail(), stack: undefined, place: "test.json" }]);
  const [stack] = jsonOf(named).stacks;
  return (stack?.changes ?? []).map(({ kinds, text }) => ({ kinds, text }));
}
