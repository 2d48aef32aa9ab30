/** The model of a project's alerts: who is notified of which incidents, with the problems of a config that names nobody. */
import {
  alertFilter,
  defaultAlertEvents,
  incidentCategory,
  maxAlertChannels,
  maxFilterLength,
  notifiedContacts,
} from "../guide/index.ts";
import type { AlertEvents, Relevance } from "../guide/index.ts";
import { isChannel, ofContacts } from "./alertsSchema.ts";
import type { Contact, Place, ServiceHealthAlerts } from "./places.ts";
import { formatPath, show } from "./problems.ts";
import type { Problem } from "./problems.ts";

export interface WrittenServiceHealth<Value> {
  readonly notify: typeof ofContacts | readonly Value[];
  readonly on?: AlertEvents | undefined;
  readonly products?: readonly string[] | undefined;
  readonly locations?: readonly string[] | undefined;
  readonly relevance?: readonly Relevance[] | undefined;
}

export interface WrittenAlerts<Value> {
  readonly serviceHealth: WrittenServiceHealth<Value>;
}

/** @param contacts The contacts of the project, and of each place above it. */
export function alertsOf<Value>(
  { notify, on = defaultAlertEvents, products = [], locations = [], relevance = [] }: WrittenServiceHealth<Value>,
  contacts: readonly (readonly Contact[])[],
): ServiceHealthAlerts<Value | string> {
  const isOfContacts = notify === ofContacts;
  const recipients: readonly (Value | string)[] = isOfContacts ? incidentAddresses(contacts) : notify;
  const texts = recipients.filter((one) => typeof one === "string");
  return {
    addresses: sorted(texts.filter((one) => !isChannel(one))),
    channels: [...sorted(texts.filter(isChannel)), ...recipients.filter((one) => typeof one !== "string")],
    isOfContacts,
    on,
    products: sorted(products),
    locations: sorted(locations),
    relevance: sorted(relevance),
  };
}

/** The addresses that Google notifies of incidents. */
function incidentAddresses(places: readonly (readonly Contact[])[]): string[] {
  return sorted(places.flatMap((contacts) => notifiedContacts(contacts, incidentCategory).map(({ email }) => email)));
}

/** Sorted, without duplicates, because order in a config is not significant. */
function sorted<Text extends string>(texts: readonly Text[]): Text[] {
  return [...new Set(texts)].sort();
}

/**
 * The problems of a place's alerts as written.
 *
 * @param written The config of the alerts.
 */
export function alertProblems(
  { path, id, idPath, level }: Pick<Place, "path" | "id" | "idPath" | "level">,
  written: WrittenServiceHealth<string>,
  isUnknown: (path: readonly string[]) => boolean,
): Problem[] {
  const at = [...path, "alerts", "serviceHealth"];
  const { notify } = written;
  if (level !== "project" || notify === ofContacts) return [];
  const isEveryProject = path.at(-1) === "everyProject";
  // For an ID that is an Output, the place has the key in the config.
  const isIdKnown = !isUnknown(idPath) && !isUnknown([...path, "projectId"]);
  return notify.flatMap((channel, index): Problem[] => {
    if (!isChannel(channel) || isUnknown([...at, "notify", String(index)])) return [];
    const [, project = ""] = channel.split("/");
    if (isEveryProject)
      return [
        {
          path: [...at, "notify", index],
          message: `${show(channel)} belongs to the project ${project} only, and each project needs its own; write e-mail addresses, or configure ${project} under projects`,
        },
      ];
    return id === undefined || id === "" || id === project || !isIdKnown
      ? []
      : [
          {
            path: [...at, "notify", index],
            message: `${show(channel)} belongs to another project, and a policy of ${id} can use only channels of ${id}; write the name of one of its channels, or an e-mail address`,
          },
        ];
  });
}

/** The problem of a filter that Google would refuse. */
export function filterProblems({ path, alerts }: Pick<Place, "path" | "alerts">): Problem[] {
  const length = alerts === undefined ? 0 : alertFilter(alerts).length;
  if (length <= maxFilterLength) return [];
  return [
    {
      path: [...path, "alerts", "serviceHealth"],
      message: `needs a filter of ${String(length)} characters for its products and locations, and Google allows at most ${String(maxFilterLength)}; write fewer of them, or parts of their names, such as "SQL"`,
    },
  ];
}

/**
 * The problems of who is notified, with the contacts of all places.
 *
 * @param isDoubtful Whether a value at or below the path is wrong, and so missing from the model.
 */
export function recipientProblems(
  { path, alerts }: Pick<Place, "path" | "alerts">,
  contactPaths: readonly (readonly string[])[],
  isDoubtful: (path: readonly string[]) => boolean,
): Problem[] {
  if (alerts === undefined) return [];
  const { isOfContacts, addresses, channels } = alerts;
  const notify = [...path, "alerts", "serviceHealth", "notify"];
  const count = addresses.length + channels.length;
  if (count > maxAlertChannels)
    return [
      {
        path: notify,
        message: `has ${String(count)} recipients, and Google allows at most ${String(maxAlertChannels)} for a policy; write the address of a group instead`,
      },
    ];
  if (!isOfContacts || count > 0 || contactPaths.some(isDoubtful)) return [];
  return [
    {
      path: notify,
      message: `is contacts, but nobody is the contact for incidents in ${contactPaths.map(formatPath).join(", ")}; write a contact for ${incidentCategory} there, or a list such as ["oncall@example.com"]`,
    },
  ];
}
