/** Reports on one organization in different states. */
import type { Language } from "../../guide/index.ts";
import { startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import type { Report } from "../../care/report/report.ts";
import { bigSeed, config as bigConfig } from "../support/report/bigOrganization.ts";
import { channelNumbers, plantAlertPolicy, plantChannels } from "../support/report/alerts.ts";
import { reportOn } from "../support/report/reportOn.ts";

const now = new Date("2026-09-10T12:00:00Z");
const day = 24 * 60 * 60 * 1000;

export const gaps = {
  plan: "enhanced",
  valueAddedServices: ["media-cdn"],
  organization: { domain: "example.com", editors: ["group:sre@example.com"] },
  folders: { "456789012345": { editors: ["group:shop-leads@example.com"] } },
  projects: {
    "shop-dev": { services: ["servicehealth.googleapis.com", "recommender.googleapis.com"] },
    "pay-dev": {},
    "legacy-dev": {},
    "gone-dev": {},
    "not-there": {},
  },
  testCase: { project: "shop-dev" },
};

export const cases = ["projects/shop-dev/cases/43595344"];

/** IDs and addresses as long as they get. */
export const longNames = {
  projects: ["customer-data-platform-prod-02", "payments-production-europe-w01", "warehouseintegrationstagingeu1"],
  member: "group:a-rather-long-group-name-for-platform-operations@example.com",
  email: "incident-response-on-call-rotation-for-europe@operations.shared-services.example.com",
};

export async function states(language: Language = "en"): Promise<Readonly<Record<string, Report>>> {
  const bigCloud = await startCloud({ seed: bigSeed() });
  bigCloud.state.events.clear();
  const projects = Object.fromEntries(Object.entries(bigConfig.projects).slice(0, 4));
  const healthy = await reportOn(bigCloud, { config: { ...bigConfig, projects }, language });
  await bigCloud.close();
  const cloud = await startCloud();
  const of = async (plant: () => void, given: Omit<Parameters<typeof reportOn>[1], "language" | "now">) => {
    cloud.reset();
    for (const service of ["servicehealth.googleapis.com", "recommender.googleapis.com"])
      cloud.state.projects.get("shop-dev")?.services.set(service, { enabledAt: 0 });
    plant();
    return reportOn(cloud, { ...given, language, now });
  };
  const reports = {
    healthy,
    gaps: await of(() => cloud.state.events.clear(), { config: gaps, cases }),
    incident: await of(() => plantIncidents(cloud), { config: gaps, cases }),
    "organization not owned": await of(() => cloud.state.events.clear(), {
      config: { plan: "enhanced", projects: { "shop-dev": { services: [] } } },
    }),
    "nothing read": await of(() => undefined, { config: gaps, cases, caller: "nobody" }),
    alerts: await of(
      () => {
        plantChannels(cloud.state, "shop-dev");
        plantAlertPolicy(cloud.state, "shop-dev", { channels: [...channelNumbers] });
      },
      { config: gaps, cases },
    ),
    "long names": await of(() => plantLongNames(cloud), {
      config: { plan: "enhanced", projects: Object.fromEntries(longNames.projects.map((id) => [id, {}])) },
    }),
    "empty stack": await of(() => undefined, { config: { plan: "enhanced" } }),
    "many contacts": await of(() => plantContacts(cloud), { config: gaps, cases }),
  };
  await cloud.close();
  return reports;
}

/** One that is ongoing, and five that have ended. */
function plantIncidents({ state }: Cloud): void {
  const [event] = state.events.values();
  state.events.clear();
  for (let index = 0; index < 6; index += 1) {
    const name = `projects/shop-dev/locations/global/events/incident-${String(index)}`;
    const start = now.getTime() - (index * 4 + 2) * day;
    state.events.set(name, {
      ...event,
      name,
      title: `Elevated error rates of Persistent Disk in europe-west${String(index)}`,
      state: index === 0 ? "ACTIVE" : "CLOSED",
      startTime: new Date(start).toISOString(),
      updateTime: new Date(start).toISOString(),
      ...(index === 0 ? {} : { endTime: new Date(start + index * day).toISOString() }),
    });
  }
}

function plantLongNames({ state }: Cloud): void {
  const usual = state.projects.get("shop-dev");
  if (usual === undefined) throw new Error("the seed has changed");
  const binding = { role: "roles/cloudsupport.techSupportEditor", members: [longNames.member] };
  for (const [index, projectId] of longNames.projects.entries()) {
    const projectNumber = String(300_000_000_000 + index);
    const name = `projects/${projectNumber}`;
    state.projects.set(projectId, { ...structuredClone(usual), name, projectId, projectNumber });
    state.projects.get(projectId)?.policy.bindings.push(binding);
    state.contacts.set(`${name}/contacts/1`, {
      name: `${name}/contacts/1`,
      email: longNames.email,
      notificationCategorySubscriptions: ["TECHNICAL"],
      languageTag: "en",
      validationState: "VALID",
      validateTime: "2026-09-01T00:00:00Z",
    });
    const [event] = state.events.values();
    const id = `projects/${projectId}/locations/global/events/incident-0`;
    state.events.set(id, { ...event, name: id, state: "ACTIVE", startTime: now.toISOString() });
  }
}

function plantContacts({ state }: Cloud): void {
  const shop = state.projects.get("shop-dev")?.name ?? "";
  const categories = ["SUSPENSION", "SECURITY", "TECHNICAL", "BILLING", "LEGAL", "PRODUCT_UPDATES"];
  for (let index = 0; index < 60; index += 1) {
    const name = `${index % 3 === 0 ? "organizations/123456789012" : shop}/contacts/${String(900 + index)}`;
    state.contacts.set(name, {
      name,
      email: `team-${String(index)}.oncall@operations.europe-west.retail.example.com`,
      notificationCategorySubscriptions: [categories[index % 6] ?? "", categories[(index * 7 + 1) % 6] ?? ""],
      languageTag: "en",
      validationState: index % 13 === 0 ? "INVALID" : "VALID",
      validateTime: "2026-09-01T00:00:00Z",
    });
  }
}
