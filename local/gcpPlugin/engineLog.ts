import * as grpc from "@grpc/grpc-js";
import engineMessages from "@pulumi/pulumi/proto/engine_pb.js";
import engineService from "@pulumi/pulumi/proto/engine_grpc_pb.js";

/** Where the plugin says what the user should read. */
export interface EngineLog {
  warn: (message: string, urn?: string) => void;
}

/** The log of the engine that listens at an address; without an address nobody listens. */
export function engineLog(address: string | undefined): EngineLog {
  if (address === undefined) return { warn: () => undefined };
  const engine = new engineService.EngineClient(address, grpc.credentials.createInsecure());
  return {
    warn: (message, urn = "") => {
      const request = new engineMessages.LogRequest();
      request.setSeverity(engineMessages.LogSeverity.WARNING);
      request.setMessage(message);
      request.setUrn(urn);
      // A log that cannot be written is no reason to fail.
      engine.log(request, () => undefined);
    },
  };
}
