/** A whole life by Google's Node clients over REST: a service, a grant, a contact, a case, and what is refused. */
import assert from "node:assert/strict";
import console from "node:console";
import process from "node:process";
import { URL } from "node:url";
import { AlertPolicyServiceClient, NotificationChannelServiceClient } from "@google-cloud/monitoring";
import { FoldersClient, OrganizationsClient, ProjectsClient } from "@google-cloud/resource-manager";
import { ServiceUsageClient } from "@google-cloud/service-usage";
import { GoogleAuth, OAuth2Client } from "google-auth-library";
import { essentialcontacts_v1 } from "googleapis/build/src/apis/essentialcontacts/index.js";
import { cloudsupport_v2 } from "googleapis/build/src/apis/cloudsupport/index.js";

const { hostname, port } = new URL(process.env.LOCAL_CLOUD);
const organization = "organizations/123456789012";
const project = "projects/shop-dev";

/** Options of every client: REST, enums as numbers, and the address, to which no path can be added. */
function options(token = process.env.GOOGLE_OAUTH_ACCESS_TOKEN) {
  const authClient = new OAuth2Client();
  authClient.setCredentials({ access_token: token });
  return {
    fallback: true,
    numericEnums: true,
    protocol: "http",
    apiEndpoint: hostname,
    port: Number(port),
    auth: new GoogleAuth({ authClient }),
  };
}

async function refused(code, call) {
  await assert.rejects(call, (error) => {
    assert.equal(Number(error.code ?? error.status), code, error.message);
    return true;
  });
}

// A service is enabled.
const services = new ServiceUsageClient(options());
const [enabling] = await services.enableService({ name: `${project}/services/cloudsupport.googleapis.com` });
const [enabled] = await enabling.promise();
// This client has the enums of the results of operations as numbers.
assert.equal(enabled.service.state, 2);
const [listed] = await services.listServices({ parent: project, filter: "state:ENABLED" });
assert.ok(listed.some(({ name }) => name === "projects/100000000001/services/cloudsupport.googleapis.com"));
await refused(403, services.enableService({ name: `${project}/services/nonsense.googleapis.com` }));

// A role is granted, with a condition.
const folders = new FoldersClient(options());
const organizations = new OrganizationsClient(options());
const [operation] = await folders.createFolder({ folder: { parent: organization, displayName: "By Node" } });
const [folder] = await operation.promise();
assert.equal(folder.state, 1);
const request = { resource: organization, options: { requestedPolicyVersion: 3 } };
const [policy] = await organizations.getIamPolicy(request);
const condition = { title: "for now", expression: 'request.time < timestamp("2030-01-01T00:00:00Z")' };
const binding = { role: "roles/cloudsupport.techSupportViewer", members: ["user:node@example.com"], condition };
const changed = { ...policy, version: 3, bindings: [...policy.bindings, binding] };
const [written] = await organizations.setIamPolicy({ resource: organization, policy: changed });
assert.ok(written.bindings.some(({ members }) => members.includes("user:node@example.com")));
await refused(409, organizations.setIamPolicy({ resource: organization, policy: changed }));
const [found] = await new ProjectsClient(options()).getProject({ name: project });
assert.deepEqual([found.state, found.projectId], ["ACTIVE", "shop-dev"]);

// The clients from discovery documents: a contact is created, changed and deleted.
const rest = {
  rootUrl: `${process.env.LOCAL_CLOUD}/`,
  headers: { authorization: `Bearer ${process.env.GOOGLE_OAUTH_ACCESS_TOKEN}` },
  retry: false,
};
const { contacts } = new essentialcontacts_v1.Essentialcontacts({}).folders;
const contact = { email: "node@example.com", languageTag: "en", notificationCategorySubscriptions: ["SECURITY"] };
const { data: created } = await contacts.create({ parent: folder.name, requestBody: contact }, rest);
assert.deepEqual(created.notificationCategorySubscriptions, ["SECURITY"]);
const { name } = created;
const changes = { notificationCategorySubscriptions: ["BILLING", "LEGAL"] };
await contacts.patch({ name, updateMask: "notificationCategorySubscriptions", requestBody: changes }, rest);
const { data: computed } = await contacts.compute({ parent: folder.name, notificationCategories: ["LEGAL"] }, rest);
assert.equal(computed.contacts.length, 2);
await refused(409, contacts.create({ parent: folder.name, requestBody: contact }, rest));
await contacts.delete({ name }, rest);
await refused(404, contacts.get({ name }, rest));

