/**
 * Writes the addresses of contacts into the alerts of a config, so that the alerts stay the same in a config without the places
 * above the project.
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
    place: One,
    path: string,
  ): One => {
    const notify = addresses.get(path);
    if (place.alerts === undefined || notify === undefined) return place;
    return { ...place, alerts: { ...place.alerts, serviceHealth: { ...place.alerts.serviceHealth, notify } } };
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
