/** Deletions at a place that Google has purged: Google denies them, so the update fails, and with it the other deletions. */
import * as pulumi from "@pulumi/pulumi";
import { warn } from "./acknowledge.ts";
import { readPlaces } from "./callerRefusals.ts";
import { isDeleted } from "./failingDeletions.ts";
import { formerState, isFromPackage, placeOf } from "./formerState.ts";
import { knownCallerOfKey, stackCaller } from "./googleSettings.ts";
import { operationOf } from "./operation.ts";
import { findingOf } from "./placeSentences.ts";
import { atAbsentPlace, deletionMessage, inOrderOfRemoval, isRemovable } from "./obstacles/deletions.ts";
import type { RunContext } from "./run.ts";
import { retainedUrns } from "./stateExport.ts";
import { providersInState } from "./stateProviders.ts";

interface Deletion {
  readonly urn: pulumi.URN;
  readonly type: string;
  readonly where: string;
}

/** @param isKept Whether a resource of this run has the thing, maybe under another name. */
export async function deletionsAtAbsentPlaces(run: RunContext, isKept: (thing: string) => boolean) {
  if (operationOf(run) === "destroy") return [];
  const state = await formerState(run);
  const all = Object.entries(state.resources).map(async ([urn, { type, outputs }]): Promise<Deletion[]> => {
    const [where, thing] = [placeOf(outputs), state.thingOf(urn)];
    const isOurs = isFromPackage(urn) && isRemovable(type);
    const isLeft = outputs["deletionPolicy"] === "ABANDON" || (thing !== undefined && isKept(thing));
    if (where === undefined || !isOurs || isLeft) return [];
    return (await isDeleted(urn, outputs)) ? [{ urn, type, where }] : [];
  });
  const deleted = inOrderOfRemoval((await Promise.all(all)).flat());
  const providerOf = deleted.length === 0 ? undefined : await providersInState(run).catch(() => undefined);
  if (providerOf === undefined) return [];
  const callers = Map.groupBy(deleted, ({ urn }) => providerOf(urn) ?? stackCaller);
  const found = [...callers].map(async ([key, own]) => {
    const caller = await knownCallerOfKey(run, key);
    if (caller === undefined) return [];
    const places = Map.groupBy(own, ({ where }) => where);
    // A caller who sees no other place probably only reviews the change.
    const another = [...state.places].filter((place) => !places.has(place)).slice(0, 1);
    const { obstacles, hasSeenAny } = await readPlaces(caller, [...places.keys(), ...another]);
    const refused = [...places].map(async ([where, all]) => {
      const obstacle = obstacles.get(where);
      if (obstacle?.kind !== "absent" && obstacle?.kind !== "unseen") return [];
      const retained = await retainedUrns(run);
      const at = all.filter(({ urn }) => !retained.has(urn));
      if (at.length === 0) return [];
      const effect = obstacle.kind === "absent" ? "this update" : "an update by this caller";
      const message = deletionMessage(atAbsentPlace(where, obstacle.kind, at), `, so ${effect} would fail`);
      if (obstacle.kind === "absent" || !pulumi.runtime.isDryRun())
        return at.map(({ urn }) => ({ message, deleted: urn }));
      if (hasSeenAny) await warn(run, undefined, { id: findingOf(where, obstacle), where }, message);
      return [];
    });
    return (await Promise.all(refused)).flat();
  });
  return (await Promise.all(found)).flat();
}