// A case is created, changed, commented, and closed, with an attachment.
const support = new cloudsupport_v2.Cloudsupport({});
const { data: classifications } = await support.caseClassifications.search(
  { query: 'display_name:"*Compute Engine"' },
  rest,
);
const guideCase = {
  displayName: "Test issue",
  description: "Test message",
  classification: { id: classifications.caseClassifications[0].id },
  priority: "P4",
  testCase: true,
};
const { data: opened } = await support.cases.create({ parent: project, requestBody: guideCase }, rest);
assert.equal(opened.state, "NEW");
await support.cases.patch({ name: opened.name, updateMask: "priority", requestBody: { priority: "P3" } }, rest);
await support.cases.comments.create({ parent: opened.name, requestBody: { body: "A comment" } }, rest);
const media = { mimeType: "text/plain", body: "a line\n" };
const attachment = { filename: "log.txt" };
await support.media.upload({ parent: opened.name, requestBody: { attachment }, media }, rest);
const { data: attached } = await support.cases.attachments.list({ parent: opened.name }, rest);
assert.deepEqual(
  attached.attachments.map(({ filename, sizeBytes }) => [filename, sizeBytes]),
  [["log.txt", "7"]],
);
const { data: closed } = await support.cases.close({ name: opened.name, requestBody: {} }, rest);
assert.equal(closed.state, "CLOSED");
const late = { parent: opened.name, requestBody: { body: "Too late" } };
await refused(400, support.cases.comments.create(late, rest));

// An alert notifies a channel of incidents. This client has the enums of replies as texts, and errors with the codes of gRPC.
const channels = new NotificationChannelServiceClient(options());
const alertPolicies = new AlertPolicyServiceClient(options());
const [channel] = await channels.createNotificationChannel({
  name: project,
  notificationChannel: { type: "sms", labels: { number: "+41791234567" } },
});
assert.deepEqual([channel.enabled.value, channel.verificationStatus], [true, "UNVERIFIED"]);
const filter = 'resource.type="servicehealth.googleapis.com/Event"';
const alertPolicy = {
  displayName: "By Node",
  combiner: "OR",
  conditions: [{ displayName: "An incident", conditionMatchedLog: { filter } }],
  alertStrategy: { notificationRateLimit: { period: { seconds: 300 } } },
  notificationChannels: [channel.name],
};
const [alert] = await alertPolicies.createAlertPolicy({ name: project, alertPolicy });
assert.equal(alert.conditions[0].conditionMatchedLog.filter, filter);
const [alerts] = await alertPolicies.listAlertPolicies({ name: project, filter: 'display_name="By Node"' });
assert.deepEqual(
  alerts.map(({ alertStrategy }) => Number(alertStrategy.notificationRateLimit.period.seconds)),
  [300],
);
const updateMask = { paths: ["severity"] };
const [severe] = await alertPolicies.updateAlertPolicy({ updateMask, alertPolicy: { ...alert, severity: "CRITICAL" } });
assert.equal(severe.severity, "CRITICAL");
await channels.sendNotificationChannelVerificationCode({ name: channel.name });
await refused(3, channels.verifyNotificationChannel({ name: channel.name, code: "G-0" }));
await refused(9, channels.deleteNotificationChannel({ name: channel.name }));
await channels.deleteNotificationChannel({ name: channel.name, force: true });
await alertPolicies.deleteAlertPolicy({ name: alert.name });
await refused(5, alertPolicies.getAlertPolicy({ name: alert.name }));

// Nobody may do any of that.
const nobody = new ProjectsClient(options("local-nobody-token"));
await refused(403, nobody.getProject({ name: project }));
console.log("done");
