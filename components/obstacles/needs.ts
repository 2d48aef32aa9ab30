/** What an update would create at a place, as far as it is known in the preview, and the permissions that it needs for that. */
import { updatePermissions } from "../../guide/index.ts";
import type { Level, ResourceName, RolePermissions } from "../../guide/index.ts";
import type { Need } from "./need.ts";
import { needsOfEvents } from "./supportEvents.ts";
import type { WantedEvents } from "./supportEvents.ts";

export interface WantedCase {
  readonly adopt?: string | undefined;
  readonly escalation?: unknown;
}

export interface WantedAlerts {
  /** The addresses that get a notification channel. */
  readonly addresses: readonly string[];
  /** The names of existing notification channels, and Outputs. */
  readonly channels: readonly unknown[];
  /** Whether an update creates the policy, instead of changing it. @default true */
  readonly isNew?: boolean;
  /** The names of policies of the stack that are no component's. */
  readonly plain?: readonly string[];
  /** All addresses and channels of the config, including those in the state. @default these */
  readonly whole?: Pick<WantedAlerts, "addresses" | "channels">;
}

export interface Wanted extends WantedEvents {
  readonly level: Level;
  readonly resource: ResourceName;
  readonly services: readonly string[];
  readonly grants: readonly WantedGrant[];
  readonly contacts: readonly { readonly email: string }[];
  readonly alerts?: WantedAlerts | undefined;
  /** The test case, if it is for this place. */
  readonly testCase?: WantedCase | undefined;
  /** The config of each project below a folder with `everyProject`. */
  readonly everyProject?: unknown;
}

export interface WantedGrant {
  readonly role: string;
  readonly member: string;
}

/** Whether an update would create anything. */
export function createsAnything({
  services,
  grants,
  contacts,
  alerts,
  testCase,
  topic,
  subscription,
}: Wanted): boolean {
  const single = [alerts, testCase, topic, subscription];
  return services.length + grants.length + contacts.length > 0 || single.some((one) => one !== undefined);
}

const { grantRoles, createContacts, changeContacts, createAlerts, changeAlerts } = updatePermissions;
const { seeProject, enableServices, findProjects } = updatePermissions;
const { createCase, escalateCase, changeCase, seeOrganization } = updatePermissions;

/** The permissions to create what later updates change. */
const managing = (part: "contacts" | "alerts", create: RolePermissions, change: RolePermissions): Need => ({
  ...create,
  part,
  purpose: `manage ${part}`,
  permissions: [...create.permissions, ...change.permissions].sort(),
  later: change.permissions,
});

const contacts = managing("contacts", createContacts, changeContacts);
const alertsNeed = managing("alerts", createAlerts, changeAlerts);

/** An adopted case needs no permissions to create or search cases. */
const cases = ({ adopt, escalation }: WantedCase): Need => ({
  ...changeCase,
  part: "case",
  purpose: adopt === undefined ? "create the test case" : "adopt the case",
  permissions: [
    ...(adopt === undefined ? createCase.permissions : []),
    ...(escalation === undefined ? [] : escalateCase.permissions),
    ...changeCase.permissions,
  ],
});

export function needsOf({
  level,
  grants,
  contacts: addresses,
  services: names,
  alerts,
  testCase,
  everyProject,
  ...events
}: Wanted): Need[] {
  return [
    ...(everyProject !== undefined
      ? [{ ...findProjects, part: "listing", purpose: "find the projects below the folder" } as const]
      : []),
    ...(names.length > 0
      ? [
          { ...seeProject, part: "services", purpose: "see the project" } as const,
          { ...enableServices, part: "services", purpose: "enable services" } as const,
        ]
      : []),
    ...(grants.length > 0 ? [{ ...grantRoles[level], part: "grants", purpose: "grant roles" } as const] : []),
    ...(addresses.length > 0 ? [contacts] : []),
    ...(alerts !== undefined ? [alertsNeed] : []),
    ...(testCase === undefined ? [] : [cases(testCase)]),
    ...(testCase !== undefined && level === "organization"
      ? [{ ...seeOrganization, part: "case", purpose: "create the test case" } as const]
      : []),
    ...needsOfEvents(events),
  ];
}
