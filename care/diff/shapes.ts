/** The shape of `pulumi preview --json`, for the parts that are read. Other parts are ignored. */
import { z } from "zod";
import { urnPattern } from "./urn.ts";

const properties = z.record(z.string(), z.unknown()).nullish();
const state = z.object({
  custom: z.boolean().nullish(),
  id: z.string().nullish(),
  provider: z.string().nullish(),
  inputs: properties,
  outputs: properties,
  parent: z.string().nullish(),
  retainOnDelete: z.boolean().nullish(),
  deletedWith: z.string().nullish(),
});
/** A digest always contains `custom`; a stream omits it if false. */
const stateOfDigest = state.extend({ custom: z.boolean() });
const urn = z.string().regex(urnPattern, "is not a URN");
/** A digest and a stream name the kind differently. */
const detailedDiff = z
  .record(z.string(), z.object({ kind: z.string().nullish(), diffKind: z.string().nullish() }))
  .nullish();
const texts = z.array(z.string()).nullish();
const counts = z.record(z.string(), z.number()).nullish();
const config = z.record(z.string(), z.string()).nullish();

/** Source: `PreviewDigest` of pkg/display/json.go of github.com/pulumi/pulumi. */
export const digest = z.object({
  config,
  steps: z
    .array(
      z.object({
        op: z.string(),
        urn,
        oldState: stateOfDigest.nullish(),
        newState: stateOfDigest.nullish(),
        replaceReasons: texts,
        detailedDiff,
      }),
    )
    .nullish(),
  diagnostics: z.array(z.object({ message: z.string().nullish(), severity: z.string().nullish() })).nullish(),
  changeSummary: counts,
});

/** Source: `EngineEvent` of sdk/go/common/apitype/events.go of github.com/pulumi/pulumi. */
export const event = z.object({
  sequence: z.number(),
  preludeEvent: z.object({ config }).nullish(),
  resourcePreEvent: z
    .object({
      metadata: z.object({
        op: z.string(),
        urn,
        old: state.nullish(),
        new: state.nullish(),
        keys: texts,
        detailedDiff,
      }),
    })
    .nullish(),
  resOutputsEvent: z.object({ metadata: z.object({ op: z.string(), urn: z.string() }) }).nullish(),
  diagnosticEvent: z.object({ message: z.string(), severity: z.string() }).nullish(),
  policyEvent: z.object({ message: z.string(), enforcementLevel: z.string() }).nullish(),
  summaryEvent: z
    .object({ resourceChanges: counts, isPreview: z.boolean().nullish(), result: z.string().nullish() })
    .nullish(),
});

export type Digest = z.infer<typeof digest>;

export type Event = z.infer<typeof event>;

export type WrittenDiff = z.infer<typeof detailedDiff>;

export type WrittenState = z.infer<typeof state> | null | undefined;
