/**
 * The JSON Schema of a stack's config file, for editors. It is generated from schema.ts, plus the cross checks that JSON
 * Schema can express. It can accept what check.ts rejects, never the opposite. Draft 7, because the YAML language server
 * supports it best.
 */
import { z } from "zod";
import { planNames, plans } from "../guide/index.ts";
import { emailAddressPattern } from "./emailAddress.ts";
import { acknowledgeableIds, acknowledgedPattern, findingIds } from "./findings.ts";
import { schema } from "./schema.ts";
import { projectIdPattern, resourceNumberPattern } from "./values.ts";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

export type MapSchema = JsonSchema & { readonly properties: Record<string, JsonSchema> };

/** The prefix of the config's keys in a stack's file: the project's name in Pulumi.yaml. */
const namespace = "customer-care";

const inNamespace = (key: string) => `${namespace}:${key}`;

/** The config's schema, and the definitions that it refers to. */
export function configSchemas(): { readonly config: MapSchema; readonly definitions: Record<string, JsonSchema> } {
  const { definitions = {}, ...config } = z.toJSONSchema(schema, { target: "draft-07", override: requireUniqueItems });
  const { contacts, organization, testCase, ...others } = definitions as Record<string, MapSchema>;
  const properties = config.properties as Record<string, JsonSchema>;
  const byId = {
    folders: keyedById(properties["folders"], resourceNumberPattern, "folderId"),
    projects: keyedById(properties["projects"], projectIdPattern, "projectId"),
  };
  return {
    config: {
      ...config,
      properties: { ...properties, ...byId, acknowledge: keyedByFinding(properties["acknowledge"]) },
    },
    definitions: {
      ...others,
      contacts: keyedByAddress(contacts),
      organization: { ...organization, ...eitherOf("domain", "id") },
      testCase: { ...testCase, ...eitherOf("project", "organization"), ...chatInEnglishOnly },
    },
  };
}

/** The schema of a whole `Pulumi.STACK.yaml`. It requires no key, because Pulumi.yaml can set it for all stacks. */
export function stackFileSchema(): JsonSchema {
  const { config, definitions } = configSchemas();
  const { acknowledge } = config.properties;
  const properties = Object.entries({ ...config.properties, acknowledge: withFindings(acknowledge) }).map(
    ([key, value]) => [inNamespace(key), value] as const,
  );
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "A stack of customer-care",
    description:
      "The config of a stack, under the keys of Pulumi's config file. docs/reference/config.md describes it.",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries(properties),
        patternProperties: { [`^(?!${namespace}:)[^:]+:.`]: { description: "The key of a provider, such as gcp." } },
        additionalProperties: false,
        allOf: planNames.map(planRule),
      },
    },
    definitions,
  };
}

function requireUniqueItems({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.type === "array") jsonSchema.uniqueItems = true;
}

/** A map whose keys are IDs, or names of entries with `idKey`. */
function keyedById(map: JsonSchema | undefined, idPattern: RegExp, idKey: string): JsonSchema {
  const { additionalProperties: entry, propertyNames: _, ...rest } = map ?? {};
  return {
    ...rest,
    patternProperties: { [idPattern.source]: entry as JsonSchema },
    additionalProperties: { allOf: [entry as JsonSchema], required: [idKey] },
  };
}

/** A map whose keys are notification categories or addresses. */
function keyedByAddress({ additionalProperties: contact, ...rest }: JsonSchema = {}): JsonSchema {
  return {
    ...rest,
    patternProperties: { [emailAddressPattern.source]: contact as JsonSchema },
    additionalProperties: false,
  };
}

/** A map whose keys are names of findings, alone or followed by a place. */
function keyedByFinding(map: JsonSchema | undefined): JsonSchema {
  const { additionalProperties: reason, propertyNames: _, ...rest } = map ?? {};
  return {
    ...rest,
    patternProperties: { [`${acknowledgedPattern}(?: \\S.*)?$`]: reason as JsonSchema },
    additionalProperties: false,
  };
}

/** Adds each finding's name as a property, so that editors complete the names and show their meanings. */
function withFindings(map: JsonSchema = {}): JsonSchema {
  const [reason = {}] = Object.values(map.patternProperties ?? {}) as JsonSchema[];
  const meanings = acknowledgeableIds.map((id) => [id, { ...reason, description: `${findingIds[id]}.` }] as const);
  return {
    ...map,
    properties: Object.fromEntries(meanings),
    patternProperties: { [`${acknowledgedPattern} \\S.*$`]: reason },
  };
}

function eitherOf(one: string, other: string): JsonSchema {
  return { oneOf: [{ required: [one] }, { required: [other] }] };
}

const chatInEnglishOnly: JsonSchema = {
  if: { properties: { channel: { const: "chat" } }, required: ["channel"] },
  then: { properties: { language: { const: "en" } } },
};

/** Rejects what a plan does not include. */
function planRule(name: (typeof planNames)[number]): JsonSchema {
  const { cloudSupportApi, casePriorities, escalations, valueAddedServices } = plans[name];
  return {
    if: { properties: { [inNamespace("plan")]: { const: name } }, required: [inNamespace("plan")] },
    then: {
      properties: {
        [inNamespace("valueAddedServices")]:
          valueAddedServices.length === 0 ? { maxItems: 0 } : { items: { enum: [...valueAddedServices] } },
        [inNamespace("testCase")]: cloudSupportApi
          ? { properties: { priority: { enum: [...casePriorities] }, ...(escalations ? {} : { escalation: false }) } }
          : false,
      },
    },
  };
}
