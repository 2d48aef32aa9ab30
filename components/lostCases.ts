/**
 * Finds lives that this update deletes from the state although the state has no case for them. An interrupted update may have
 * left such a case open, and the life is its only record. If the case exists, the update fails before the life is deleted.
 */
import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import {
  createTransport,
  GoogleError,
  resourceManagerApi,
  supportApi,
  withoutDeniedQuotaProject,
} from "../google/index.ts";
import { livesOfRun, markedStack } from "./caseLife.ts";
import { formerState, nameIn } from "./formerState.ts";
import { stackSettings } from "./googleSettings.ts";
import { warn } from "./acknowledge.ts";
import { logInfo } from "./log.ts";
import { allLivesWithoutCase } from "./recordedLives.ts";
import type { PlacedLife } from "./recordedLives.ts";
import type { RunContext } from "./run.ts";
import { casesOfLife, searchLag } from "./supportCase/find.ts";
import { markerOf } from "./supportCase/index.ts";

/** An open case whose only record the update would delete. */
interface LostCase {
  readonly message: string;
  /** The life in the state. */
  readonly deleted: pulumi.URN;
}

export async function lostCases(run: RunContext): Promise<LostCase[]> {
  const { resources, places } = await formerState(run);
  const recorded = allLivesWithoutCase(resources);
  if (recorded.length === 0) return [];
  const registered = await Promise.all(
    run.shared(livesOfRun).map(async ({ urn, id }) => ({ urn: await urn, id: await id })),
  );
  const lost = recorded.filter(
    ({ urn, lives: [current] }) =>
      !registered.some((one) => one.urn === urn || (one.id !== undefined && one.id === current?.id)),
  );
  // A life of 0.1.0 has no place. Its case is at a place where the stack has other resources.
  const anywhere = [...places].filter((place) => !place.startsWith("folders/"));
  const placed = lost.flatMap(({ urn, lives }) =>
    lives
      .flatMap((life) => (life.place === undefined ? anywhere.map((place) => ({ ...life, place })) : [life]))
      .map((life) => ({ urn, life })),
  );
  const found = await Promise.all(
    placed.map(async ({ urn, life }) => {
      const problems = await problemsOf(run, nameIn(urn), life);
      return problems.map((message) => ({ message, deleted: urn }));
    }),
  );
  return found.flat();
}

async function problemsOf(run: RunContext, name: string, { id, place, ...fingerprint }: PlacedLife): Promise<string[]> {
  const life = { marker: markerOf(markedStack(run), name, id), parent: place, ...fingerprint };
  try {
    const settings = stackSettings();
    const api = supportApi(createTransport(settings));
    const resourceManager = resourceManagerApi(withoutDeniedQuotaProject(settings));
    const search = () => casesOfLife(life, { api, resourceManager });
    let cases = await search();
    if (cases.length === 0 && !pulumi.runtime.isDryRun()) {
      await logInfo(
        `${name}: looking up to ${String(searchLag.longest / 1000)} s for a case that an interrupted update may have left in ${place}, because Google's search is delayed`,
      );
      for (let waited = 0; waited < searchLag.longest && cases.length === 0; waited += searchLag.every) {
        await sleep(searchLag.every);
        cases = await search();
      }
    }
    return cases.map((one) => problem(name, one));
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    await warn(
      run,
      undefined,
      { id: "case-left", where: place },
      `${name}: an interrupted update may have left an open case in ${place}, and this update deletes the only record of it. ` +
        `Google could not be asked: ${reason}. Look in ${place} for an open case whose description ends with "${life.marker}", and close it`,
    );
    return [];
  }
}

/** The message of an error from Google or for missing credentials; undefined for other errors, which are bugs. */
function reasonOf(error: unknown): string | undefined {
  const { cause } = error as Error;
  const known = [cause, error].find((one) => one instanceof GoogleError);
  return known instanceof GoogleError ? known.message : undefined;
}

function problem(name: string, caseName: string): string {
  return (
    `${name}: case ${caseName} was created by an interrupted update and is still open; this update would delete the only record of it. ` +
    `Close it first: care case close ${caseName}. Or add the test case to the config again, run pulumi up, and then remove it`
  );
}
