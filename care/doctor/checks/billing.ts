/** Projects without billing. */
import { consoleLinks } from "../../../guide/index.ts";
import type { Finding } from "../finding.ts";
import type { Readings } from "../readings.ts";
import { levelOfPlace, obstacleAt } from "../readings.ts";
import { quoted } from "../../shell.ts";

export function billingFindings({ google, states, config }: Readings): Finding[] {
  return google.places.flatMap((readings): Finding[] => {
    const obstacle = obstacleAt(readings);
    if (obstacle?.kind !== "unbilled") return [];
    const { account } = obstacle;
    const { resource, path, testCase } = readings.place;
    const [section, key = ""] = path;
    // An update skips a project that `everyProject` found, unless the test case needs it.
    const isFound = section === "projects" && !Object.hasOwn(config.projects ?? {}, key) && testCase === undefined;
    const id = resource.split("/")[1] ?? "";
    const isWithout = account === "";
    return [
      {
        id: "billing-disabled",
        level: isFound ? "warning" : levelOfPlace(readings, states),
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
