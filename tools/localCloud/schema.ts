/**
 * What Google publishes on the APIs: methods with their HTTP rules, messages, and enums with their numbers. The file is written by
 * tools/generate/googleApis.ts, which names the sources.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { camelCase, own } from "./json.ts";

/** A namespace, message, enum or service in protobuf.js's JSON, with full names of types. */
interface Node {
  readonly nested?: Readonly<Record<string, Node>>;
  readonly fields?: Readonly<Record<string, FieldNode>>;
  readonly oneofs?: Readonly<Record<string, { readonly oneof: readonly string[] }>>;
  readonly values?: Readonly<Record<string, number>>;
  readonly methods?: Readonly<Record<string, MethodNode>>;
}

interface FieldNode {
  readonly type: string;
  readonly rule?: "repeated";
  readonly keyType?: string;
  readonly options?: { readonly behavior?: readonly string[] };
}

interface MethodNode {
  readonly requestType: string;
  readonly responseType: string;
  readonly options: { readonly http?: readonly string[]; readonly body?: string };
}

export interface Field {
  /** In snake_case. */
  readonly name: string;
  /** A scalar such as `string`, or the full name of a message or an enum. */
  readonly type: string;
  readonly kind: "single" | "repeated" | "map";
  readonly isRequired: boolean;
  /** Whether a default value is distinct from no value. */
  readonly hasPresence: boolean;
}

/** The fields of a message, by their names in lowerCamelCase. */
export type Message = ReadonlyMap<string, Field>;

export interface MethodSchema {
  /** Such as `google.cloud.support.v2.CaseService.CreateCase`. */
  readonly name: string;
  readonly request: string;
  readonly response: string;
  /** The google.api.http rules, such as `POST /v2/{parent=projects/*}/cases`. */
  readonly http: readonly string[];
  /** The field of the request that is the body, `*` for the whole request; absent: there is no body. */
  readonly body: string | undefined;
}

const file = new URL("googleApis.json.gz", import.meta.url);

const { root, titles } = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as {
  readonly root: Node;
  readonly titles: Readonly<Record<string, string>>;
};

/** The services with a client library, with the title of those that have a discovery document. */
export const publishedServices: ReadonlyMap<string, string> = new Map(Object.entries(titles));

function find(name: string): Node | undefined {
  return name.split(".").reduce<Node | undefined>((node, part) => node?.nested && own(node.nested, part), root);
}

const messages = new Map<string, Message | undefined>();

/** A message by its full name. */
export function findMessage(name: string): Message | undefined {
  if (!messages.has(name)) messages.set(name, readFields(find(name)));
  return messages.get(name);
}

function readFields(node: Node | undefined): Message | undefined {
  if (node?.fields === undefined) return undefined;
  const inOneof = new Set(Object.values(node.oneofs ?? {}).flatMap(({ oneof }) => oneof));
  const fields = Object.entries(node.fields).map(([name, { type, rule, keyType, options }]) => {
    const kind = keyType !== undefined ? "map" : rule === undefined ? "single" : "repeated";
    const isRequired = options?.behavior?.includes("REQUIRED") ?? false;
    const hasPresence = inOneof.has(name) || /^google\.protobuf\.\w+Value$/.test(type);
    return [camelCase(name), { name, type, kind, isRequired, hasPresence }] as const;
  });
  return new Map(fields);
}

/** The numbers of an enum by name; undefined if the type is no enum. */
export function findEnum(name: string): Readonly<Record<string, number>> | undefined {
  return find(name)?.values;
}

/** A method by its full name. */
export function findMethod(name: string): MethodSchema | undefined {
  const [, service = "", rpc = ""] = /^(.*)\.(\w+)$/.exec(name) ?? [];
  const found = own(find(service)?.methods ?? {}, rpc);
  return found && methodSchema(name, found);
}

/** All methods of a package. */
export function methodsOf(packageName: string): MethodSchema[] {
  return Object.entries(find(packageName)?.nested ?? {}).flatMap(([service, { methods = {} }]) =>
    Object.entries(methods).map(([rpc, method]) => methodSchema(`${packageName}.${service}.${rpc}`, method)),
  );
}

function methodSchema(name: string, { requestType, responseType, options }: MethodNode): MethodSchema {
  return { name, request: requestType, response: responseType, http: options.http ?? [], body: options.body };
}
