/** Previews worth a look: the content of a stack, the changes to its config or the cloud, and the options of the preview. */
import { fileURLToPath } from "node:url";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { everything, oneCase, planAlone } from "../configs.ts";

type Config = Readonly<Record<string, unknown>>;

export interface Scenario {
  readonly name: string;
  /** What was deployed before. @default nothing */
  readonly before?: Config;
  /** The config that is previewed. @default as before */
  readonly config?: Config;
  /** What somebody did by hand in between. */
  readonly byHand?: (state: Cloud["state"]) => void;
  readonly command?: "preview" | "destroy" | "refresh";
  readonly options?: readonly string[];
  /** One engine event in each line in place of the digest. */
  readonly streams?: boolean;
  /** @default the program of this repository */
  readonly program?: string;
}

/** The whole config, with some keys in another way. */
function everythingBut(changes: Config): Config {
  return { ...everything, ...changes };
}

const { organization, folders, projects } = {
  organization: everything["customer-care:organization"],
  folders: everything["customer-care:folders"],
  projects: everything["customer-care:projects"],
};

const withOrganization = (changes: Config) =>
  everythingBut({ "customer-care:organization": { ...organization, ...changes } });

const landingZone = fileURLToPath(new URL("landingZone.ts", import.meta.url));

const otherGrants = fileURLToPath(new URL("otherGrants.ts", import.meta.url));
const twoInstances = fileURLToPath(new URL("../programs/twoInstances.ts", import.meta.url));

/** Both instances have the same grant. */
const claimedTwice = {
  "instances:one": { "shop-dev": { editors: ["user:ada@example.com"] } },
  "instances:other": { shop: { projectId: "shop-dev", editors: ["user:ada@example.com"] } },
  "instances:later": {},
};

const landingZoneConfig = (...technical: readonly string[]) => ({
  "customer-care:plan": "enhanced",
  "landing-zone:technical": technical,
});

