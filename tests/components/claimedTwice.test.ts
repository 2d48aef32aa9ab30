/** The preview's report on a folder and a project that both have the same. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { configNotes } from "../../components/configNotes.ts";
import { locatedPlaces } from "../../components/places.ts";
import { RunContext } from "../../components/run.ts";
import type { CustomerCareArgs } from "../../components/index.ts";
import { onboardingOfArgs } from "../../onboarding/index.ts";

function notes(args: Omit<CustomerCareArgs, "plan">): string[] {
  // Without an organization, nothing is looked up, and no parent is needed.
  const parent = undefined as unknown as pulumi.Resource;
  const { onboarding } = onboardingOfArgs("care", { plan: "enhanced", ...args });
  const places = locatedPlaces(new RunContext(), "care", onboarding.places, parent);
  return configNotes(places).map(
    ({ id, about, what, remedy }) => `${id} ${typeof about === "string" ? about : about.name}: ${what}; ${remedy}`,
  );
}

describe("a folder and a project", () => {
  it("that have the same member and the same contact are pointed out", () =>
    assert.deepEqual(
      notes({
        folders: {
          "456789012345": { editors: ["group:leads@example.com"], contacts: { security: ["s@example.com"] } },
        },
        projects: {
          "shop-dev": {
            editors: { leads: "group:Leads@example.com", bot: pulumi.output("user:bot@example.com") },
            contacts: { "S@example.com": { categories: ["security", "legal"] } },
          },
        },
      }),
      [
        "folder-overlap care/projects/shop-dev: folders.456789012345 also has editors: group:leads@example.com, contacts.security: s@example.com; if that folder contains the project, leave out one of the two",
      ],
    ));

  it("that have something else each are not", () =>
    assert.deepEqual(
      notes({
        folders: { "456789012345": { editors: ["group:a@example.com"], contacts: { security: ["s@example.com"] } } },
        projects: { "shop-dev": { contactViewers: ["group:a@example.com"], contacts: { legal: ["s@example.com"] } } },
      }),
      [],
    ));
});
