/** Discovery documents as protobuf.js's JSON. Enums get the numbers of their order, which Google's JSON never shows for them. */
import type { Json, Tree } from "./protobufTree.ts";

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly $ref?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly readOnly?: boolean;
}

interface Parameter extends Schema {
  readonly location: "path" | "query";
  readonly pattern?: string;
  readonly repeated?: boolean;
}

interface Method {
  readonly id: string;
  readonly httpMethod: string;
  readonly path: string;
  readonly parameters?: Readonly<Record<string, Parameter>>;
  readonly request?: Schema;
  readonly response?: Schema;
}

interface Resource {
  readonly methods?: Readonly<Record<string, Method>>;
  readonly resources?: Readonly<Record<string, Resource>>;
}

export interface DiscoveryDocument extends Resource {
  readonly name: string;
  readonly title: string;
  readonly rootUrl: string;
  readonly schemas: Readonly<Record<string, Schema>>;
}

/** The first number of a field that has none, outside of what protocol buffers use. */
const firstId = 100_001;

/** Messages that documents repeat, by their names there. */
const shared: Readonly<Record<string, string>> = {
  AuditConfig: "google.iam.v1.AuditConfig",
  AuditLogConfig: "google.iam.v1.AuditLogConfig",
  Binding: "google.iam.v1.Binding",
  Empty: "google.protobuf.Empty",
  Expr: "google.type.Expr",
  GetIamPolicyRequest: "google.iam.v1.GetIamPolicyRequest",
  GetPolicyOptions: "google.iam.v1.GetPolicyOptions",
  Operation: "google.longrunning.Operation",
  Policy: "google.iam.v1.Policy",
  SetIamPolicyRequest: "google.iam.v1.SetIamPolicyRequest",
  Status: "google.rpc.Status",
  TestIamPermissionsRequest: "google.iam.v1.TestIamPermissionsRequest",
  TestIamPermissionsResponse: "google.iam.v1.TestIamPermissionsResponse",
};

const formats: Readonly<Record<string, string>> = {
  byte: "bytes",
  double: "double",
  float: "float",
  "google-datetime": "google.protobuf.Timestamp",
  "google-duration": "google.protobuf.Duration",
  "google-fieldmask": "google.protobuf.FieldMask",
  int32: "int32",
  int64: "int64",
  uint32: "uint32",
  uint64: "uint64",
};

const types: Readonly<Record<string, string>> = {
  any: "google.protobuf.Value",
  boolean: "bool",
  integer: "int32",
  number: "double",
  object: "google.protobuf.Struct",
  string: "string",
};

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function capitalized(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** A field of a message. Its enum becomes an enum in the message. */
function field(tree: Tree, namespace: string, message: string, name: string, schema: Schema, id: number): Json {
  const { items, additionalProperties: values } = schema;
  const rule = items !== undefined ? { rule: "repeated" } : {};
  const options = schema.readOnly === true ? { options: { behavior: ["OUTPUT_ONLY"] } } : {};
  if (values?.type === "string") return { keyType: "string", type: "string", id, ...options };
  const { $ref, enum: names, format, type = "object" } = items ?? schema;
  if (names !== undefined) {
    const enumeration = `${namespace}.${message}.${capitalized(name)}`;
    tree.at(enumeration)["values"] ??= Object.fromEntries(names.map((value, index) => [value, index]));
    return { ...rule, type: enumeration, id, ...options };
  }
  const resolved =
    $ref === undefined ? (formats[format ?? ""] ?? types[type] ?? "string") : (shared[$ref] ?? `${namespace}.${$ref}`);
  return { ...rule, type: resolved, id, ...options };
}

function fieldsOf(tree: Tree, namespace: string, message: string, properties: Schema["properties"] = {}): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema], index) => [
      snakeCase(name),
      field(tree, namespace, message, name, schema, index + 1),
    ]),
  );
}

/** Adds a message of the document, and those that it refers to, unless the package has them. */
function addMessage(tree: Tree, namespace: string, document: DiscoveryDocument, name: string): void {
  const { properties = {} } = document.schemas[name] ?? {};
  const json = tree.at(`${namespace}.${name}`);
  if (shared[name] !== undefined || json["fields"] !== undefined) return;
  json["fields"] = fieldsOf(tree, namespace, name, properties);
  for (const schema of Object.values(properties)) addReferences(tree, namespace, document, schema);
}

