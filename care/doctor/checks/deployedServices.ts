/** APIs that deployed alerts and support events need, and that somebody has disabled. An update that does not change them works. */
import { servicesOff } from "../../../components/internal.ts";
import { alertServices, supportEvents, titleOfApi } from "../../../guide/index.ts";
import { enableAgainCommand } from "../../shell.ts";
import type { StatesReading } from "../../stack/states.ts";
import type { Finding } from "../finding.ts";
import type { PlaceReadings } from "../readGoogle.ts";
import { newAt } from "../readings.ts";
import type { Readings } from "../readings.ts";
import { enableCommand } from "../remedies.ts";

export function deployedServiceFindings({ google, states, stack }: Readings): Finding[] {
  return google.places.flatMap((at) =>
    needsAt(at, states).flatMap(({ off, what, result }): Finding[] => {
      if (off.length === 0) return [];
      const { resource, services } = at.place;
      const [were, them] = off.length === 1 ? ["was", "it"] : ["were", "them"];
      const isOfStack = off.every((service) => (services as string[]).includes(service));
      return [
        {
          id: "service-disabled",
          level: "warning",
          where: resource,
          what: `${off.map((service) => titleOfApi(service)).join(" and ")} ${were} disabled outside of Pulumi, and ${what} need ${them}: ${result}.`,
          remedy: isOfStack
            ? enableAgainCommand(off, stack.name)
            : enableCommand(off.join(" "), resource.replace("projects/", "")),
        },
      ];
    }),
  );
}

/** All of them at the place. */
export const servicesOffOutside = (at: PlaceReadings, states: StatesReading): string[] =>
  needsAt(at, states).flatMap(({ off }) => off);

function needsAt(at: PlaceReadings, states: StatesReading) {
  const { place, enabledServices } = at;
  const { services: isNew, topic: newTopic } = newAt(at, states);
  const ofAlerts = place.alerts === undefined ? [] : alertServices;
  // Nobody's state has the service of an existing topic.
  const ofEvents = place.topic === undefined || (place.topic.isExisting && newTopic) ? [] : [supportEvents.service];
  const off = (needed: readonly (typeof isNew)[number][]) =>
    servicesOff(
      needed.filter((service) => !isNew.includes(service)),
      enabledServices?.value,
    );
  return [
    { off: off(ofAlerts), what: "alerts", result: "nobody is notified of incidents" },
    { off: off(ofEvents), what: "support events", result: "nobody gets them" },
  ];
}
