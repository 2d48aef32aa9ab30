/** A report on a local cloud, without an engine: what the stack's state has is given. */
import assert from "node:assert/strict";
import { createReport } from "../../../care/report/createReport.ts";
import { readGoogle } from "../../../care/report/readGoogle.ts";
import { isOpen } from "../../../care/report/report.ts";
import type { Report, Row } from "../../../care/report/report.ts";
import { casesOfState } from "../../../care/case/state.ts";
import type { StateCases } from "../../../care/case/state.ts";
import type { Managed } from "../../../care/stack/managed.ts";
import { check } from "../../../onboarding/index.ts";
import { createTransport, readGoogleSettings } from "../../../google/index.ts";
import type { Language } from "../../../guide/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";

export interface Given {
  readonly config: Readonly<Record<string, unknown>>;
  /** Who calls: the name in a seeded token `local-NAME-token`. @default operator */
  readonly caller?: string;
  readonly gcp?: Readonly<Record<string, string>>;
  /** The names of the cases in the state. */
  readonly cases?: readonly string[];
  /** Why the state has them open. */
  readonly staysOpen?: "keepOpen" | "adopted";
  /** Where the output `checklist` has rows. */
  readonly places?: readonly string[];
  /** The resources in the state. */
  readonly managed?: readonly Managed[];
  readonly language?: Language;
  /** @default the system's time */
  readonly now?: Date;
}

export async function reportOn(cloud: Cloud, given: Given): Promise<Report> {
  const { cases = [], staysOpen, places = [], language = "en", now = new Date(), managed = [] } = given;
  const { config, problems } = check(given.config);
  assert.ok(config, JSON.stringify(problems));
  const environment = {
    ...cloud.environment,
    GOOGLE_OAUTH_ACCESS_TOKEN: `local-${given.caller ?? "operator"}-token`,
  };
  const settings = readGoogleSettings((key) => given.gcp?.[key], environment);
  // Waits between tries take no time here.
  const transport = createTransport(settings, { sleep: () => Promise.resolve() });
  const state: StateCases = {
    ...casesOfState(undefined),
    cases: cases.map((name) => ({
      resource: "customer-care/testCase",
      name,
      leftBehind: false,
      ...(staysOpen && { staysOpen }),
    })),
  };
  const stack = {
    name: "dev",
    project: "customer-care",
    config,
    places,
    cases: state,
    managed,
    value: (key: string) => given.gcp?.[key],
    values: {},
  };
  return createReport(stack, await readGoogle(stack, transport, now), language, now);
}

/** The open findings, such as `projects/shop-dev G2 services notDone: Not enabled: Service Health API.` */
export function openIn(report: Report): string[] {
  const inBrief = (place: string) => (row: Row) => `${place} ${row.row} ${row.status}: ${row.details}`.trim();
  return [
    ...report.rows.filter(isOpen).map(inBrief("")),
    ...report.places.flatMap(({ resource, rows }) => rows.filter(isOpen).map(inBrief(resource))),
  ].sort();
}

/** The rows of a place by the guide's row: the first of each. */
export function rowsAt(report: Report, place: string): ReadonlyMap<string, Row> {
  const rows = place === "" ? report.rows : report.places.find(({ resource }) => resource === place)?.rows;
  return new Map([...(rows ?? assert.fail(`no place ${place}`))].reverse().map((row) => [row.row, row]));
}
