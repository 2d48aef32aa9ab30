/**
 * Alert policies: https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies. Only those with a log matching
 * condition send notifications.
 */
import { variable } from "../api.ts";
import type { Call, Method } from "../api.ts";
import { invalidField } from "../errors.ts";
import { maskedMessage, updateMask } from "../fieldMask.ts";
import type { JsonObject } from "../json.ts";
import { nextNumber } from "../state.ts";
import type { AlertPolicy, MutationRecord, NewAlertPolicy } from "../state.ts";
import { checkAlertPolicy } from "./alertPolicyChecks.ts";
import { authorizeProject, listRecords, mutation, recordNamed } from "./records.ts";

const firstId = 20_000_000_000_000;

/** The fields that a client writes. An empty mask means all of them. */
const written = [
  "displayName",
  "documentation",
  "userLabels",
  "conditions",
  "combiner",
  "enabled",
  "notificationChannels",
  "alertStrategy",
  "severity",
];

/** The messages whose fields an update can name. */
const nested = ["alertStrategy", "documentation", "userLabels"];

function create(call: Call): object {
  const { projectId } = authorizeProject(call, "alertPolicies.create", variable(call, "name"));
  const { state } = call.context;
  const { name: given = "" } = call.body as { name?: string };
  if (given !== "") throw invalidField("alert_policy.name", given, "Field must be empty.");
  const policy = parsePolicy(call.body);
  checkAlertPolicy(call, projectId, policy);
  const name = `projects/${projectId}/alertPolicies/${nextNumber(state, "alertPolicies", firstId)}`;
  const record = mutationBy(call);
  const created: AlertPolicy = {
    ...policy,
    name,
    conditions: conditionsOf(call, name, policy.conditions, []),
    creationRecord: record,
    mutationRecord: record,
  };
  state.alertPolicies.set(name, created);
  return created;
}

/** A record of who changed it, with the e-mail address. */
function mutationBy(call: Call): MutationRecord {
  return { ...mutation(call), mutatedBy: call.principal.principal.replace(/^\w+:/, "") };
}

/** What a client writes. What is only for output is ignored. The schema has checked the types. */
function parsePolicy(message: unknown): NewAlertPolicy {
  const { enabled = true, conditions = [], ...others } = message as Partial<NewAlertPolicy>;
  const fields = Object.entries(others).filter(([field]) => written.includes(field));
  return { ...Object.fromEntries(fields), enabled, conditions };
}

/** Conditions keep their names if the request has them; others get new ones. */
function conditionsOf(
  call: Call,
  policyName: string,
  conditions: NewAlertPolicy["conditions"],
  before: AlertPolicy["conditions"],
): AlertPolicy["conditions"] {
  return conditions.map((condition, index) => {
    const { name: given = "" } = condition;
    if (given !== "" && !before.some(({ name }) => name === given))
      throw invalidField(`alert_policy.conditions[${index}].name`, given, "not a condition of this policy");
    const number = () => nextNumber(call.context.state, "alertConditions", firstId);
    return { ...condition, name: given === "" ? `${policyName}/conditions/${number()}` : given };
  });
}

function update(call: Call): object {
  const policy = policyNamed(call, "update", "alert_policy.name");
  const mask = updateMask(call.query.text("updateMask"), written, nested);
  const changed = maskedMessage({ ...policy }, call.body as JsonObject, mask.length === 0 ? written : mask);
  const request = parsePolicy(changed);
  checkAlertPolicy(call, policy.name.split("/")[1] ?? "", request);
  const conditions = conditionsOf(call, policy.name, request.conditions, policy.conditions);
  const { name, creationRecord } = policy;
  const updated: AlertPolicy = {
    ...request,
    name,
    conditions,
    creationRecord,
    mutationRecord: mutationBy(call),
  };
  call.context.state.alertPolicies.set(name, updated);
  return updated;
}

function policyNamed(call: Call, permission: string, field = "name"): AlertPolicy {
  return recordNamed(call, call.context.state.alertPolicies, `alertPolicies.${permission}`, field);
}

export const alertPolicyMethods: readonly Method[] = [
  { rpc: "AlertPolicyService.CreateAlertPolicy", handle: create },
  { rpc: "AlertPolicyService.GetAlertPolicy", handle: (call) => policyNamed(call, "get") },
  {
    rpc: "AlertPolicyService.ListAlertPolicies",
    handle: (call) =>
      listRecords(call, call.context.state.alertPolicies, {
        permission: "alertPolicies.list",
        collection: "alertPolicies",
      }),
  },
  { rpc: "AlertPolicyService.UpdateAlertPolicy", handle: update },
  {
    rpc: "AlertPolicyService.DeleteAlertPolicy",
    handle: (call) => {
      call.context.state.alertPolicies.delete(policyNamed(call, "delete").name);
      return {};
    },
  },
];
