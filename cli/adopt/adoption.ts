/** The whole adoption: the stack, then Google, then what becomes of each thing, then the file. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { ConfigError } from "../../config/index.ts";
import type { CustomerCareConfig } from "../../config/index.ts";
import { GoogleError, readGoogleSettings } from "../../google/index.ts";
import type { Counts } from "../../google/index.ts";
import { checkUpTransport } from "../../google/index.ts";
import { isCredentialProblem, toldOfCredentials } from "../google/credentials.ts";
import type { Reading } from "../google/reading.ts";
import { readStack } from "../stack/readStack.ts";
import { readStates } from "../stack/states.ts";
import type { StatesReading } from "../stack/states.ts";
import { UserError } from "../userError.ts";
import type { Managed } from "../stack/managed.ts";
import { deletionsOf, isDeleted } from "./deletions.ts";
import { importFile } from "./importFile.ts";
import type { ImportFile } from "./importFile.ts";
import { leftAt } from "./left.ts";
import type { Left } from "./left.ts";
import { outcomeOf } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import { readCloud } from "./readCloud.ts";
import type { CloudReading } from "./readCloud.ts";
import { urnOf, wantedOf } from "./resources.ts";
import { casesFound } from "./testCase.ts";
import type { CaseFound } from "./testCase.ts";

export interface Adoption {
  readonly stack: string;
  readonly project: string;
  readonly outcomes: readonly Outcome[];
  readonly left: readonly Left[];
  /** What the stack has and the config does not: the next update deletes it. */
  readonly deletions: readonly Managed[];
  /** What could not be read, with the error. */
  readonly notRead: readonly Reading<unknown>[];
  /** The stacks whose states could not be read. */
  readonly unreadStacks: readonly string[];
  /** Empty where the stack has its case, or the config asks for none. */
  readonly cases: readonly CaseFound[];
  /** Undefined where there is nothing to import. */
  readonly file: ImportFile | undefined;
}

/** @throws UserError, UsageError */
export async function adoption(workDir: string, stackName: string | undefined, counts: Counts): Promise<Adoption> {
  const stack = await readStack("care adopt", workDir, stackName);
  const { config, problems } = stack.checked;
  if (config === undefined) throw new UserError(`care adopt: ${new ConfigError(stack.project, problems).message}`);
  return toldOfCredentials("care adopt", async () => {
    const transport = checkUpTransport(readGoogleSettings(stack.config), counts);
    const [states, cloud] = await Promise.all([readStates(stack), readCloud(config, transport)]);
    const names = { stack: stack.name, project: stack.project };
    return adoptionOf({ ...names, config, states, cloud, gcpVersion: gcpVersionOf(workDir) });
  });
}

export interface Readings {
  readonly stack: string;
  readonly project: string;
  readonly config: CustomerCareConfig;
  readonly states: StatesReading;
  readonly cloud: CloudReading;
  readonly gcpVersion: string;
}

/** @throws GoogleError where the credential was not accepted, so that nothing is known */
export function adoptionOf({ stack, project, config, states, cloud, gcpVersion }: Readings): Adoption {
  const { places, organization, everyProject } = cloud;
  const notRead = [
    organization,
    ...everyProject,
    ...places.flatMap((at) => [at.services, at.policy, at.contacts, at.cases]),
  ].filter((reading) => reading?.error !== undefined);
  const refused = notRead.find((reading) => reading?.error !== undefined && isCredentialProblem(reading.error));
  if (refused?.error !== undefined) throw refused.error;
  const inStack = { stack, project };
  const byPlace = new Map(places.map((readings) => [readings.place, readings]));
  const { components, resources } = wantedOf(
    config,
    places.map(({ place }) => place),
  );
  const outcomes = resources.flatMap((resource) => {
    const readings = byPlace.get(resource.place);
    return readings === undefined ? [] : [outcomeOf(resource, readings, states, inStack)];
  });
  const imports = outcomes.flatMap(({ resource, id }) => (id === undefined ? [] : [{ resource, id }]));
  const urnInState = (component: (typeof components)[number]) => {
    const urn = urnOf(component, inStack);
    return states.urns.has(urn) ? urn : undefined;
  };
  const deletions = deletionsOf(states.managed, resources, config, cloud);
  const hasCase = components.some(({ type, name }) => type.endsWith(":TestSupportCase") && hasCaseNamed(states, name));
  return {
    stack,
    project,
    outcomes,
    left: places.flatMap(leftAt).filter((left) => !isDeleted(left, deletions)),
    deletions,
    notRead: [...unseen(config, organization), ...notRead.flatMap((reading) => reading ?? [])],
    unreadStacks: states.others.filter(({ claims }) => claims === undefined).map(({ name }) => name),
    cases: hasCase ? [] : places.flatMap((readings) => casesFound(readings, inStack)),
    file: imports.length === 0 ? undefined : importFile(components, imports, urnInState, gcpVersion),
  };
}

function hasCaseNamed({ urns }: StatesReading, name: string): boolean {
  return [...urns].some((urn) => urn.endsWith(`$pulumi-nodejs:dynamic/customercare:SupportCase::${name}`));
}

/** An organization that the caller does not see, by whose domain nothing could be asked. */
function unseen({ organization }: CustomerCareConfig, found: CloudReading["organization"]): Reading<unknown>[] {
  if (organization === undefined || found === undefined || found.error !== undefined || found.value !== undefined)
    return [];
  const { value: _none, ...question } = found;
  const message = `no organization with the domain ${JSON.stringify(organization.domain)} is there for this caller to see`;
  return [{ ...question, error: new GoogleError(message, { request: "organizations:search", code: "NOT_FOUND" }) }];
}

/** The version that the program's resources are of: an import with another would be changed by the first update. */
function gcpVersionOf(workDir: string): string {
  const find = (from: string) =>
    (createRequire(from)("@pulumi/gcp/package.json") as { readonly version: string }).version;
  try {
    return find(join(workDir, "package.json"));
  } catch {
    return find(import.meta.filename);
  }
}
