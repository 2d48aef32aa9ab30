/** Injects faults into requests. */
import { RE2JS } from "re2js";
import { z } from "zod";
import { ApiError, errorInfo, httpCodes, statusOfHttpCode } from "./errors.ts";
import type { Status } from "./errors.ts";
import { QuotaUse, quotaSchema } from "./quotas.ts";

/** In the syntax of RE2, which guarantees linear time. */
function isRegularExpression(text: string): boolean {
  try {
    return RE2JS.compile(text) instanceof RE2JS;
  } catch {
    return false;
  }
}

const milliseconds = z.number().nonnegative();

/** Node treats a longer timeout as 1 ms. Source: https://nodejs.org/api/timers.html, "setTimeout" */
const wait = milliseconds.max(2 ** 31 - 1);

const settingsSchema = z.strictObject({
  /** The latency of every request, in milliseconds. */
  latency: wait,
  /** The delay of `cases:search`, in milliseconds. */
  searchLag: milliseconds,
  /** The time during which an enabled service still returns SERVICE_DISABLED, in milliseconds. */
  servicePropagation: milliseconds,
  /** The time until a new grant takes effect, in milliseconds. */
  grantPropagation: milliseconds,
  /** The number of polls until an operation is done; 0 if the first reply is done. */
  operationPolls: z.number().int().nonnegative(),
  /** The quotas to enforce with 429. */
  quotas: z.array(quotaSchema),
  /** The length of a quota's minute, in milliseconds. */
  quotaMinute: z.number().int().positive(),
});

export type Settings = z.output<typeof settingsSchema>;

const ruleSchema = z.strictObject({
  match: z
    .strictObject({
      /** Such as `cloudsupport.googleapis.com`. */
      service: z.string().optional(),
      /** Such as `CreateCase`. */
      rpc: z.string().optional(),
      /** The HTTP method. */
      method: z.string().optional(),
      /** A regular expression for the path, in RE2 syntax. */
      path: z.string().max(1000).refine(isRegularExpression, "not a regular expression of RE2").optional(),
      /** The first matching request that is affected, from 1. */
      nth: z.number().int().positive().default(1),
      /** The number of affected matching requests. */
      times: z.number().int().positive().default(1),
    })
    .prefault({}),
  effect: z.union([
    z.strictObject({ latency: wait }),
    z.strictObject({
      error: z.strictObject({
        code: z.number().int().min(400).max(599),
        status: z.enum(Object.keys(httpCodes) as [Status, ...Status[]]).optional(),
        message: z.string().optional(),
        /** The Retry-After header. */
        retryAfterSeconds: z.number().nonnegative().optional(),
        /** The reason in an ErrorInfo. */
        reason: z.string().optional(),
        /** Whether the request still has its effect, as when a deadline expires. */
        afterEffect: z.boolean().default(false),
      }),
    }),
    z.strictObject({
      /** A reply that replaces the API's, like that of a proxy or a portal. */
      reply: z.strictObject({
        code: z.number().int().min(200).max(599).default(200),
        contentType: z.string().default("text/html; charset=UTF-8"),
        body: z.string().default(""),
        /** Whether the request still reaches the API. */
        afterEffect: z.boolean().default(false),
      }),
    }),
    z.enum(["reset-before-effect", "reset-after-effect", "hang-before-effect", "hang-after-effect"]),
  ]),
});

/** A fault in a request. */
export type FaultRuleInput = z.input<typeof ruleSchema>;

/** A stored fault. */
export type FaultRule = z.output<typeof ruleSchema> & {
  /** The number of matching requests so far. */
  matched: number;
};

/** The combined effect of all faults on a request. */
export interface FaultEffect {
  /** The wait before the request, in milliseconds. */
  readonly latency: number;
  /** The error that replaces the effect or the reply. */
  readonly error?: { readonly reply: ApiError; readonly when: "before" | "after" };
  /** The reply of a proxy. */
  readonly reply?: {
    readonly code: number;
    readonly contentType: string;
    readonly body: string;
    readonly when: "before" | "after";
  };
  /** Whether the connection is cut or never gets a reply, before or after the effect. */
  readonly connection?: { readonly how: "reset" | "hang"; readonly when: "before" | "after" };
}

