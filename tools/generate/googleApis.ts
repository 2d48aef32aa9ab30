/**
 * `node tools/generate/googleApis.ts`: writes tools/localCloud/googleApis.json.gz, what Google publishes on the APIs of the local
 * cloud, as one protobuf.js root: methods with their HTTP rules, messages, and enums with their numbers. Also the titles of all
 * services.
 *
 * The sources are in the registries: Google's protocol buffers in npm's google-proto-files, and the discovery documents in PyPI's
 * google-api-python-client. Resource Manager v1 has no protocol buffers, and documents have fields that the former lack.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import protobuf from "protobufjs";
import { home, root as clone } from "../setup/bootstrap/places.mjs";
import { addMissingFields, servicesOfDocument } from "./discovery.ts";
import type { DiscoveryDocument } from "./discovery.ts";
import { Tree } from "./protobufTree.ts";
import type { Json } from "./protobufTree.ts";

const sources = { npm: "google-proto-files@6.0.1", pypi: "google-api-python-client==2.202.0" };

/** The packages of protocol buffers, with the discovery document that can have more fields, and the services without their messages. */
const packages: Readonly<Record<string, { readonly document?: string; readonly without?: readonly string[] }>> = {
  "google.api.serviceusage.v1": { document: "serviceusage.v1" },
  "google.cloud.billing.v1": { document: "cloudbilling.v1", without: ["CloudCatalog"] },
  "google.cloud.essentialcontacts.v1": { document: "essentialcontacts.v1" },
  "google.cloud.orgpolicy.v2": { document: "orgpolicy.v2" },
  "google.cloud.recommender.v1": { document: "recommender.v1" },
  "google.cloud.resourcemanager.v2": { document: "cloudresourcemanager.v2" },
  "google.cloud.resourcemanager.v3": {
    document: "cloudresourcemanager.v3",
    without: ["TagBindings", "TagHolds", "TagKeys", "TagValues"],
  },
  "google.cloud.servicehealth.v1": {},
  "google.cloud.support.v2": { document: "cloudsupport.v2" },
  "google.iam.credentials.v1": { document: "iamcredentials.v1" },
  "google.monitoring.v3": {
    document: "monitoring.v3",
    without: [
      "GroupService",
      "MetricService",
      "QueryService",
      "ServiceMonitoringService",
      "SnoozeService",
      "UptimeCheckService",
    ],
  },
  "google.pubsub.v1": { document: "pubsub.v1", without: ["SchemaService", "Subscriber"] },
  // Their methods belong to several APIs, with rules of each.
  "google.cloud.location": {},
  "google.iam.v1": {},
  "google.longrunning": {},
};

/** What only discovery documents have: an API, or methods of one. */
const documents = [
  {
    document: "cloudresourcemanager.v1",
    package: "google.cloudresourcemanager.v1",
    methods: /^cloudresourcemanager\./,
  },
  {
    document: "cloudresourcemanager.v3",
    package: "google.cloud.resourcemanager.v3",
    methods: /^cloudresourcemanager\.liens\./,
  },
  {
    document: "serviceusage.v1",
    package: "google.api.serviceusage.v1",
    methods: /^serviceusage\.operations\.(cancel|delete)$/,
  },
  { document: "cloudsupport.v2", package: "google.cloud.support.v2", methods: /^cloudsupport\.media\./ },
];

/** Downloads the packages, and returns the folders of their content. */
function download(): { readonly protos: string; readonly documents: string } {
  const folder = join(home, "google-apis");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: folder, stdio: "inherit" });
  run("npm", "pack", "--silent", sources.npm);
  run("python3", "-m", "pip", "download", "--quiet", "--no-deps", "--dest", ".", sources.pypi);
  const file = (end: string) => readdirSync(folder).find((name) => name.endsWith(end)) ?? "";
  run("tar", "-xzf", file(".tgz"));
  run("python3", "-m", "zipfile", "-e", file(".whl"), "wheel");
  return {
    protos: join(folder, "package"),
    documents: join(folder, "wheel/googleapiclient/discovery_cache/documents"),
  };
}

function loadProtos(folder: string): protobuf.Root {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => {
    const path = join(folder, target);
    return existsSync(path) ? path : target;
  };
  const files = Object.keys(packages).flatMap((name) => {
    const path = name.replaceAll(".", "/");
    return readdirSync(join(folder, path))
      .filter((file) => file.endsWith(".proto"))
      .map((file) => `${path}/${file}`);
  });
  root.loadSync(files, { keepCase: true });
  root.resolveAll();
  return root;
}

/** The rules of a method, such as `POST /v2/{parent=projects/*}/cases`, and the field of the request that is the body. */
function httpOptions(method: protobuf.Method): Json {
  const options = (method.parsedOptions ?? []) as Readonly<Record<string, unknown>>[];
  const rules = options.flatMap((option) => {
    const rule = option["(google.api.http)"] as Readonly<Record<string, unknown>> | undefined;
    return rule === undefined ? [] : [rule, ...[rule["additional_bindings"] ?? []].flat()];
  }) as Readonly<Record<string, string | undefined>>[];
  const http = rules.flatMap((rule) =>
    ["get", "put", "post", "delete", "patch"].flatMap((verb) =>
      rule[verb] === undefined ? [] : [`${verb.toUpperCase()} ${rule[verb]}`],
    ),
  );
  const body = rules[0]?.["body"];
  return { ...(http.length > 0 && { http }), ...(body !== undefined && { body }) };
}

