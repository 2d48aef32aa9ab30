/** Open cases that bear the stack's marker and are in no state: left by an update that ended before it could record them. */
import { markerOfCase, openCasesQuery } from "../../components/internal.ts";
import type { SupportApi } from "../../google/index.ts";
import type { StackContents } from "./stack.ts";
import type { StackCase } from "./stackCase.ts";
import type { StateCases } from "./state.ts";

export async function casesLeftBehind(
  api: SupportApi,
  { name, config }: StackContents,
  { cases, parents, stacks, stackEnds }: StateCases,
): Promise<StackCase[]> {
  const configured = configuredTestCase(config);
  // The organization that Pulumi has the stack in is known by the markers alone.
  const ofConfig = configured === undefined ? [] : [`${configured.project}/${name.split("/").at(-1) ?? name}`];
  const ends = [...new Set([...ofConfig, ...stackEnds])];
  const hasEnd = (stack: string) => ends.some((end) => stack.endsWith(`/${end}`));
  const isOfStack = (stack: string) => stacks.includes(stack) || hasEnd(stack);
  const searched = [...stacks, ...ends.filter((end) => !stacks.some((stack) => stack.endsWith(`/${end}`)))];
  const known = new Set(cases.map((one) => one.name));
  const found = new Map<string, StackCase>();
  for (const parent of new Set([...parents, ...(configured?.parents ?? [])]))
    for (const stack of searched)
      for (const one of await api.searchCases(parent, openCasesQuery(stack))) {
        const marker = markerOfCase(one);
        if (marker === undefined || !isOfStack(marker.stack) || one.state === "CLOSED" || known.has(one.name)) continue;
        found.set(one.name, { resource: marker.resource, name: one.name, leftBehind: true });
      }
  return [...found.values()];
}

/**
 * What the config says of the test case. The state does not know where the case of a first update is that failed. An
 * organization that is named by its domain is not looked up.
 */
function configuredTestCase(config: Readonly<Record<string, string>>) {
  const key = Object.keys(config).find((one) => one.endsWith(":testCase"));
  if (key === undefined) return undefined;
  const project = key.slice(0, key.indexOf(":"));
  const part = (name: string) => mapIn(config[`${project}:${name}`]);
  const { project: testProject, organization } = part("testCase");
  const { projectId = testProject } = mapIn(part("projects")[String(testProject)]);
  const { id } = part("organization");
  const parents = [
    ...(typeof projectId === "string" ? [`projects/${projectId}`] : []),
    ...(organization === true && typeof id === "string" ? [`organizations/${id}`] : []),
  ];
  return { project, parents };
}

/** A map, or JSON text of one; empty where it is neither. */
function mapIn(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  try {
    return typeof value === "string" ? mapIn(JSON.parse(value)) : {};
  } catch {
    return {};
  }
}
