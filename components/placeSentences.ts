/** How the preview reports a place that does not exist or is not ready. */
import type { Obstacle } from "./obstacles/places.ts";
import type { Level } from "../guide/index.ts";
import type { AcknowledgeableId, Problem } from "../onboarding/index.ts";
import { listOfRoles } from "./careCommands.ts";

/** One line for any number of places, because the cause is usually the caller. */
export function noVisiblePlace(unseen: readonly { readonly id: string; readonly resource: string }[]): Problem {
  const [first, ...more] = unseen;
  const ids = [...new Set(unseen.map(({ id }) => id))].sort().join(", ");
  const others = more.length === 0 ? "" : ` and ${String(more.length)} more`;
  return {
    path: [],
    message: `this caller cannot see any place of the config (${first?.resource ?? ""}${others}), so none was checked: an update by this caller would fail; grant the caller the roles that ${listOfRoles()} [${ids}]`,
  };
}

/** The name by which `care doctor` reports it. */
export function findingOf(resource: string, { kind }: Obstacle): AcknowledgeableId {
  const [collection = ""] = resource.split("/");
  const level = collection.slice(0, -1) as Level;
  if (kind === "unbilled") return "billing-disabled";
  return kind === "inactive" && level !== "organization" ? `${level}-not-active` : `${level}-not-visible`;
}

/** @param isFound Whether `everyProject` includes the project, so that the config cannot leave it out. */
export function obstacleMessage(resource: string, id: string, obstacle: Obstacle, isFound = false): string {
  const [collection = ""] = resource.split("/");
  const { name, undelete } = commands[collection as keyof typeof commands];
  const noun = collection.slice(0, -1);
  const shown = `the ${noun} ${JSON.stringify(id)}`;
  const without = isFound ? "move it out of the folder" : "leave it out";
  const write = isFound ? "run pulumi preview again" : `write the ${name} of an existing ${noun}`;
  switch (obstacle.kind) {
    case "absent":
      return `${shown} does not exist; ${write}`;
    case "unseen":
      return `${shown} does not exist, or this caller has no role on it: an update by this caller would fail; ${write}, or grant the caller the roles that ${listOfRoles()}`;
    case "inactive":
      return `${shown} is marked for deletion; ${without}${undelete === undefined ? "" : `, or run ${undelete} ${id}`}`;
    case "unbilled":
      return obstacle.account === ""
        ? `${shown} has no billing account; run gcloud billing projects link ${id} --billing-account=ACCOUNT_ID, or ${without}`
        : `the billing account of ${shown}, ${obstacle.account}, is closed; open it, link another one, or ${isFound ? without : "leave the project out"}`;
  }
}

const commands = {
  organizations: { name: "number", undelete: undefined },
  folders: { name: "number", undelete: "gcloud resource-manager folders undelete" },
  projects: { name: "ID", undelete: "gcloud projects undelete" },
} as const;
