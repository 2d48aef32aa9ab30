/** The names that a config may use, as types of each language, from the guide's data. */
import {
  caseChannels,
  caseLanguages,
  casePriorities,
  escalationReasons,
  notificationCategories,
  plans,
  services,
  valueAddedServices,
} from "../../guide/index.ts";
import { tokenOf } from "./spec.ts";
import type { EnumType } from "./spec.ts";

interface Names {
  /** The type's name. */
  readonly name: string;
  readonly description: string;
  /** Each name, with what it stands for. */
  readonly values: Readonly<Record<string, string>>;
  /** What a value is called in a program. @default the value, with a capital for each of its words */
  readonly called?: Readonly<Record<string, string>>;
}

const mapped = <Value>(data: Readonly<Record<string, Value>>, what: (value: Value) => string) =>
  Object.fromEntries(Object.entries(data).map(([name, value]) => [name, what(value)]));

const displayName = (one: { readonly displayName: string }) => one.displayName;

/** Under the title that a value of the config has (../../onboarding/values.ts). */
const names: Readonly<Record<string, Names>> = {
  plan: { name: "Plan", description: "A support plan.", values: mapped(plans, ({ audience }) => `For ${audience}.`) },
  "value-added service": {
    name: "ValueAddedService",
    description: "What can be bought on top of a plan.",
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
    description: "What a contact is told of.",
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
  reason: {
    name: "EscalationReason",
    description: "Why a case is escalated.",
    values: mapped(escalationReasons, ({ meaning }) => `${meaning}.`),
  },
};

/** The name of the type for a value with that title. */
export function enumName(title: string | undefined): string {
  const { name } = names[title ?? ""] ?? {};
  if (name === undefined) throw new Error(`plugin/schema/enums.ts has no type for the names of a ${String(title)}`);
  return name;
}

export function enumTypes(): Record<string, EnumType> {
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