function addReferences(tree: Tree, namespace: string, document: DiscoveryDocument, schema: Schema): void {
  const { $ref } = schema.items ?? schema;
  if ($ref !== undefined) addMessage(tree, namespace, document, $ref);
}

/** Adds the messages of the document that its methods use. */
function addMessagesOf(tree: Tree, namespace: string, document: DiscoveryDocument, method: Method): void {
  for (const schema of [method.request ?? {}, method.response ?? {}]) addReferences(tree, namespace, document, schema);
}

/** Adds fields that the document has and the protocol buffers lack, with numbers that no protocol buffer uses. */
export function addMissingFields(tree: Tree, namespace: string, document: DiscoveryDocument): void {
  for (const [name, { properties = {} }] of Object.entries(document.schemas)) {
    const fields = tree.find(`${namespace}.${name}`)?.["fields"] as Json | undefined;
    if (fields === undefined) continue;
    for (const [index, [property, schema]] of Object.entries(properties).entries()) {
      if (fields[snakeCase(property)] !== undefined) continue;
      fields[snakeCase(property)] = field(tree, namespace, name, property, schema, firstId + index);
      addReferences(tree, namespace, document, schema);
    }
  }
}

/** `projects.getIamPolicy` → `Projects.GetIamPolicy`, `projects.get` → `Projects.GetProject`, the style of protocol buffers. */
function rpcOf(id: string): readonly [service: string, method: string] {
  const [verb = "", collection = ""] = id.split(".").reverse();
  if (collection === "media") return ["MediaService", `${capitalized(verb)}Media`];
  const plural = capitalized(collection);
  if (verb === "list" || verb === "search") return [plural, capitalized(verb) + plural];
  const isStandard = ["create", "delete", "get", "undelete", "update"].includes(verb);
  return [plural, capitalized(verb) + (isStandard ? plural.replace(/s$/, "") : "")];
}

/** `v1/{+name}` with the pattern `^organizations/[^/]+$` → `/v1/{name=organizations/*}`. */
function template({ path, parameters = {} }: Method): string {
  return `/${path}`.replace(/\{\+?(\w+)\}/g, (_match, name: string) => {
    const pattern = parameters[name]?.pattern;
    if (pattern === undefined) return `{${name}}`;
    return `{${name}=${pattern
      .replace(/^\^|\$$/g, "")
      .replaceAll("[^/]+", "*")
      .replaceAll(".*", "**")}}`;
  });
}

function methodsOf({ methods = {}, resources = {} }: Resource): Method[] {
  return [...Object.values(methods), ...Object.values(resources).flatMap(methodsOf)];
}

/** Adds the document's methods whose id matches. */
export function servicesOfDocument(tree: Tree, namespace: string, document: DiscoveryDocument, ids: RegExp): void {
  for (const method of methodsOf(document).filter(({ id }) => ids.test(id))) {
    const [service, name] = rpcOf(method.id);
    addMessagesOf(tree, namespace, document, method);
    const { parameters = {}, request, response } = method;
    const body = request?.$ref ?? "";
    const hasOnlyBody = body === "" || body.endsWith("Request");
    const bodyField = hasOnlyBody ? "*" : snakeCase(body.slice(0, 1).toLowerCase() + body.slice(1));
    const type = shared[body] ?? `${namespace}.${service}${name}Request`;
    const fields = (tree.at(type)["fields"] ??= {}) as Json;
    const properties = { ...parameters, ...(body.endsWith("Request") && document.schemas[body]?.properties) };
    for (const [index, [property, schema]] of Object.entries(properties).entries())
      fields[snakeCase(property)] ??= field(tree, namespace, body, property, schema, firstId + index);
    if (!hasOnlyBody) fields[bodyField] ??= { type: `${namespace}.${body}`, id: firstId + 1000 };
    const methods = (tree.at(`${namespace}.${service}`)["methods"] ??= {}) as Json;
    // One rule for each collection, such as the policies of organizations and of folders.
    const rules = (methods[name] as { options?: { http?: string[] } } | undefined)?.options?.http ?? [];
    methods[name] = {
      requestType: type,
      responseType: shared[response?.$ref ?? "Empty"] ?? `${namespace}.${response?.$ref ?? ""}`,
      options: {
        http: [...rules, `${method.httpMethod} ${template(method)}`],
        ...(request !== undefined && { body: bodyField }),
      },
    };
  }
}
