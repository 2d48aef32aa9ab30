/** One question to Google, and what came of it: an answer, or the error in its place, which becomes a finding. */
import { GoogleError, isOutOfSight } from "../../google/index.ts";
import type { ResourceName } from "../../guide/index.ts";

export interface Question {
  /** What is asked for, as a finding names it, such as `the contacts`. */
  readonly what: string;
  readonly where: ResourceName;
  /** The API that is asked, such as `essentialcontacts.googleapis.com`. */
  readonly service: string;
  /** The permission that the answer takes, where it takes one. */
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

/** The permission that would help: none where the API did not answer, or refused for another reason, such as the quota project's. */
export function missingPermission({ permission, error }: Reading<unknown>): string | undefined {
  return error === undefined || isOutOfSight(error) ? permission : undefined;
}
