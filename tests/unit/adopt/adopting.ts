/** What `care adopt` finds on a local cloud, without an engine: the states of stacks are given. */
import { casesOfState } from "../../../care/case/state.ts";
import assert from "node:assert/strict";
import { adoptionOf } from "../../../care/adopt/adoption.ts";
import type { Adoption } from "../../../care/adopt/adoption.ts";
import type { Where } from "../../../care/adopt/commands.ts";
import { readCloud } from "../../../care/adopt/readCloud.ts";
import { nameOf } from "../../../care/adopt/sentences.ts";
import { checkUpTransport } from "../../../google/index.ts";
import type { StatesReading } from "../../../care/stack/states.ts";
import { check } from "../../../onboarding/index.ts";
import type { CustomerCareConfig } from "../../../onboarding/index.ts";
import { readGoogleSettings } from "../../../google/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";

export interface Given {
  readonly config: unknown;
  /** `gcp:` keys of the stack. */
  readonly gcp?: Readonly<Record<string, string>>;
  /** Who calls: the name in a seeded token `local-NAME-token`. @default operator */
  readonly caller?: string;
  readonly states?: Partial<StatesReading>;
}

/** In the stack `dev` of `customer-care`. */
export const names = { stack: "dev", project: "customer-care", gcpVersion: "9.35.0" };

/** Where the command was run: in the program's folder, for no file. */
export const here: Where = { cwd: ".", file: undefined };

export const noStates: StatesReading = {
  claims: [],
  contacts: [],
  channels: [],
  managed: [],
  urns: new Set(),
  others: [],
  cases: casesOfState(undefined),
  testCase: undefined,
};

export function checked(document: unknown): CustomerCareConfig {
  const { config, problems } = check(document);
  assert.ok(config, JSON.stringify(problems));
  return config;
}

export async function adopting(
  cloud: Cloud,
  { config, gcp = {}, caller = "operator", states }: Given,
): Promise<Adoption> {
  const environment = { ...cloud.environment, GOOGLE_OAUTH_ACCESS_TOKEN: `local-${caller}-token` };
  const settings = readGoogleSettings((key) => gcp[key], environment);
  // Waits between tries take no time here.
  const options = { sleep: () => Promise.resolve() };
  const transport = checkUpTransport(settings, { asked: 0, answered: 0 }, options);
  const document = checked(config);
  const read = await readCloud(document, transport);
  return adoptionOf({ ...names, config: document, states: { ...noStates, ...states }, cloud: read });
}

/** Adds contacts to the cloud. */
export const addTo =
  (cloud: () => Cloud) =>
  (parent: string, id: number, email: string, categories = ["SECURITY"]): void => {
    const name = `${parent}/contacts/${String(id)}`;
    cloud().state.contacts.set(name, {
      name,
      email,
      notificationCategorySubscriptions: categories,
      languageTag: "en",
      validationState: "VALID" as const,
      validateTime: "2026-01-01T00:00:00Z",
    });
  };

/** `found projects/shop-dev contact oncall@example.com` */
export const inBrief = ({ outcomes }: Adoption) =>
  outcomes.map(({ status, resource, differences = [] }) =>
    [status, resource.place.resource, nameOf(resource.thing), ...differences].join(" "),
  );
