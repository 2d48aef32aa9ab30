/** The config itself: what is repeated, redirected or acknowledged in it. */
import { oneProject } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

export const configs: readonly Scenario[] = [
  {
    when: "a folder and a project of the config have the same",
    given: {
      config: {
        plan: "enhanced",
        folders: { "456789012345": { editors: ["group:shop-leads@example.com"] } },
        projects: { "shop-dev": { editors: ["group:shop-leads@example.com"] } },
      },
    },
    found: ["note folder-overlap projects/shop-dev"],
    what: /^folders\.456789012345 also has editors: group:shop-leads@example\.com\.$/,
  },
  {
    when: "a member has the same role on many projects",
    given: {
      config: {
        plan: "enhanced",
        projects: Object.fromEntries(
          ["shop-dev", "pay-dev", "shop-prod", "pay-prod", "shop-staging"].map((id) => [
            id,
            { editors: ["group:shop-leads@example.com"] },
          ]),
        ),
      },
    },
    found: ["note grant-repeated group:shop-leads@example.com"],
  },
  {
    when: "the contacts of technical get no incidents any more",
    given: {
      config: {
        plan: "enhanced",
        projects: {
          "shop-dev": { contacts: { technical: ["a@example.com"], "technical-incidents": ["b@example.com"] } },
        },
      },
    },
    found: ["note incidents-redirected projects/shop-dev"],
    what: /^a@example\.com will not get technical incidents, because technical-incidents has its own contacts\.$/,
  },
  {
    when: "alerts name a region that Google does not have, on two projects",
    given: {
      config: {
        plan: "enhanced",
        projects: Object.fromEntries(
          ["pay-dev", "shop-dev"].map((id) => [
            id,
            { alerts: { serviceHealth: { notify: ["a@example.com"], locations: ["europe-west99"] } } },
          ]),
        ),
      },
    },
    found: ["warning alert-filter-unknown europe-west99"],
    what: /^projects\.pay-dev: "europe-west99" in locations is not a known region of Google Cloud \(did you mean europe-west9\?\) \(also at 1 other project\)\.$/,
  },
  {
    when: "the config acknowledges a finding that does not occur",
    given: {
      config: { ...oneProject, acknowledge: { "grant-exists projects/shop-dev": "Made by hand" } },
    },
    found: ['note acknowledgement-unused customer-care:acknowledge["grant-exists projects/shop-dev"]'],
    what: /^No grant-exists is reported for this caller\.$/,
    remedy: "leave it out if no caller needs it",
  },
];
