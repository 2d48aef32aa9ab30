/** `/_local/…`: the local cloud itself, for other processes. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import type { Cloud } from "./index.ts";
import { stateJson } from "./state.ts";

function json(reply: FastifyReply, text: string): FastifyReply {
  return reply.type("application/json; charset=UTF-8").send(text);
}

/** Adds the routes. */
export function addLocalRoutes(server: FastifyInstance, cloud: Cloud): void {
  server.get("/_local/state", (_request, reply) => json(reply, stateJson(cloud.state)));
  server.get("/_local/requests", (_request, reply) => json(reply, JSON.stringify(cloud.requests)));
  server.post("/_local/reset", (_request, reply) => {
    cloud.reset();
    return json(reply, "{}");
  });
  server.get("/_local/environment", (_request, reply) =>
    json(reply, JSON.stringify({ environment: cloud.environment, gcpConfig: cloud.gcpConfig })),
  );
  server.get("/_local/faults", (_request, reply) => json(reply, faultsJson(cloud)));
  server.post("/_local/faults", (request, reply) => {
    try {
      cloud.faults.apply(JSON.parse(String(request.body)));
    } catch (error) {
      const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      return json(reply.code(400), JSON.stringify({ error: { code: 400, message, status: "INVALID_ARGUMENT" } }));
    }
    return json(reply, faultsJson(cloud));
  });
  server.delete("/_local/faults", (_request, reply) => {
    cloud.faults.clear();
    return json(reply, faultsJson(cloud));
  });
}

function faultsJson({ faults: { rules, settings } }: Cloud): string {
  return JSON.stringify({ rules, settings });
}
