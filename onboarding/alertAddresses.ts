/**
 * Writes the addresses of contacts into the alerts of a config. Another stack, or a project without its folder, then has the
 * contacts of the places above it.
 */
import type { WrittenAlerts } from "./alerts.ts";
import { placesOfConfig } from "./onboarding.ts";
import type { Written } from "./onboarding.ts";

/** The same config with a list of addresses in place of each `notify: contacts`. */
export function withAlertAddresses<Config extends Written<unknown>>(config: Config): Config {
  const { folders, projects } = config;
  const addresses = new Map(
    placesOfConfig<unknown>(config)
      .flatMap((place) => [place, ...(place.everyProject === undefined ? [] : [place.everyProject])])
      .flatMap(({ path, alerts }) => (alerts?.isOfContacts ? [[path.join("/"), alerts.addresses] as const] : [])),
  );
  const withAddresses = <One extends { readonly alerts?: WrittenAlerts<unknown> | undefined }>(
    level: One,
    path: string,
  ): One => {
    const notify = addresses.get(path);
    if (level.alerts === undefined || notify === undefined) return level;
    return { ...level, alerts: { ...level.alerts, serviceHealth: { ...level.alerts.serviceHealth, notify } } };
  };
  return {
    ...config,
    ...(folders && {
      folders: mapValues(folders, ({ everyProject, ...folder }, key) => ({
        ...folder,
        ...(everyProject && { everyProject: withAddresses(everyProject, `folders/${key}/everyProject`) }),
      })),
    }),
    ...(projects && { projects: mapValues(projects, (project, key) => withAddresses(project, `projects/${key}`)) }),
  };
}

function mapValues<Value>(
  map: Readonly<Record<string, Value>>,
  of: (value: Value, key: string) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, of(value, key)]));
}
