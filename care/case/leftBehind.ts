/** Open cases with the stack's marker that are in no state: an interrupted update left them, or they are somebody else's. */
import {
  formOf,
  isLeftBehind,
  isOfAnotherLife,
  isOfLife,
  isOpen,
  isOwn,
  markerOf,
  markerOfCase,
  openCasesQuery,
  ownerOf,
} from "../../components/internal.ts";
import type { Form, Marker, RecordedForm } from "../../components/internal.ts";
import type { Case, SupportApi } from "../../google/index.ts";
import type { StackContents } from "./stack.ts";
import type { Doubt, StackCase } from "./stackCase.ts";
import type { StateCases, StateLife } from "./state.ts";

/** Cases without a `doubt` are those that the program itself would take over or close. */
export function casesLeftBehind(
  api: SupportApi,
  { name, config }: StackContents,
  state: StateCases,
): Promise<StackCase[]> {
  return casesOutsideState(api, name, configuredTestCase(config), state);
}

/** The config of the test case. */
export interface ConfiguredTestCase {
  readonly project: string;
  /** The place of its case. */
  readonly parents: readonly string[];
  /** Cases that the config ignores. */
  readonly ignored: readonly string[];
}

export async function casesOutsideState(
  api: SupportApi,
  name: string,
  configured: ConfiguredTestCase | undefined,
  state: StateCases,
): Promise<StackCase[]> {
  const { cases, parents, stacks, stackEnds } = state;
  // Only the markers contain the stack's organization in Pulumi.
  const ofConfig = configured === undefined ? [] : [`${configured.project}/${name.split("/").at(-1) ?? name}`];
  const ends = [...new Set([...ofConfig, ...stackEnds])];
  const hasEnd = (stack: string) => ends.some((end) => stack.endsWith(`/${end}`));
  const isOfStack = (stack: string) => stacks.includes(stack) || hasEnd(stack);
  const searched = [...stacks, ...ends.filter((end) => !stacks.some((stack) => stack.endsWith(`/${end}`)))];
  const leftAlone = new Set([...cases.map((one) => one.name), ...(configured?.ignored ?? state.ignored)]);
  const found = new Map<string, StackCase>();
  for (const parent of new Set([...parents, ...(configured?.parents ?? [])])) {
    const searches = searched.map((stack) => api.searchCases(parent, openCasesQuery(stack)));
    // The search lags behind. As in the program, only the list shows a case that was created a moment ago.
    const listed = searched.length === 0 ? [] : [api.listCases(parent, "state=OPEN")];
    for (const one of (await Promise.all([...searches, ...listed])).flat()) {
      const marker = markerOfCase(one);
      const ownership = marker === undefined ? undefined : ownershipOf(one, marker, state, isOfStack);
      if (marker === undefined || ownership === undefined || leftAlone.has(one.name)) continue;
      const doubt = ownership === "own" ? {} : { doubt: ownership };
      found.set(one.name, { resource: marker.resource, name: one.name, leftBehind: true, ...doubt });
    }
  }
  return [...found.values()];
}

/**
 * By the code with which the program decides what it takes over, closes or refuses. Undefined for a case that is closed, or that
 * only quotes the marker.
 */
function ownershipOf(
  one: Case,
  { stack, resource }: Marker,
  { forms, lives }: StateCases,
  isOfStack: (stack: string) => boolean,
): "own" | Doubt | undefined {
  if (!isOpen(one)) return undefined;
  const recorded = lives
    .filter((life) => isLookedFor(life, forms))
    .flatMap((life) => recordedFormOf(life, stack) ?? []);
  const known: readonly (Form | RecordedForm)[] = [...forms, ...recorded];
  if (known.some((form) => isOwn(one, form))) return "own";
  if (!isOfStack(stack)) return undefined;
  const markers = [...lives.map((life) => markerOfLife(life, stack)), ...forms.map(({ marker }) => marker)];
  if (markers.some((marker) => isOfLife(one, marker))) {
    const withoutCase = lives.filter((life) => life.isWithoutCase);
    return withoutCase.some((life) => isLeftBehind(one, markerOfLife(life, stack), recordedFormOf(life, stack)))
      ? "otherWords"
      : undefined;
  }
  const asked = known.length === 0 ? [undefined] : known;
  return asked.some((form) => isOfAnotherLife(one, form, ownerOf(stack, resource))) ? "anotherLife" : undefined;
}

/** The current life of a case in the state, or a life without a case: the program looks for no other. */
function isLookedFor(life: StateLife, forms: readonly Form[]): boolean {
  return life.isWithoutCase || forms.some(({ marker }) => marker.endsWith(`, ${life.id}`));
}

const markerOfLife = ({ id, resource }: StateLife, stack: string) => markerOf(stack, resource, id);

function recordedFormOf(life: StateLife, stack: string): RecordedForm | undefined {
  const { place } = life;
  return place === undefined ? undefined : formOf({ ...life, marker: markerOfLife(life, stack), parent: place });
}

/**
 * The config of the test case. If a first update failed, the state does not have the place of its case. An
 * organization that the config names by its domain is not looked up.
 */
function configuredTestCase(config: Readonly<Record<string, string>>): ConfiguredTestCase | undefined {
  const key = Object.keys(config).find((one) => one.endsWith(":testCase"));
  if (key === undefined) return undefined;
  const project = key.slice(0, key.indexOf(":"));
  const part = (name: string) => mapIn(config[`${project}:${name}`]);
  const { project: testProject, organization, ignoreCases } = part("testCase");
  const { projectId = testProject } = mapIn(part("projects")[String(testProject)]);
  const { id } = part("organization");
  const parents = [
    ...(typeof projectId === "string" ? [`projects/${projectId}`] : []),
    ...(organization === true && typeof id === "string" ? [`organizations/${id}`] : []),
  ];
  return { project, parents, ignored: Array.isArray(ignoreCases) ? ignoreCases.map(String) : [] };
}

/** A map, or JSON text of one; empty if it is neither. */
function mapIn(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  try {
    return typeof value === "string" ? mapIn(JSON.parse(value)) : {};
  } catch {
    return {};
  }
}
