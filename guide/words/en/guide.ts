/** The English texts of the guide's data, under the report's names. */
import { caseLanguages, casePriorities } from "../../cases.ts";
import type { CaseChannel, CaseLanguage, CasePriority } from "../../cases.ts";
import { notificationCategories } from "../../notificationCategories.ts";
import type { NotificationCategory } from "../../notificationCategories.ts";
import { plans, valueAddedServices } from "../../plans.ts";
import type { PlanName, ValueAddedService } from "../../plans.ts";
import { otherCaseRoles, roles } from "../../roles.ts";
import type { RoleName } from "../../roles.ts";
import { apiTitles } from "../../services.ts";

/** The texts of one field, such as each plan's `audience`. */
function texts<Key extends string, Field extends string>(
  data: Readonly<Record<Key, Readonly<Record<Field, string>>>>,
  field: Field,
) {
  const entries = Object.entries<Readonly<Record<Field, string>>>(data).map(([key, value]) => [key, value[field]]);
  return Object.fromEntries(entries) as Record<Key, string>;
}

const channels: Readonly<Record<CaseChannel, string>> = { email: "e-mail", chat: "live chat (English only)" };

export const guide = {
  plans: texts<PlanName, "displayName">(plans, "displayName"),
  audiences: texts<PlanName, "audience">(plans, "audience"),
  valueAddedServices: texts<ValueAddedService, "displayName">(valueAddedServices, "displayName"),
  roles: texts<RoleName, "displayName">(roles, "displayName"),
  rolePurposes: texts<RoleName, "purpose">(roles, "purpose"),
  otherCaseRoles: texts<keyof typeof otherCaseRoles, "displayName">(otherCaseRoles, "displayName"),
  services: apiTitles,
  priorities: texts<CasePriority, "displayName">(casePriorities, "displayName"),
  languages: texts<CaseLanguage, "displayName">(caseLanguages, "displayName"),
  channels,
  categoryPurposes: texts<NotificationCategory, "purpose">(notificationCategories, "purpose"),
  categories: texts<NotificationCategory, "displayName">(notificationCategories, "displayName"),
  levels: { organization: "Organization", folder: "Folder", project: "Project" },
  caseStates: {
    STATE_UNSPECIFIED: "state unknown",
    NEW: "new",
    IN_PROGRESS_GOOGLE_SUPPORT: "in progress at Google",
    ACTION_REQUIRED: "waiting for you",
    SOLUTION_PROVIDED: "solution provided",
    CLOSED: "closed",
  },
  relevances: {
    IMPACTED: "impacted",
    RELATED: "related",
    PARTIALLY_RELATED: "partially related",
    NOT_IMPACTED: "not impacted",
    UNKNOWN: "impact unknown",
  },
  impactCategories: {
    COST: "Cost",
    SECURITY: "Security",
    PERFORMANCE: "Performance",
    MANAGEABILITY: "Manageability",
    SUSTAINABILITY: "Sustainability",
    RELIABILITY: "Reliability",
  },
  severities: { CRITICAL: "critical", HIGH: "high", MEDIUM: "medium", LOW: "low" },
};
