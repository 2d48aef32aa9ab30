/**
 * Lives that this update takes out of the state although it has no case of theirs. An update that was killed may have left one open,
 * and the life is the only record of it: where there is such a case, the update is refused before the life is deleted.
 */
import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import {
  createTransport,
  GoogleError,
  NoCredentials,
  readGoogleSettings,
  resourceManagerApi,
  supportApi,
} from "../google/index.ts";
import { livesOfRun, markedStack } from "./caseLife.ts";
import { formerState, nameIn } from "./formerState.ts";
import { logInfo, logWarning } from "./log.ts";
import { allLivesWithoutCase } from "./recordedLives.ts";
import type { PlacedLife } from "./recordedLives.ts";
import type { RunContext } from "./run.ts";
import { casesOfLife, searchLag } from "./supportCase/find.ts";
import { markerOf } from "./supportCase/index.ts";

/** @returns why this update is refused */
export async function lostCases(run: RunContext): Promise<string[]> {
  const { resources, places } = await formerState(run);
  const recorded = allLivesWithoutCase(resources);
  if (recorded.length === 0) return [];
  const now = await Promise.all(run.the(livesOfRun).map(async ({ urn, id }) => ({ urn: await urn, id: await id })));
  const lost = recorded.filter(
    ({ urn, lives: [today] }) => !now.some((one) => one.urn === urn || (one.id !== undefined && one.id === today?.id)),
  );
  // A life of 0.1.0 has no place: its case is in one where the stack has something else as well.
  const anywhere = [...places].filter((place) => !place.startsWith("folders/"));
  const placed = lost.flatMap(({ urn, lives }) =>
    lives
      .flatMap((life) => (life.place === undefined ? anywhere.map((place) => ({ ...life, place })) : [life]))
      .map((life) => ({ name: nameIn(urn), life })),
  );
  const found = await Promise.all(placed.map(({ name, life }) => problemsOf(name, life)));
  return found.flat();
}

async function problemsOf(name: string, { id, place, ...made }: PlacedLife): Promise<string[]> {
  const life = { marker: markerOf(markedStack(), name, id), parent: place, ...made };
  const config = pulumi.runtime.allConfig();
  try {
    const transport = createTransport(readGoogleSettings((key) => config[key]));
    const [api, resourceManager] = [supportApi(transport), resourceManagerApi(transport)];
    const look = () => casesOfLife(life, { api, resourceManager });
    let cases = await look();
    if (cases.length === 0 && !pulumi.runtime.isDryRun()) {
      await logInfo(
        `${name}: looking for ${String(searchLag.longest / 1000)} s for a case that an update which was killed may have left in ${place}, as Google's search lags behind`,
      );
      for (let waited = 0; waited < searchLag.longest && cases.length === 0; waited += searchLag.every) {
        await sleep(searchLag.every);
        cases = await look();
      }
    }
    return cases.map((one) => problem(name, one));
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    await logWarning(
      `${name}: ${place} may have an open case that an update which was killed has left, and this update deletes the only record of it. ` +
        `It could not be read: ${reason}. Look there for an open case with the last line "${life.marker}", and close it`,
    );
    return [];
  }
}

/** What is in Google's way, or undefined for a fault of this program. */
function reasonOf(error: unknown): string | undefined {
  const { cause } = error as Error;
  const known = [cause, error].find((one) => one instanceof GoogleError || one instanceof NoCredentials);
  return known instanceof Error ? known.message : undefined;
}

function problem(name: string, caseName: string): string {
  return (
    `${name}: case ${caseName} was created by an update that did not end, and is still open; this update would delete the only record of it. ` +
    `Close it first: care case close ${caseName}. Or put the test case back into the config, run pulumi up, and then take it out`
  );
}
