/**
 * The config's shape as types of the package. If the config accepts alternatives under one key, the package has a key for each,
 * because not every language has union types (../words.ts converts them back). The config's names are enums, from the guide's
 * data.
 */
import { configSchemas } from "../../onboarding/jsonSchema.ts";
import type { JsonSchema, MapSchema } from "../../onboarding/jsonSchema.ts";
import { fleetKeys } from "../../onboarding/schema.ts";
import {
  alertEvents,
  caseChannels,
  caseLanguages,
  casePriorities,
  escalationReasons,
  isRoleName,
  notificationCategories,
  notificationCategoryNames,
  plans,
  relevances,
  services,
  valueAddedServices,
} from "../../guide/index.ts";
import { byAddress, categoryKey, contactsKey, outputKeys, namedKey } from "../words.ts";
import { tokenOf, typeOfName } from "./spec.ts";
import type { EnumType, ObjectType, Properties, PropertySpec, TypeSpec } from "./spec.ts";

const schemas = configSchemas();
const { config } = schemas;

const definitions = withoutFleets(schemas.definitions);

function withoutFleets<Value>(map: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(map).filter(([name]) => !fleetKeys.includes(name)));
}

/** The properties of a map in the config, by its ID in the schema, such as `testCase`; without an ID, of the config itself. */
export function configProperties(name?: string): { readonly properties: Properties; readonly required: string[] } {
  const map = name === undefined ? config : definition(name);
  return {
    properties: Object.fromEntries(
      Object.entries(withoutFleets(map.properties)).flatMap(([key, value]) =>
        Object.entries(propertiesOf(key, value, name)),
      ),
    ),
    required: (map["required"] ?? []).filter((key) => map.properties[key]?.anyOf === undefined),
  };
}

/** The types that the config's properties refer to. */
export function configTypes(): Record<string, ObjectType | EnumType> {
  const objects = Object.entries(definitions).flatMap(([name, { description, properties }]) => {
    if (properties === undefined || name === "contacts") return [];
    return [[tokenOf(capital(name)), { type: "object", description, ...configProperties(name) }] as const];
  });
  return { ...Object.fromEntries(objects), [tokenOf("Contacts")]: contacts(), ...enumTypes() };
}

/** @param owner The ID of the map that has the property. */
function propertiesOf(key: string, schema: JsonSchema, owner: string | undefined): Properties {
  const { description } = schema;
  if (isRoleName(key)) return membersOf(key, schema);
  if (schema.anyOf !== undefined) return listOrWord(key, schema);
  const { plain: _, ...type } = typeOf(schema);
  const isOutput = outputKeys.includes(key) || (owner === "supportEventsTarget" && key === "project");
  return { [key]: { description, ...type, ...(isOutput ? {} : { plain: true }) } };
}

function membersOf(key: string, schema: JsonSchema): Properties {
  const description = `More \`${key}\`, each with a key that names its grant in the state. Use it for members that are Outputs. Default: none.`;
  return {
    [key]: { description: schema.description, ...typeOf(schema) },
    [namedKey(key)]: { description, type: "object", additionalProperties: { type: "string" }, plain: true },
  };
}

/** A list, or a word in its place. The word, which the description explains last, is a key of its own here. */
function listOrWord(key: string, { description = "", anyOf = [] }: JsonSchema): Properties {
  const [list] = anyOf.filter((one): one is JsonSchema => typeof one === "object" && one.type === "array");
  const [ofList = "", ofWord] = description.split(", or `contacts`: ");
  if (ofWord === undefined) throw new Error(`the description of ${key} does not explain contacts`);
  const instead = `\`true\`: ${ofWord.replace(/\.$/, "")}, in place of a list in \`${key}\`. Default: \`false\`.`;
  return {
    [key]: { description: `${ofList}.`, ...typeOf(list ?? {}) },
    [contactsKey(key)]: { description: instead, type: "boolean", plain: true },
  };
}

function contacts(): ObjectType {
  const { properties, patternProperties = {} } = definition("contacts");
  const [contact] = Object.values(patternProperties) as JsonSchema[];
  const categories = notificationCategoryNames.map((name) => [categoryKey(name), propertyOf(properties[name])]);
  return {
    type: "object",
    description: "Essential Contacts, by notification category and by address.",
    properties: {
      ...(Object.fromEntries(categories) as Properties),
      [byAddress]: {
        description: "Contacts by address, each with its categories and language. Default: none.",
        type: "object",
        additionalProperties: typeOf(contact ?? {}),
        plain: true,
      },
    },
    required: [],
  };
}

