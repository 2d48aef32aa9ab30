/** Looks for the cases of a resource. */
import { GoogleError } from "../../google/index.ts";
import type { Case, SupportApi } from "../../google/index.ts";
import { chooseCase } from "./choice.ts";
import { searchQueries } from "./marker.ts";
import type { MadeCaseInputs } from "./properties.ts";
import type { Surroundings } from "./surroundings.ts";

/** How long the search may lag behind, and how often one looks meanwhile, in milliseconds. */
export const searchLag = { longest: 30_000, every: 2500 };

/**
 * The cases that bear a marker of this resource, of this life or of another. The search may show an open case as it was
 * before its last change, so that an escalation would be asked for twice: each is read anew. A closed one has its last.
 */
export async function findCases({ parent, marker }: MadeCaseInputs, api: SupportApi): Promise<Case[]> {
  const found = new Map<string, Case>();
  for (const query of searchQueries(marker))
    for (const one of await api.searchCases(parent, query)) found.set(one.name, one);
  for (const { name, state } of found.values()) {
    if (state === "CLOSED") continue;
    const now = await getCase(api, name);
    if (now === undefined) found.delete(name);
    else found.set(name, now);
  }
  return [...found.values()];
}

/** Looks until the search's lag has passed: the case of this resource that was made a moment ago, if one was. */
export async function findLateCase(
  inputs: MadeCaseInputs,
  { api, sleep, say }: Surroundings,
  why: string,
): Promise<Case | undefined> {
  say(`${why}; looking for it for ${String(searchLag.longest / 1000)} s, as Google's search lags behind`);
  for (let waited = 0; waited < searchLag.longest; waited += searchLag.every) {
    await sleep(searchLag.every);
    const { kept } = chooseCase(await findCases(inputs, api), inputs);
    if (kept !== undefined) return kept;
    if (waited > 0 && waited % 10_000 === 0) say(`still looking, ${String(waited / 1000)} s so far`);
  }
  return undefined;
}

/** The case; undefined where it is not there. */
export async function getCase(api: SupportApi, name: string): Promise<Case | undefined> {
  try {
    return await api.getCase(name);
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return undefined;
    throw error;
  }
}
