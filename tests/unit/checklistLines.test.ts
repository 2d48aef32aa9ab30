/** The lines of the stack output `checklist` (components/checklist.ts), as Pulumi's display shows them. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { checklistLines } from "../../components/index.ts";
import type { ChecklistRow } from "../../components/index.ts";
import { consoleLinks, guideTasks, serviceNames } from "../../guide/index.ts";

/** Pulumi's display cuts a line of a text after as many bytes. */
const shownBytes = 150;

/** An ID of 30 characters is the longest that Google allows, except for a domain before it. */
const places = [
  `projects/${"p".repeat(30)}`,
  `projects/example.com:${"p".repeat(30)}`,
  "organizations/123456789012",
  "folders/1234567890123",
];

const statuses: readonly ChecklistRow["status"][] = ["done", "not done", "not configured", "see the link"];

const links = places.flatMap((place) => [
  ...Object.values(guideTasks).map(({ link }) => link(place)),
  ...serviceNames.map((service) => consoleLinks.service(service, place)),
]);

describe("a line of the checklist", () => {
  it("has its status and its whole link in what Pulumi shows, however long the details are", () => {
    for (const details of ["", "é".repeat(200)])
      for (const status of statuses)
        for (const link of links) {
          const row: ChecklistRow = { row: "G0 checklist", task: "Do it", where: "", status, details, link };
          const [line = ""] = Object.values(checklistLines([row])["Customer Care"] ?? {});
          const shown = Buffer.from(line).subarray(0, shownBytes).toString();
          assert.ok(shown.startsWith(`${status} (${link})`), shown);
          assert.ok(line.endsWith(details));
        }
  });
});
