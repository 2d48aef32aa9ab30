/** What the contract tests share: a local cloud, a clock of their own, and callers for Google's own client. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { z } from "zod";
import { startCloud } from "../../tools/localCloud/index.ts";
import type { Clock, Cloud, CloudOptions } from "../../tools/localCloud/index.ts";

/** The content of the seed. */
export const organization = "organizations/123456789012";
export const folder = "folders/456789012345";
export const operator = "serviceAccount:operator@ops-admin.iam.gserviceaccount.com";

/** A clock that advances only when a test moves it, or when somebody sleeps. */
export class TestClock implements Clock {
  #now = Date.parse("2026-10-01T09:00:00Z");

  now(): number {
    return this.#now;
  }

  /** Sleeping takes no time, and moves the clock. */
  sleep(milliseconds: number): Promise<void> {
    this.advance(milliseconds);
    return Promise.resolve();
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

/** Who calls: the name in a seeded token `local-NAME-token`. */
export type Caller = "operator" | "ada" | "auditor" | "nobody" | "someone-else";

/** What a call of Google's client needs to reach the local cloud. */
export interface CallOptions {
  readonly rootUrl: string;
  readonly retry: false;
  readonly headers: Record<string, string>;
}

export interface LocalCloud {
  readonly cloud: Cloud;
  readonly clock: TestClock;
  /** The options that send a call to an API as somebody, by default the operator; `undefined` gives no credentials. */
  as(caller: Caller | undefined, more?: { readonly quotaProject?: string }): CallOptions;
}

/**
 * A local cloud for the tests of a file; each test finds it as the seed has it.
 * @param prefix The API's first path segment, such as `cloudsupport`.
 */
export function useLocalCloud(prefix: string, options: CloudOptions = {}): LocalCloud {
  const clock = new TestClock();
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud({ clock, ...options });
  });
  beforeEach(() => cloud.reset());
  afterAll(() => cloud.close());
  return {
    get cloud() {
      return cloud;
    },
    clock,
    as: (caller, { quotaProject } = {}) => ({
      rootUrl: `${cloud.address}/${prefix}/`,
      retry: false,
      headers: {
        ...(caller === undefined ? {} : { authorization: `Bearer local-${caller}-token` }),
        ...(quotaProject === undefined ? {} : { "x-goog-user-project": quotaProject }),
      },
    }),
  };
}

const detailSchema = z.looseObject({
  "@type": z.string(),
  reason: z.string().optional(),
  domain: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
});

const googleErrorSchema = z.object({
  code: z.number(),
  message: z.string(),
  status: z.string(),
  details: z.array(detailSchema).optional(),
  errors: z.array(z.looseObject({ reason: z.string() })).optional(),
});

/** Google's error, as its client hands it on. */
export type GoogleError = z.output<typeof googleErrorSchema>;

const refusedSchema = z.object({ response: z.object({ data: z.object({ error: googleErrorSchema }) }) });

/** The error that a call is refused with; fails when it is not. */
export async function refusal(call: Promise<unknown>): Promise<GoogleError> {
  let reply: unknown;
  try {
    reply = await call;
  } catch (error) {
    const refused = refusedSchema.safeParse(error);
    if (!refused.success) throw error;
    return refused.data.response.data.error;
  }
  assert.fail(`The call was answered instead of refused: ${JSON.stringify(reply)}`);
}

/** The error's code and status, such as `403 PERMISSION_DENIED`. */
export async function refusedWith(call: Promise<unknown>): Promise<string> {
  const { code, status } = await refusal(call);
  return `${code} ${status}`;
}

/** The google.rpc.ErrorInfo of an error. */
export function errorInfo(error: GoogleError): z.output<typeof detailSchema> {
  const found = error.details?.find((detail) => detail["@type"] === "type.googleapis.com/google.rpc.ErrorInfo");
  return found ?? assert.fail(`No ErrorInfo in ${JSON.stringify(error)}`);
}

/** The fields that an error reports: the google.rpc.BadRequest. */
export function violatedFields(error: GoogleError): unknown[] {
  const found = error.details?.find((detail) => detail["@type"] === "type.googleapis.com/google.rpc.BadRequest");
  const violations = found?.["fieldViolations"];
  return Array.isArray(violations)
    ? violations.map((violation: { field?: unknown }) => violation.field)
    : assert.fail(`No BadRequest in ${JSON.stringify(error)}`);
}
