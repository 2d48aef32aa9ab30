/** The config's reference, docs/reference/config.md: a list of keys for each level, made from the JSON Schema, and the guide's names. */
import {
  caseLanguageNames,
  caseLanguages,
  casePriorities,
  casePriorityNames,
  notificationCategories,
  notificationCategoryNames,
  planNames,
  plans,
  roleNames,
  roles,
  serviceNames,
  services,
  valueAddedServiceNames,
  valueAddedServices,
} from "../guide/index.ts";
import type { Plan } from "../guide/index.ts";
import { configSchemas } from "./jsonSchema.ts";
import type { JsonSchema } from "./jsonSchema.ts";
import { membersSection, referenceSections } from "./referenceSections.ts";
import type { ReferenceSection } from "./referenceSections.ts";
import { oneOf } from "./problems.ts";

const { config, definitions } = configSchemas();

const introduction = `<!-- Made by \`npm run generate\` from onboarding/schema.ts and guide/. Change those. -->

# The config

For those who write the config of a stack: each key, its type, its default and its meaning, with an example for each section.

The config of a stack is the file \`Pulumi.STACK.yaml\`. It follows the resource hierarchy in the console: an organization, folders and projects, with the same keys at each
level. Components take the same document as their args.

- All errors of the config are reported together, before anything is created. Each names the key, shows the value and says what to write.
- Order is not significant. E-mail addresses are compared in lower case.
- Editors with a YAML language server complete and check the file if its first lines contain
  \`# yaml-language-server: $schema=onboarding/stack.schema.json\`.
- Keys of other namespaces, such as \`gcp:project\`, belong to the providers.
- The config contains no secrets, because names in the state come from it.
`;

export function reference(): string {
  return [
    introduction,
    ...referenceSections.map((section) => [textOf(section), keysOf(section), exampleOf(section)].join("\n\n")),
    [textOf(membersSection), exampleOf(membersSection)].join("\n\n"),
    ...Object.values(lists).map(({ heading, table }) => `## ${heading}\n\n${table()}`),
    `## Roles\n\n${rolesTable()}`,
  ].join("\n\n");
}

const textOf = ({ heading, text }: ReferenceSection) => `## ${heading}\n\n${text}`;

const exampleOf = ({ example }: ReferenceSection) => `\`\`\`yaml\n${example}\`\`\``;

function keysOf({ definition }: ReferenceSection): string {
  const map = definition === undefined ? config : definitions[definition];
  const { properties = {}, patternProperties = {}, required = [] } = map ?? {};
  const keys = Object.entries(properties).map(([key, value]) =>
    keyLine(code(key), value as JsonSchema, required.includes(key)),
  );
  const patternKeys = Object.entries(patternProperties).map(([pattern, value]) =>
    keyLine(titleOfPattern(pattern), value as JsonSchema, false),
  );
  return [...keys, ...patternKeys].join("\n");
}

/** A description ends in what applies if the key is absent: `Default: …` or `It or …`. */
function keyLine(key: string, value: JsonSchema, isRequired: boolean): string {
  const description = value.description ?? resolved(value).description ?? "";
  const [, meaning = description, alternative, byDefault] =
    /^(.*?)(?: It or (.*)\.)?(?: Default: (.*)\.)?$/s.exec(description) ?? [];
  const absent = alternative === undefined ? `default: ${byDefault ?? "none"}` : `required, or ${alternative}`;
  return `- ${key} (${typeInWords(value)}; ${isRequired ? "required" : absent}). ${meaning}`;
}

function typeInWords(value: JsonSchema): string {
  const name = referenceOf(value);
  if (name !== undefined) return linkTo(name) ?? typeInWords(resolved(value));
  if (value.type === "array") return `list of ${plural(typeInWords(value.items as JsonSchema))}`;
  if (value.type === "boolean") return value.const === undefined ? "`true` or `false`" : code(String(value.const));
  const [entry] = Object.values(value.patternProperties ?? {});
  if (entry !== undefined) return `map of ${plural(typeInWords(entry as JsonSchema))}`;
  if (value.type === "object") {
    const keys = Object.entries(value.properties ?? {}).map(
      ([key, one]) => `${code(key)} (${typeInWords(one as JsonSchema)})`,
    );
    return `map of ${keys.join(" and ")}`;
  }
  const list = lists[value.title ?? ""];
  if (list !== undefined) return link(value.title ?? "", list.heading);
  if (value.enum !== undefined) return oneOf(value.enum.map((name) => code(String(name))));
  if (value.title === undefined && value.type !== "string")
    throw new Error(`the reference has no words for ${JSON.stringify(value)}`);
  return value.title ?? "text";
}