export const scenarios: readonly Scenario[] = [
  { name: "first-up", config: everything },
  { name: "first-up-streamed", config: everything, streams: true },
  { name: "nothing-changes", before: everything },
  {
    name: "grant-removed",
    before: everything,
    config: everythingBut({
      "customer-care:folders": { "456789012345": { contacts: folders["456789012345"].contacts } },
    }),
  },
  {
    name: "administrator-added",
    before: everything,
    config: withOrganization({ administrators: ["group:support-admins@example.com", "user:new@example.com"] }),
  },
  { name: "administrator-removed", before: everything, config: withOrganization({ administrators: [] }) },
  {
    name: "contact-categories-changed",
    before: everything,
    config: withOrganization({
      contacts: {
        ...organization.contacts,
        "finops@example.com": { categories: ["billing", "legal"], language: "en" },
      },
    }),
  },
  {
    name: "last-contact-removed",
    before: everything,
    config: withOrganization({
      contacts: { "finops@example.com": { categories: ["billing"], language: "fr" } },
    }),
  },
  {
    name: "contact-removed",
    before: everything,
    config: withOrganization({ contacts: { ...organization.contacts, security: ["security@example.com"] } }),
  },
  {
    name: "contact-removed-streamed",
    before: everything,
    config: withOrganization({ contacts: { ...organization.contacts, security: ["security@example.com"] } }),
    streams: true,
  },
  {
    name: "project-added",
    before: oneCase(),
    config: {
      ...oneCase(),
      "customer-care:projects": {
        "shop-dev": {},
        "pay-dev": { editors: ["user:ada@example.com"], contacts: { technical: ["pay-oncall@example.com"] } },
      },
    },
  },
  {
    name: "project-removed",
    before: everything,
    config: everythingBut({ "customer-care:projects": { "shop-dev": projects["shop-dev"] } }),
  },
  {
    name: "case-description-changed",
    before: oneCase({ keepOpen: true }),
    config: oneCase({ keepOpen: true, description: "Another test" }),
  },
  { name: "case-kept-open", before: oneCase(), config: oneCase({ keepOpen: true }) },
  { name: "case-closed", before: oneCase({ keepOpen: true }), config: oneCase() },
  {
    name: "case-changed",
    before: oneCase({ keepOpen: true }),
    config: oneCase({ keepOpen: true, priority: "P3", subscriberEmailAddresses: ["ada@example.com"] }),
  },
  { name: "case-removed", before: oneCase({ keepOpen: true }), config: { ...oneCase(), "customer-care:testCase": {} } },
  { name: "real-case", config: oneCase({ realCase: true }) },
  {
    name: "drift",
    before: everything,
    byHand: ({ projects: all, contacts }) => {
      for (const { projectId, services } of all.values())
        if (projectId === "shop-dev") services.delete("servicehealth.googleapis.com");
      for (const contact of contacts.values())
        if (contact.email === "finops@example.com") contact.notificationCategorySubscriptions = ["BILLING"];
    },
    options: ["--refresh"],
  },
  { name: "failed", config: oneCase({ priority: "P0" }) },
  { name: "failed-streamed", config: oneCase({ priority: "P0" }), streams: true },
  { name: "destroyed", before: oneCase({ keepOpen: true }), command: "destroy", options: ["--preview-only"] },
  { name: "landing-zone", program: landingZone, config: landingZoneConfig("shop-oncall@example.com") },
  {
    name: "landing-zone-streamed",
    program: landingZone,
    config: landingZoneConfig("shop-oncall@example.com"),
    streams: true,
  },
  {
    name: "landing-zone-contact-removed",
    program: landingZone,
    before: landingZoneConfig("shop-oncall@example.com", "shop-leads@example.com"),
    config: landingZoneConfig("shop-oncall@example.com"),
  },
  {
    name: "landing-zone-contact-removed-sames-shown",
    program: landingZone,
    before: landingZoneConfig("shop-oncall@example.com", "shop-leads@example.com"),
    config: landingZoneConfig("shop-oncall@example.com"),
    options: ["--show-sames"],
  },
  { name: "other-grants", program: otherGrants, config: planAlone },
  { name: "other-grants-streamed", program: otherGrants, config: planAlone, streams: true },
  { name: "claimed-twice", program: twoInstances, config: claimedTwice },
  { name: "claimed-twice-streamed", program: twoInstances, config: claimedTwice, streams: true },
];

/** Somebody removed a contact by hand. */
const oneContact = {
  ...planAlone,
  "customer-care:projects": { "shop-dev": { contacts: { technical: ["shop-oncall@example.com"] } } },
};
const contactGone: Scenario["byHand"] = ({ contacts }) => {
  contacts.clear();
};
const refresh = { before: oneContact, byHand: contactGone, command: "refresh" } as const;

/** What `care diff` refuses: a refresh shows what would change in the state, which is the opposite direction. */
export const refreshes: readonly Scenario[] = [
  { ...refresh, name: "refresh", options: ["--preview-only"] },
  { ...refresh, name: "refresh-streamed", options: ["--preview-only"], streams: true },
  { ...refresh, name: "refresh-run-program", options: ["--preview-only", "--run-program"] },
  { ...refresh, name: "refresh-run-program-streamed", options: ["--preview-only", "--run-program"], streams: true },
  { ...refresh, name: "refresh-target", options: ["--preview-only", "--target", "**shop-oncall@example.com"] },
];

/** What it does not take for one. */
export const noRefreshes: readonly Scenario[] = [
  { ...refresh, name: "drift-streamed", command: "preview", options: ["--refresh"], streams: true },
  {
    ...refresh,
    name: "drift-run-program-streamed",
    command: "preview",
    options: ["--refresh", "--run-program"],
    streams: true,
  },
  { ...refresh, name: "drift-run-program", command: "preview", options: ["--refresh", "--run-program"] },
  {
    ...refresh,
    name: "drift-target",
    command: "preview",
    options: ["--refresh", "--target", "**shop-oncall@example.com"],
  },
  {
    ...refresh,
    name: "destroyed-target",
    byHand: () => undefined,
    command: "destroy",
    options: ["--preview-only", "--target", "**shop-oncall@example.com"],
  },
];
