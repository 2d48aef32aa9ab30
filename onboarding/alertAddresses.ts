/**
 * Writes the addresses of contacts into the alerts of a config. Another stack, or a project without its folder, then has the
 * contacts of the places above it.
 */
import type { Contacts } from "./places.ts";
import { incidentAddresses } from "./alerts.ts";
import type { WrittenAlerts } from "./alerts.ts";
import { contactsByAddress } from "./onboarding.ts";

/** The keys of a config, or of a component's args, that concern alerts. */
interface Level {
  readonly contacts?: Contacts | undefined;
  readonly alerts?: Pick<WrittenAlerts<unknown>, "serviceHealth"> | undefined;
}

export interface PartWithAlerts {
  readonly organization?: Level | undefined;
  readonly folders?: Readonly<Record<string, Level & { readonly everyProject?: Level | undefined }>> | undefined;
  readonly projects?: Readonly<Record<string, Level>> | undefined;
}

/** The same config with a list of addresses in place of each `notify: contacts`. */
export function withAlertAddresses<Config extends PartWithAlerts>(config: Config): Config {
  const { organization, folders, projects } = config;
  const top = organization?.contacts;
  return {
    ...config,
    ...(folders && {
      folders: mapValues(folders, (folder) =>
        folder.everyProject === undefined
          ? folder
          : { ...folder, everyProject: withAddresses(folder.everyProject, [folder.contacts, top]) },
      ),
    }),
    ...(projects && { projects: mapValues(projects, (project) => withAddresses(project, [top])) }),
  };
}

function withAddresses<One extends Level>(level: One, above: readonly (Contacts | undefined)[]): One {
  const { serviceHealth } = level.alerts ?? {};
  if (serviceHealth?.notify !== "contacts") return level;
  const notify = incidentAddresses([level.contacts, ...above].map((contacts) => contactsByAddress(contacts)));
  return { ...level, alerts: { ...level.alerts, serviceHealth: { ...serviceHealth, notify } } };
}

function mapValues<Value>(map: Readonly<Record<string, Value>>, of: (value: Value) => Value): Record<string, Value> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, of(value)]));
}
