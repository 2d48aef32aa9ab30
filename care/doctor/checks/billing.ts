/** Projects without billing. */
import { consoleLinks } from "../../../guide/index.ts";
import type { Finding } from "../finding.ts";
import type { Readings } from "../readings.ts";
import { obstacleAt } from "../readings.ts";
import { quoted } from "../../shell.ts";

export function billingFindings({ google }: Readings): Finding[] {
  return google.places.flatMap((readings): Finding[] => {
    const obstacle = obstacleAt(readings);
    if (obstacle?.kind !== "unbilled") return [];
    const { account } = obstacle;
    const { resource } = readings.place;
    const id = resource.split("/")[1] ?? "";
    const isWithout = account === "";
    return [
      {
        id: "billing-disabled",
        level: "error",
        where: resource,
        what: isWithout
          ? "The project has no billing account."
          : `The project's billing account, ${account}, is closed.`,
        remedy: isWithout
          ? `gcloud billing projects link ${quoted(id)} --billing-account=ACCOUNT_ID`
          : consoleLinks.billing(resource),
      },
    ];
  });
}
