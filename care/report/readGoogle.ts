/** Reads from Google all that the report contains, in parallel where possible, and writes nothing. */
import { supportApi } from "../../google/index.ts";
import type { SupportApi, Transport } from "../../google/index.ts";
import { plans, readRequests } from "../../guide/index.ts";
import type { ResourceName } from "../../guide/index.ts";
import { casesLeftBehind } from "../case/leftBehind.ts";
import { parentOf } from "../case/stackCase.ts";
import type { StackCase } from "../case/stackCase.ts";
import { readEveryProject } from "../google/everyProject.ts";
import { withEvents } from "../google/eventPlaces.ts";
import { readOrganization } from "../google/organization.ts";
import { read } from "../google/reading.ts";
import { placesOf } from "../../onboarding/index.ts";
import { readPlaces } from "./readPlaces.ts";
import type { CaseReading, Readings } from "./readings.ts";
import type { StackContents } from "./stack.ts";

export async function readGoogle(stack: StackContents, transport: Transport, now: Date): Promise<Readings> {
  const { config, cases, places } = stack;
  const organization =
    config.organization === undefined ? undefined : await readOrganization(config.organization, transport);
  const organizationId = config.organization?.id ?? organization?.value?.name.replace("organizations/", "");
  const { resolved } = await readEveryProject(config, transport);
  // The project of the topic has no rows of its own.
  const listed = withEvents(placesOf(config, organizationId, resolved)).filter(({ isListed }) => isListed);
  const asked = new Map(listed.map((place) => [place.resource, place]));
  const ofStack = new Set<ResourceName>([...asked.keys(), ...places]);
  const api = supportApi(transport);
  const [placeReadings, caseReadings, leftBehind] = await Promise.all([
    readPlaces(asked, ofStack, transport, now),
    Promise.all(cases.cases.map((one) => readCase(one, api))),
    readLeftBehind(stack, api),
  ]);
  return { organization, places: placeReadings, cases: caseReadings, leftBehind };
}

async function readCase(of: StackCase, api: SupportApi): Promise<CaseReading> {
  const about = { where: parentOf(of.name), ...readRequests.case };
  const [found, comments, attachments] = await Promise.all([
    read({ what: "the case", ...about }, () => api.getCase(of.name)),
    read({ what: "the comments", ...about }, () => api.listComments(of.name)),
    read({ what: "the attachments", ...about }, () => api.listAttachments(of.name)),
  ]);
  return { of, found, comments, attachments };
}

/** Without the Cloud Support API in the plan, there is nothing to search. */
function readLeftBehind({ config, name, values, cases }: StackContents, api: SupportApi) {
  const where =
    cases.parents[0] ?? (config.testCase?.project === undefined ? "" : `projects/${config.testCase.project}`);
  const question = { what: "the open cases", where, ...readRequests.cases };
  return read(question, () =>
    plans[config.plan].cloudSupportApi
      ? casesLeftBehind(api, { name, config: values, deployment: undefined }, cases)
      : Promise.resolve([]),
  );
}