function propertyOf(schema: JsonSchema = {}): PropertySpec {
  return { description: schema.description, ...typeOf(schema) };
}

function typeOf(schema: JsonSchema): TypeSpec {
  const [whole] = schema.allOf ?? [];
  if (whole !== undefined) return typeOf(whole);
  if (schema.$ref !== undefined) return typeOfDefinition(schema.$ref.split("/").at(-1) ?? "");
  if (schema.enum !== undefined) return { ...typeOfName(enumName(schema.title)), plain: true };
  if (schema.const === true || schema.type === "boolean") return { type: "boolean", plain: true };
  if (schema.type === "array") return { type: "array", items: typeOf(schema.items as JsonSchema), plain: true };
  if (schema.type === "string") return { type: "string", plain: true };
  const [value] = Object.values(schema.patternProperties ?? {}) as JsonSchema[];
  if (value !== undefined) return { type: "object", additionalProperties: typeOf(value), plain: true };
  throw new Error(`plugin/schema/types.ts knows no type for ${JSON.stringify(schema)}`);
}

function typeOfDefinition(name: string): TypeSpec {
  return definition(name).properties === undefined
    ? typeOf(definition(name))
    : { ...typeOfName(capital(name)), plain: true };
}

function definition(name: string): MapSchema {
  const found = definitions[name];
  if (found === undefined) throw new Error(`the config's schema has no ${name}`);
  return found as MapSchema;
}

function capital(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

interface Names {
  /** The type's name. */
  readonly name: string;
  readonly description: string;
  /** Each name with its meaning. */
  readonly values: Readonly<Record<string, string>>;
  /** The name of a value in a program. @default the value in Pascal case */
  readonly called?: Readonly<Record<string, string>>;
}

const mapped = <Value>(data: Readonly<Record<string, Value>>, what: (value: Value) => string) =>
  Object.fromEntries(Object.entries(data).map(([name, value]) => [name, what(value)]));

const displayName = (one: { readonly displayName: string }) => one.displayName;

/** By the title of a value in the config's schema (../../onboarding/values.ts). */
const names: Readonly<Record<string, Names>> = {
  plan: { name: "Plan", description: "A support plan.", values: mapped(plans, ({ audience }) => `For ${audience}.`) },
  "value-added service": {
    name: "ValueAddedService",
    description: "A service that can be bought in addition to a plan.",
    values: mapped(valueAddedServices, displayName),
  },
  service: {
    name: "ServiceName",
    description: "A service of the guide.",
    values: mapped(services, ({ displayName, purpose }) => `${displayName}: ${purpose}.`),
    called: mapped(services, displayName),
  },
  "notification category": {
    name: "NotificationCategory",
    description: "The kind of notifications that a contact gets.",
    values: mapped(notificationCategories, ({ purpose }) => purpose),
  },
  priority: {
    name: "CasePriority",
    description: "The priority of a case.",
    values: mapped(casePriorities, displayName),
  },
  channel: {
    name: "CaseChannel",
    description: "How Customer Care answers.",
    values: Object.fromEntries(caseChannels.map((name) => [name, ""])),
  },
  "language of Customer Care": {
    name: "CaseLanguage",
    description: "A language in which Customer Care answers.",
    values: mapped(caseLanguages, displayName),
    called: mapped(caseLanguages, displayName),
  },
  "kind of events": {
    name: "AlertEvents",
    description: "The events that an alert is for.",
    values: mapped(alertEvents, ({ purpose }) => `${purpose}.`),
  },
  relevance: {
    name: "Relevance",
    description: "How an incident is related to a project.",
    values: mapped(relevances, () => ""),
  },
  reason: {
    name: "EscalationReason",
    description: "The reason for an escalation.",
    values: mapped(escalationReasons, ({ meaning }) => `${meaning}.`),
  },
};

/** The name of the enum type for a title. */
function enumName(title: string | undefined): string {
  const { name } = names[title ?? ""] ?? {};
  if (name === undefined) throw new Error(`plugin/schema/types.ts has no type for the names of a ${String(title)}`);
  return name;
}

function enumTypes(): Record<string, EnumType> {
  return Object.fromEntries(
    Object.values(names).map(({ name, description, values, called = {} }) => [
      tokenOf(name),
      {
        type: "string",
        description,
        enum: Object.entries(values).map(([value, meaning]) => ({
          name: capitals(called[value] ?? value),
          value,
          ...(meaning === "" ? {} : { description: meaning }),
        })),
      },
    ]),
  );
}

/** `product-updates` → `ProductUpdates` */
function capitals(words: string): string {
  return words
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}
