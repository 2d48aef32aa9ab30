/**
 * The conditions of bindings, in the Common Expression Language with the attributes and functions of IAM.
 * https://cloud.google.com/iam/docs/conditions-attribute-reference
 */
import { Environment } from "@marcbachmann/cel-js";
import { ApiError } from "./errors.ts";
import type { Condition, Resource } from "./state.ts";

/** https://cloud.google.com/iam/docs/conditions-overview#limitations */
const basicRoles = ["roles/owner", "roles/editor", "roles/viewer"];

/** The local cloud has no tags, and grants no roles by attributes of the API. */
const environment = new Environment()
  .registerVariable({
    name: "request",
    schema: { time: "google.protobuf.Timestamp", path: "string", host: "string", auth: "map" },
  })
  .registerType("Resource", { fields: { name: "string", type: "string", service: "string" } })
  .registerVariable("resource", "Resource")
  .registerVariable({ name: "destination", schema: { ip: "string", port: "int" } })
  .registerVariable("api", "map")
  .registerFunction(
    "map.getAttribute(string, dyn): dyn",
    (_api: unknown, _name: string, otherwise: unknown) => otherwise,
  )
  .registerFunction("list.hasOnly(list): bool", (some: unknown[], all: unknown[]) =>
    some.every((item) => all.includes(item)),
  )
  .registerFunction("string.extract(string): string", extract);
for (const name of [
  "matchTag(string, string)",
  "matchTagId(string, string)",
  "hasTagKey(string)",
  "hasTagKeyId(string)",
])
  environment.registerFunction(`Resource.${name}: bool`, () => false);

/** `"projects/a/topics/b".extract("topics/{topic}")` is `b`. */
function extract(text: string, template: string): string {
  const [before = "", after = ""] = template.split(/\{\w+\}/);
  const start = text.indexOf(before);
  if (start < 0) return "";
  const rest = text.slice(start + before.length);
  const end = after === "" ? rest.length : rest.indexOf(after);
  return end < 0 ? "" : rest.slice(0, end);
}

/** Checks a condition that a request adds. The texts of Google's errors are not known. */
export function checkCondition(role: string, { title = "", expression }: Condition): void {
  if (basicRoles.includes(role)) throw refused(`Conditions can't be set on primitive roles: ${role}`);
  if (title === "") throw refused("The condition has no title.");
  const { valid, type, error } = environment.check(expression);
  if (!valid)
    throw refused(`The expression of the condition "${title}" is invalid: ${error?.message.split("\n")[0] ?? ""}`);
  if (type !== "bool" && type !== "dyn")
    throw refused(`The expression of the condition "${title}" must be a bool, not ${String(type)}.`);
}

function refused(message: string): ApiError {
  return new ApiError("INVALID_ARGUMENT", message);
}

/** Whether the condition allows access to the resource now. An expression that fails allows nothing. */
export function conditionApplies(condition: Condition | undefined, now: number, { name }: Resource): boolean {
  if (condition === undefined) return true;
  const collection = name.split("/")[0] ?? "";
  const kind = collection.slice(0, 1).toUpperCase() + collection.slice(1, -1);
  const service = "cloudresourcemanager.googleapis.com";
  const attributes = {
    request: { time: new Date(now), path: "", host: "", auth: {} },
    resource: { name, type: `${service}/${kind}`, service },
    destination: { ip: "", port: 0n },
    api: {},
  };
  try {
    return environment.evaluate(condition.expression, attributes) === true;
  } catch {
    return false;
  }
}
