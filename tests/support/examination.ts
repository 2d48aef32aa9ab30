/** What the doctor finds on a local cloud, without an engine: the states of stacks are given. */
import assert from "node:assert/strict";
import { findingsOf } from "../../care/doctor/checks/index.ts";
import type { Finding } from "../../care/doctor/finding.ts";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { casesOfState } from "../../care/case/state.ts";
import { readTestCase } from "../../care/doctor/readTestCase.ts";
import { checkUpTransport } from "../../google/index.ts";
import { readDeletions } from "../../care/doctor/readDeletions.ts";
import { readGoogle } from "../../care/doctor/readGoogle.ts";
import type { StatesReading } from "../../care/stack/states.ts";
import { check } from "../../onboarding/index.ts";
import { readGoogleSettings } from "../../google/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";

export interface Given {
  readonly config: Readonly<Record<string, unknown>>;
  /** `gcp:` keys of the stack. */
  readonly gcp?: Readonly<Record<string, string>>;
  /** On top of what leads to the local cloud. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Who calls: the name in a seeded token `local-NAME-token`. @default operator */
  readonly caller?: string;
  readonly states?: Partial<StatesReading>;
}

export async function examined(cloud: Cloud, given: Given): Promise<Finding[]> {
  const { config, problems } = check(given.config);
  assert.ok(config, JSON.stringify(problems));
  const environment = {
    ...cloud.environment,
    GOOGLE_OAUTH_ACCESS_TOKEN: `local-${given.caller ?? "operator"}-token`,
    ...given.environment,
  };
  const settings = readGoogleSettings((key) => given.gcp?.[key], environment);
  // Waits between tries take no time here.
  const options = { sleep: () => Promise.resolve() };
  const transport = checkUpTransport(settings, { asked: 0, answered: 0 }, options);
  const google = await readGoogle(config, transport);
  const cases = casesOfState(undefined);
  const states = {
    claims: [],
    contacts: [],
    channels: [],
    managed: [],
    urns: new Set<string>(),
    others: [],
    cases,
    testCase: undefined,
    ...given.states,
  };
  const stack = { name: "dev", project: "customer-care", workDir: root };
  const testCase = await readTestCase(stack, states, google, transport);
  const deletions = await readDeletions(states, google, transport);
  return findingsOf({ stack, states, config, google, testCase, deletions });
}

/** `error billing-disabled projects/legacy-dev` */
export const inBrief = (findings: readonly Finding[]) =>
  findings.map(({ id, level, where }) => `${level} ${id} ${where}`);
