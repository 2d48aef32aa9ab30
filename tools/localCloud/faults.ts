/** Faults on demand: which requests go wrong, and how. */
import { RE2JS } from "re2js";
import { z } from "zod";
import { ApiError, errorInfo, httpCodes, statusOfHttpCode } from "./errors.ts";
import type { Status } from "./errors.ts";
import { QuotaUse, quotaSchema } from "./quotas.ts";

/** In the syntax of RE2, in which no pattern can take long. */
function isRegularExpression(text: string): boolean {
  try {
    return RE2JS.compile(text) instanceof RE2JS;
  } catch {
    return false;
  }
}

const milliseconds = z.number().nonnegative();

/** Node takes a longer wait for none. Source: https://nodejs.org/api/timers.html, "setTimeout" */
const wait = milliseconds.max(2 ** 31 - 1);

const settingsSchema = z.strictObject({
  /** Milliseconds that every request takes. */
  latency: wait,
  /** Milliseconds until `cases:search` sees a change. */
  searchLag: milliseconds,
  /** Milliseconds in which an enabled service still answers SERVICE_DISABLED. */
  servicePropagation: milliseconds,
  /** Milliseconds in which a new grant gives nothing yet. */
  grantPropagation: milliseconds,
  /** The poll that answers that an operation is done; 0: the first reply already does. */
  operationPolls: z.number().int().nonnegative(),
  /** The quotas that are enforced, with 429 beyond. */
  quotas: z.array(quotaSchema),
  /** Milliseconds that a quota's minute takes. */
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
      /** A regular expression on the path, as RE2 takes it. */
      path: z.string().max(1000).refine(isRegularExpression, "not a regular expression of RE2").optional(),
      /** The first of the matching requests that is affected, from 1. */
      nth: z.number().int().positive().default(1),
      /** How many matching requests, from that one on, are affected. */
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
        /** Answered as a Retry-After header. */
        retryAfterSeconds: z.number().nonnegative().optional(),
        /** Answered as an ErrorInfo. */
        reason: z.string().optional(),
        /** Whether the effect is there all the same, as when a deadline expires. */
        afterEffect: z.boolean().default(false),
      }),
    }),
    z.strictObject({
      /** Answered in place of the API's own reply, as a proxy or a portal does. */
      reply: z.strictObject({
        code: z.number().int().min(200).max(599).default(200),
        contentType: z.string().default("text/html; charset=UTF-8"),
        body: z.string().default(""),
        /** Whether the request has reached the API all the same. */
        afterEffect: z.boolean().default(false),
      }),
    }),
    z.enum(["reset-before-effect", "reset-after-effect", "hang-before-effect", "hang-after-effect"]),
  ]),
});

/** A fault as it is asked for. */
export type FaultRuleInput = z.input<typeof ruleSchema>;

/** A fault as it is kept. */
export type FaultRule = z.output<typeof ruleSchema> & {
  /** How many requests have matched so far. */
  matched: number;
};

/** What a request suffers. */
export interface Affliction {
  /** Milliseconds to wait first. */
  readonly latency: number;
  /** Answered in place of the effect, or of the reply to it. */
  readonly error?: { readonly reply: ApiError; readonly when: "before" | "after" };
  /** Answered by something in between. */
  readonly reply?: {
    readonly code: number;
    readonly contentType: string;
    readonly body: string;
    readonly when: "before" | "after";
  };
  /** The connection is cut, or never answered, before or after the effect. */
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

/** What goes wrong in the local cloud: the rules, and the settings that hold for all requests. */
export class Faults {
  readonly rules: FaultRule[] = [];
  readonly settings: Settings = { ...defaults };
  readonly quotaUse = new QuotaUse();

  /** Adds a rule. Throws if it is not one. */
  add(rule: FaultRuleInput): void {
    this.rules.push({ ...ruleSchema.parse(rule), matched: 0 });
  }

  /** Changes the settings that are named. Throws if they are not settings. */
  set(settings: Partial<Settings>): void {
    Object.assign(this.settings, settingsSchema.partial().parse(settings));
  }

  /** Adds rules and changes settings as another process asks for them: `{ rules, settings }`. */
  apply(request: unknown): void {
    const { rules, settings } = requestSchema.parse(request);
    for (const rule of rules) this.rules.push({ ...rule, matched: 0 });
    Object.assign(this.settings, settings);
  }

  /** Takes all rules away and puts the settings back. */
  clear(): void {
    this.rules.length = 0;
    this.quotaUse.clear();
    Object.assign(this.settings, defaults);
  }

  /** What the request suffers; counts it in every rule that it matches. */
  afflict(subject: Subject): Affliction {
    let affliction: Affliction = { latency: this.settings.latency };
    for (const rule of this.rules) {
      if (!matches(rule, subject)) continue;
      rule.matched++;
      const { nth, times } = rule.match;
      if (rule.matched < nth || rule.matched >= nth + times) continue;
      affliction = { ...affliction, ...suffered(rule, affliction, subject) };
    }
    return affliction;
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

/** The first rule that ends the request wins; latencies add up. */
function suffered({ effect }: FaultRule, so: Affliction, subject: Subject): Partial<Affliction> {
  if (typeof effect === "object" && "latency" in effect) return { latency: so.latency + effect.latency };
  if (so.error !== undefined || so.connection !== undefined || so.reply !== undefined) return {};
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