export interface Subject {
  readonly service: string;
  readonly rpc: string;
  readonly method: string;
  readonly path: string;
}

const defaults: Settings = {
  latency: 0,
  searchLag: 0,
  servicePropagation: 0,
  grantPropagation: 0,
  operationPolls: 1,
  quotas: [],
  quotaMinute: 60_000,
};

const requestSchema = z.strictObject({
  rules: z.array(ruleSchema).default([]),
  settings: settingsSchema.partial().default({}),
});

/** The faults of the local cloud: rules, and settings for all requests. */
export class Faults {
  readonly rules: FaultRule[] = [];
  readonly settings: Settings = { ...defaults };
  readonly quotaUse = new QuotaUse();

  /** Adds a rule. Throws if it is invalid. */
  add(rule: FaultRuleInput): void {
    this.rules.push({ ...ruleSchema.parse(rule), matched: 0 });
  }

  /** Changes settings. Throws if they are invalid. */
  set(settings: Partial<Settings>): void {
    Object.assign(this.settings, settingsSchema.partial().parse(settings));
  }

  /** Adds rules and changes settings from another process: `{ rules, settings }`. */
  apply(request: unknown): void {
    const { rules, settings } = requestSchema.parse(request);
    for (const rule of rules) this.rules.push({ ...rule, matched: 0 });
    Object.assign(this.settings, settings);
  }

  /** Removes all rules and resets the settings. */
  clear(): void {
    this.rules.length = 0;
    this.quotaUse.clear();
    Object.assign(this.settings, defaults);
  }

  /** The effect of faults on a request. Counts the request in every matching rule. */
  effectOn(subject: Subject): FaultEffect {
    let current: FaultEffect = { latency: this.settings.latency };
    for (const rule of this.rules) {
      if (!matches(rule, subject)) continue;
      rule.matched++;
      const { nth, times } = rule.match;
      if (rule.matched < nth || rule.matched >= nth + times) continue;
      current = { ...current, ...ruleEffect(rule, current, subject) };
    }
    return current;
  }
}

function matches({ match }: FaultRule, subject: Subject): boolean {
  return (
    (match.service === undefined || match.service === subject.service) &&
    (match.rpc === undefined || match.rpc === subject.rpc) &&
    (match.method === undefined || match.method === subject.method) &&
    (match.path === undefined || RE2JS.compile(match.path).matcher(subject.path).find())
  );
}

/** The first rule that ends the request applies. Latencies add up. */
function ruleEffect({ effect }: FaultRule, current: FaultEffect, subject: Subject): Partial<FaultEffect> {
  if (typeof effect === "object" && "latency" in effect) return { latency: current.latency + effect.latency };
  if (current.error !== undefined || current.connection !== undefined || current.reply !== undefined) return {};
  if (typeof effect === "object" && "reply" in effect) {
    const { afterEffect, ...reply } = effect.reply;
    return { reply: { ...reply, when: afterEffect ? "after" : "before" } };
  }
  if (typeof effect === "object") {
    const when = effect.error.afterEffect ? "after" : "before";
    return { error: { reply: errorOf(effect.error, subject.service), when } };
  }
  const [how, when] = effect.split("-") as ["reset" | "hang", "before" | "after"];
  return { connection: { how, when } };
}

type ErrorEffect = Extract<FaultRule["effect"], { error: unknown }>["error"];

function errorOf({ code, status, message, retryAfterSeconds, reason }: ErrorEffect, service: string): ApiError {
  return new ApiError(status ?? statusOfHttpCode(code), message, {
    code,
    ...(reason === undefined ? {} : { details: [errorInfo(reason, "googleapis.com", { service })] }),
    ...(retryAfterSeconds === undefined ? {} : { headers: { "Retry-After": String(retryAfterSeconds) } }),
  });
}
