/** Lists the guide's resources in the local cloud, and those of a config, one sorted line each. */
import { notificationCategories } from "../../guide/index.ts";
import { placesOf } from "../../onboarding/index.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import type { State } from "../localCloud/index.ts";

export interface Holdings {
  /** Such as `projects/shop-dev cloudsupport.googleapis.com`. */
  readonly services: readonly string[];
  /** Such as `projects/shop-dev roles/cloudsupport.techSupportEditor user:ada@example.com`. */
  readonly grants: readonly string[];
  /** Such as `projects/shop-dev oncall@example.com TECHNICAL en`. */
  readonly contacts: readonly string[];
  /** Whom alert policies notify, such as `projects/shop-dev oncall@example.com`, or the name of a channel without an address. */
  readonly alerts: readonly string[];
  /** Such as `projects/shop-dev/cases/43595344 CLOSED`. */
  readonly cases: readonly string[];
}

/** `projects/shop-dev`, of the name of a resource in it. */
const projectOf = (name: string) => name.split("/").slice(0, 2).join("/");

/** Everything in the cloud, from any creator. */
export function holdingsOf(state: State): Holdings {
  const projects = [...state.projects.values()];
  const idOf = new Map(projects.map(({ name, projectId }) => [name, `projects/${projectId}`]));
  const resources = [...state.organizations.values(), ...state.folders.values(), ...projects];
  return {
    services: projects
      .flatMap(({ projectId, services }) => [...services.keys()].map((name) => `projects/${projectId} ${name}`))
      .sort(),
    grants: resources
      .flatMap(({ name, policy }) =>
        policy.bindings.flatMap(({ role, members, condition }) =>
          members.map((member) =>
            [idOf.get(name) ?? name, role, member, condition === undefined ? "" : `if ${condition.expression}`]
              .filter(Boolean)
              .join(" "),
          ),
        ),
      )
      .sort(),
    contacts: [...state.contacts.values()]
      .map(({ name, email, notificationCategorySubscriptions, languageTag }) => {
        const parent = name.split("/").slice(0, 2).join("/");
        return `${idOf.get(parent) ?? parent} ${email} ${notificationCategorySubscriptions.join(",")} ${languageTag}`;
      })
      .sort(),
    alerts: [...state.alertPolicies.values()]
      .flatMap(({ name, notificationChannels = [] }) =>
        notificationChannels.map((channel) => {
          const to = state.notificationChannels.get(channel)?.labels["email_address"];
          return `${projectOf(name)} ${to ?? channel}`;
        }),
      )
      .sort(),
    cases: [...state.cases.values()].map(({ name, state: caseState }) => `${name} ${caseState}`).sort(),
  };
}

/** The resources of the config, with the organization's number. */
export function holdingsAsked(config: CustomerCareConfig, organizationId: string): Omit<Holdings, "cases"> {
  const places = placesOf(config, organizationId);
  return {
    services: places.flatMap(({ resource, services }) => services.map((service) => `${resource} ${service}`)).sort(),
    grants: places
      .flatMap(({ resource, grants }) => grants.map(({ role, member }) => `${resource} ${role} ${member}`))
      .sort(),
    contacts: places
      .flatMap(({ resource, contacts }) =>
        contacts.map(
          ({ email, categories, language }) =>
            `${resource} ${email} ${categories.map((category) => notificationCategories[category].apiName).join(",")} ${language}`,
        ),
      )
      .sort(),
    alerts: places
      .flatMap(({ resource, alerts }) =>
        [...(alerts?.addresses ?? []), ...(alerts?.channels ?? [])].map((to) => `${resource} ${to}`),
      )
      .sort(),
  };
}
