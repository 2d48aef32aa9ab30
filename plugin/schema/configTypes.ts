/** The config's shape as types of the package: what a document has in YAML, a program has in its own language. */
import { configSchemas } from "../../config/jsonSchema.ts";
import type { JsonSchema, MapSchema } from "../../config/jsonSchema.ts";
import { roleNames } from "../../guide/index.ts";
import { enumName, enumTypes } from "./enums.ts";
import { tokenOf, typeOfName } from "./spec.ts";
import type { EnumType, ObjectType, Properties, PropertySpec, TypeSpec } from "./spec.ts";

const { config, definitions } = configSchemas();

/** A map of the config, by the name that the schema gives it, such as `testCase`; without one, the config itself. */
export function configProperties(name?: string): { readonly properties: Properties; readonly required: string[] } {
  const map = name === undefined ? config : definition(name);
  return {
    properties: Object.fromEntries(Object.entries(map.properties).map(([key, value]) => [key, propertyOf(key, value)])),
    required: (map["required"]) ?? [],
  };
}

/** The types that the config's properties refer to. */
export function configTypes(): Record<string, ObjectType | EnumType> {
  const objects = Object.entries(definitions).flatMap(([name, { description, properties }]) => {
    if (properties === undefined || name === "contacts") return [];
    return [[tokenOf(capital(name)), { type: "object", description, ...configProperties(name) }] as const];
  });
  return { ...Object.fromEntries(objects), ...enumTypes() };
}

/** What a landing zone knows only later: what a component takes as an Output (../../components/args.ts). */
const knownLater = ["id", "folderId", "projectId"];

function propertyOf(key: string, schema: JsonSchema): PropertySpec {
  const { description } = schema;
  if ((roleNames as readonly string[]).includes(key)) return { description: membersText(description), ...members };
  const { plain: _, ...type } = typeOf(schema);
  return { description, ...type, ...(knownLater.includes(key) ? {} : { plain: true }) };
}

/** A list, or members that are known later, each under its name in the state. */
const members: TypeSpec = {
  oneOf: [
    { type: "array", items: { type: "string", plain: true }, plain: true },
    { type: "object", additionalProperties: { type: "string" }, plain: true },
  ],
  plain: true,
};

function membersText(description: string | undefined): string {
  return `${description ?? ""} A list, or a map in which a member that is an Output stands under a name of its own.`;
}

/** By notification category, or by address. */
const contacts: TypeSpec = {
  type: "object",
  additionalProperties: {
    oneOf: [
      { type: "array", items: { type: "string", plain: true }, plain: true },
      { ...typeOfName("Contact"), plain: true },
    ],
    plain: true,
  },
  plain: true,
};

function typeOf(schema: JsonSchema): TypeSpec {
  const [whole] = (schema.allOf ?? []);
  if (whole !== undefined) return typeOf(whole);
  if (schema.$ref !== undefined) return typeOfDefinition(schema.$ref.split("/").at(-1) ?? "");
  if (schema.enum !== undefined) return { ...typeOfName(enumName(schema.title)), plain: true };
  if (schema.const === true || schema.type === "boolean") return { type: "boolean", plain: true };
  if (schema.type === "array") return { type: "array", items: typeOf(schema.items as JsonSchema), plain: true };
  if (schema.type === "string") return { type: "string", plain: true };
  const [value] = Object.values(schema.patternProperties ?? {}) as JsonSchema[];
  if (value !== undefined) return { type: "object", additionalProperties: typeOf(value), plain: true };
  throw new Error(`plugin/schema/configTypes.ts knows no type for ${JSON.stringify(schema)}`);
}

function typeOfDefinition(name: string): TypeSpec {
  if (name === "contacts") return contacts;
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