function behaviors(field: protobuf.Field): string[] {
  return ((field.parsedOptions ?? []) as Readonly<Record<string, unknown>>[]).flatMap((option) => {
    const value = option["(google.api.field_behavior)"];
    return value === undefined ? [] : ([value].flat() as string[]);
  });
}

/** Adds a message or an enum, and all that its fields refer to. */
function addType(tree: Tree, type: protobuf.ReflectionObject): void {
  const json = tree.at(type.fullName.slice(1));
  if (type instanceof protobuf.Enum) {
    json["values"] = type.values;
    return;
  }
  if (!(type instanceof protobuf.Type) || json["fields"] !== undefined) return;
  const fields: Json = (json["fields"] = {});
  for (const field of type.fieldsArray) {
    const { resolvedType } = field;
    const behavior = behaviors(field);
    fields[field.name] = {
      ...(field instanceof protobuf.MapField ? { keyType: field.keyType } : field.repeated && { rule: "repeated" }),
      type: resolvedType === null ? field.type : resolvedType.fullName.slice(1),
      id: field.id,
      ...(behavior.length > 0 && { options: { behavior } }),
    };
    if (resolvedType !== null) addType(tree, resolvedType);
  }
  const oneofs = type.oneofsArray.filter(({ isProto3Optional }) => !isProto3Optional);
  if (oneofs.length > 0) json["oneofs"] = Object.fromEntries(oneofs.map(({ name, oneof }) => [name, { oneof }]));
}

function addService(tree: Tree, service: protobuf.Service, hasMessages: boolean): void {
  const methods: Json = (tree.at(service.fullName.slice(1))["methods"] = {});
  for (const method of service.methodsArray) {
    const { resolvedRequestType: request, resolvedResponseType: response } = method;
    if (request === null || response === null || method.requestStream === true) continue;
    methods[method.name] = {
      requestType: request.fullName.slice(1),
      responseType: response.fullName.slice(1),
      options: httpOptions(method),
    };
    if (!hasMessages) continue;
    addType(tree, request);
    addType(tree, response);
  }
}

/** The messages that operations return, and those in their metadata, are in no method's signature. */
function addResults(tree: Tree, namespace: protobuf.Namespace): void {
  for (const type of namespace.nestedArray)
    if (type instanceof protobuf.Type && /(Response|Metadata)$/.test(type.name)) addType(tree, type);
}

/** The titles of all services, by name. Those without a discovery document have none. */
function titles(folders: ReturnType<typeof download>): Record<string, string> {
  const found = new Map<string, string>();
  for (const file of readdirSync(folders.protos, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".proto") || /example|showcase/.test(file)) continue;
    const text = readFileSync(join(folders.protos, file), "utf8");
    for (const [, host] of text.matchAll(/default_host\)\s*=\s*"([^":]+)/g)) found.set(host ?? "", "");
  }
  for (const file of readdirSync(folders.documents)) {
    if (file === "index.json" || !file.endsWith(".json")) continue;
    const { name, rootUrl, title } = readDocument(folders.documents, file.replace(/\.json$/, ""));
    const host = new URL(rootUrl).hostname;
    found.set(host === "www.googleapis.com" ? `${name.toLowerCase()}.googleapis.com` : host, title);
  }
  const services = [...found].filter(
    ([name]) => /^[a-z][a-z0-9-]*\.googleapis\.com$/.test(name) && !/example/.test(name),
  );
  return Object.fromEntries(services.sort(([left], [right]) => (left < right ? -1 : 1)));
}

function readDocument(folder: string, name: string): DiscoveryDocument {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as DiscoveryDocument;
}

const folders = download();
const protos = loadProtos(folders.protos);
const tree = new Tree();
for (const [name, { without = [] }] of Object.entries(packages)) {
  const namespace = protos.lookup(name);
  if (!(namespace instanceof protobuf.Namespace)) throw new Error(`no package ${name} in ${sources.npm}`);
  for (const service of namespace.nestedArray)
    if (service instanceof protobuf.Service) addService(tree, service, !without.includes(service.name));
  addResults(tree, namespace);
}
for (const { document, package: name, methods } of documents) {
  const discovered = readDocument(folders.documents, document);
  servicesOfDocument(tree, name, discovered, methods);
}
for (const [name, { document }] of Object.entries(packages))
  if (document !== undefined) addMissingFields(tree, name, readDocument(folders.documents, document));

const content = { sources: Object.values(sources), root: tree.json, titles: titles(folders) };
const path = "tools/localCloud/googleApis.json.gz";
writeFileSync(join(clone, path), gzipSync(JSON.stringify(content, undefined, 1), { level: 9 }));
console.log(path);