function referenceOf({ $ref, allOf }: JsonSchema): string | undefined {
  return ($ref ?? allOf?.[0]?.$ref)?.split("/").at(-1);
}

function resolved(value: JsonSchema): JsonSchema {
  return definitions[referenceOf(value) ?? ""] ?? value;
}

function linkTo(definition: string): string | undefined {
  const sections = [...referenceSections, { ...membersSection, definition: "member" }];
  const section = sections.find((one) => one.definition === definition);
  return section && link(definition === "member" ? definition : section.heading.toLowerCase(), section.heading);
}

/** What a map's keys are that match the pattern. */
function titleOfPattern(pattern: string): string {
  return `any ${Object.values(definitions).find((one) => one.pattern === pattern)?.title ?? "name"}`;
}

/** The guide's names, by the title that the schema gives to their type. */
const lists: Readonly<Record<string, { readonly heading: string; readonly table: () => string }>> = {
  plan: {
    heading: "Plans",
    table: () =>
      table(
        ["plan", "for", "Cloud Support API", "case priorities", "value-added services"],
        planNames.map((name) => {
          const plan: Plan = plans[name];
          return [
            code(name),
            plan.audience,
            plan.cloudSupportApi ? "yes" : "no, hence no test case",
            plan.casePriorities.map(code).join(", ") || "none",
            plan.valueAddedServices.map(code).join(", ") || "none",
          ];
        }),
      ),
  },
  "value-added service": {
    heading: "Value-added services",
    table: () =>
      table(
        ["value-added service", "Google's name", "plans"],
        valueAddedServiceNames.map((name) => [
          code(name),
          valueAddedServices[name].displayName,
          planNames
            .filter((plan) => (plans[plan] as Plan).valueAddedServices.includes(name))
            .map(code)
            .join(", "),
        ]),
      ),
  },
  "service of the guide": {
    heading: "Services",
    table: () =>
      table(
        ["service", "Google's name", "enabled to", "by default"],
        serviceNames.map((name) => [
          code(name),
          services[name].displayName,
          services[name].purpose,
          services[name].default ? "yes" : "no",
        ]),
      ),
  },
  "notification category": {
    heading: "Notification categories",
    table: () =>
      table(
        ["category", "in the API", "notifications"],
        notificationCategoryNames.map((name) => [
          code(name),
          code(notificationCategories[name].apiName),
          notificationCategories[name].purpose,
        ]),
      ),
  },
  priority: {
    heading: "Case priorities",
    table: () =>
      table(
        ["priority", "the form's words", "plans"],
        casePriorityNames.map((name) => [
          code(name),
          casePriorities[name].displayName,
          planNames
            .filter((plan) => (plans[plan] as Plan).casePriorities.includes(name))
            .map(code)
            .join(", "),
        ]),
      ),
  },
  "language of Customer Care": {
    heading: "Case languages",
    table: () =>
      table(
        ["language", "in English"],
        caseLanguageNames.map((name) => [code(name), caseLanguages[name].displayName]),
      ),
  },
};

function rolesTable(): string {
  return table(
    ["key", "role", "Google's name", "may be granted at", "its holders"],
    roleNames.map((name) => {
      const { role, displayName, levels, purpose } = roles[name];
      return [code(name), code(role), displayName, levels.join(", "), purpose];
    }),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const code = (text: string) => `\`${text}\``;

const link = (text: string, heading: string) => `[${text}](#${heading.toLowerCase().replaceAll(" ", "-")})`;

/** The plural of a word, also where it is the text of a link. */
function plural(words: string): string {
  return words.replace(/(y|s)?(?=$|\]\()/, (end: string) => ({ y: "ies", s: "ses" })[end] ?? "s");
}
