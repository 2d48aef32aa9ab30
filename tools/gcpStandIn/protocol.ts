import * as grpc from "@grpc/grpc-js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import status from "@pulumi/pulumi/proto/status_pb.js";

import { messageOf } from "./googleApiError.ts";
import { InitError } from "./errors.ts";
import { withoutSecrets } from "./values.ts";

import type { Checked } from "./check.ts";
import type { DetailedDiff } from "./detailedDiff.ts";
import type { Difference } from "./operations.ts";
import type { Properties } from "./values.ts";

type Struct = InstanceType<typeof struct.Struct>;

type Messages = typeof messages;

/** A message of the provider protocol, by its name. */
export type Message<Name extends keyof Messages> = Messages[Name] extends new () => infer Instance ? Instance : never;

/** Properties from the protocol's form, without secret markers. */
export function fromStruct(given: Struct | undefined): Properties {
  return withoutSecrets(given?.toJavaScript() ?? {}) as Properties;
}

/** Properties in the protocol's form. */
export function toStruct(properties: Properties): Struct {
  return struct.Struct.fromJavaScript(properties);
}

/** The reply to a check. */
export function checkResponse({ inputs, failures }: Checked): Message<"CheckResponse"> {
  const response = new messages.CheckResponse();
  response.setInputs(toStruct(inputs));
  response.setFailuresList(failures.map(checkFailure));
  return response;
}

/** One failure of a check: its reason names the property. */
export function checkFailure(reason: string): Message<"CheckFailure"> {
  const failure = new messages.CheckFailure();
  failure.setReason(reason);
  return failure;
}

/** The reply to a diff of a resource. */
export function diffResponse(difference: Difference): Message<"DiffResponse"> {
  const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
  const response = new messages.DiffResponse();
  response.setChanges(difference.changes ? DIFF_SOME : DIFF_NONE);
  response.setReplacesList(difference.replaces);
  response.setDiffsList(difference.diffs);
  response.setStablesList(difference.stables);
  response.setDeletebeforereplace(difference.deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  setDetailedDiff(response, difference.detailedDiff, false);
  return response;
}

/** The reply to a diff of the provider's configuration. */
export function diffConfigResponse(diff: DetailedDiff): Message<"DiffResponse"> {
  const response = new messages.DiffResponse();
  if (diff.size === 0) return response;
  response.setChanges(messages.DiffResponse.DiffChanges.DIFF_SOME);
  response.setDiffsList([...diff.keys()]);
  response.setHasdetaileddiff(true);
  setDetailedDiff(response, diff, true);
  return response;
}

/** An error in the protocol's form. For a partially created resource, it contains the resource. */
export function toServiceError(error: unknown): Partial<grpc.StatusObject> {
  const message = messageOf(error);
  const code = grpc.status.UNKNOWN;
  if (!(error instanceof InitError)) return { code, details: message };
  const failed = new messages.ErrorResourceInitFailed();
  failed.setId(error.id);
  failed.setProperties(toStruct(error.properties));
  failed.setReasonsList([message]);
  const detail = new any.Any();
  detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const full = new status.Status();
  full.setCode(code);
  full.setMessage(message);
  full.addDetails(detail);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(full.serializeBinary()));
  return { code, details: message, metadata };
}

function setDetailedDiff(response: Message<"DiffResponse">, diff: DetailedDiff, inputDiff: boolean): void {
  for (const [path, kind] of diff) {
    const change = new messages.PropertyDiff();
    change.setKind(messages.PropertyDiff.Kind[kind]);
    change.setInputdiff(inputDiff);
    response.getDetaileddiffMap().set(path, change);
  }
}
