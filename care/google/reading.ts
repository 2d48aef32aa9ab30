/** One request to Google, and its result: a value, or the error, which becomes a finding. */
import { GoogleError, isOutOfSight } from "../../google/index.ts";
import type { ApiName, ResourceName } from "../../guide/index.ts";

export interface Question {
  /** The name for the requested data in a finding, such as `the contacts`. */
  readonly what: string;
  readonly where: ResourceName;
  /** The API, such as `essentialcontacts.googleapis.com`. */
  readonly service: ApiName;
  /** The permission that the request needs, if any. */
  readonly permission?: string;
}

export interface Reading<Value> extends Question {
  readonly value?: Value;
  readonly error?: GoogleError;
}

export async function read<Value>(question: Question, ask: () => Promise<Value>): Promise<Reading<Value>> {
  try {
    return { ...question, value: await ask() };
  } catch (error) {
    if (error instanceof GoogleError) return { ...question, error };
    throw error;
  }
}

/** The missing permission: none if the API did not answer, or refused for another reason, such as the quota project. */
export function missingPermission({ permission, error }: Reading<unknown>): string | undefined {
  return error === undefined || isOutOfSight(error) ? permission : undefined;
}
