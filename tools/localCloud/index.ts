/**
 * A local Google Cloud: a server on the loopback interface that implements the APIs of Customer Care onboarding, as documented
 * by Google and as recorded, with permissions and fault injection.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Api, Context } from "./api.ts";
import { isLoopback } from "./callers.ts";
import { systemClock } from "./clock.ts";
import type { Clock } from "./clock.ts";
import { cloudBilling } from "./cloudBilling.ts";
import { cloudSupport } from "./cloudSupport/index.ts";
import { environment, gcpConfig, writeCredentialFiles } from "./environment.ts";
import type { CredentialFiles } from "./environment.ts";
import { ApiError } from "./errors.ts";
import { essentialContacts } from "./essentialContacts.ts";
import { Faults } from "./faults.ts";
import { iamCredentials } from "./iamCredentials.ts";
import { monitoring } from "./monitoring/index.ts";
import { oauth2, securityTokenService } from "./oauth.ts";
import { orgPolicy } from "./orgPolicy.ts";
import { pubsub } from "./pubsub.ts";
import { recommender } from "./recommender.ts";
import { resourceManagerV1 } from "./resourceManagerV1.ts";
import { resourceManagerV2 } from "./resourceManagerV2.ts";
import { resourceManagerV3 } from "./resourceManagerV3.ts";
import { loadSeed } from "./seed.ts";
import type { SeedInput } from "./seed.ts";
import { seedState } from "./seedState.ts";
import { buildServer } from "./server.ts";
import type { RecordedRequest } from "./server.ts";
import { serviceHealth } from "./serviceHealth.ts";
import { raiseEvents } from "./serviceHealthEvents.ts";
import type { EventsInput, RaisedEvent } from "./serviceHealthEvents.ts";
import { serviceUsage } from "./serviceUsage.ts";
import { stateJson } from "./state.ts";
import type { State } from "./state.ts";

export type { Clock } from "./clock.ts";
export { refusalOf } from "./callers.ts";
export { isWrite } from "./server.ts";
export type { FaultRuleInput } from "./faults.ts";
export { loadSeed } from "./seed.ts";
export type { Seed, SeedInput } from "./seed.ts";
export type { RecordedRequest } from "./server.ts";
export type * from "./state.ts";

export const apis: readonly Api[] = [
  resourceManagerV1,
  resourceManagerV2,
  resourceManagerV3,
  serviceUsage,
  essentialContacts,
  cloudSupport,
  cloudBilling,
  serviceHealth,
  recommender,
  orgPolicy,
  pubsub,
  monitoring,
  iamCredentials,
  securityTokenService,
  oauth2,
];

export interface CloudOptions {
  /** The path of a YAML file, or its data. @default tools/localCloud/seed.yaml */
  readonly seed?: string | SeedInput;
  /** @default 0, a free port */
  readonly port?: number;
  /** Must be a loopback address. @default 127.0.0.1 */
  readonly host?: string;
  /** @default the system's */
  readonly clock?: Clock;
}

export interface Cloud {
  /** Such as `http://127.0.0.1:8080`. */
  readonly address: string;
  /** Where each API is without a prefix, by its host at Google, for clients that have no setting for a path. */
  readonly endpoints: Record<string, string>;
  /** The state of the cloud. A reset changes its content, not the object. */
  readonly state: State;
  /** All requests, in the order of arrival. */
  readonly requests: RecordedRequest[];
  readonly faults: Faults;
  /** The environment for programs that use the cloud as the first principal of the seed. */
  readonly environment: Record<string, string>;
  /** The `gcp:` configuration for the gcp plugin, without that prefix. */
  readonly gcpConfig: Record<string, string>;
  /**
   * Writes Application Default Credentials of type `external_account` into the directory: one file for the principal, one for an
   * impersonator. By default, they are the seed's first and second principals.
   */
  credentialFiles(
    directory: string,
    who?: { readonly principal?: string; readonly impersonator?: string },
  ): CredentialFiles;
  /** Raises events of Service Health, or changes them, and notifies the channels of the alert policies that match. */
  raiseEvents(input: EventsInput): RaisedEvent[];
  /** Resets the cloud to the seed, without faults and recorded requests. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts a local Google Cloud. */
export async function startCloud(options: CloudOptions = {}): Promise<Cloud> {
  const { port = 0, host = "127.0.0.1", clock = systemClock } = options;
  // Reject names too, because `localhost` can resolve to another address.
  if (!isLoopback(host))
    throw new Error(`The local cloud only listens on a loopback address such as 127.0.0.1 or ::1, not on ${host}.`);
  const seed = loadSeed(options.seed);
  const accessToken = seed.principals[0]?.accessToken;
  const context: Context = { state: seedState(seed), clock, faults: new Faults() };
  const requests: RecordedRequest[] = [];
  const server = buildServer(context, apis, requests);
  let address = "";

  const cloud: Cloud = {
    get address() {
      return address;
    },
    get endpoints() {
      const served = apis.filter(({ access }) => access !== "open");
      return Object.fromEntries(served.map(({ service }) => [service, address]));
    },
    state: context.state,
    requests,
    faults: context.faults,
    get environment() {
      return environment(address, accessToken);
    },
    get gcpConfig() {
      return gcpConfig(address);
    },
    credentialFiles(directory, who = {}) {
      const [first, second] = seed.principals;
      const principal = who.principal ?? first?.principal ?? "";
      return writeCredentialFiles(directory, address, principal, who.impersonator ?? second?.principal ?? principal);
    },
    raiseEvents: (input) => raiseEvents(context, input),
    reset() {
      Object.assign(context.state, seedState(seed));
      context.faults.clear();
      requests.length = 0;
    },
    close: () => server.close(),
  };
  addLocalRoutes(server, cloud);
  address = await server.listen({ host, port });
  return cloud;
}

/** The reply of a function that reads the request's body. */
function answer(request: FastifyRequest, reply: FastifyReply, handle: (body: unknown) => unknown): FastifyReply {
  try {
    return json(reply, JSON.stringify(handle(JSON.parse(String(request.body)))));
  } catch (error) {
    if (error instanceof ApiError) return json(reply.code(error.code), JSON.stringify(error.body()));
    const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    return json(reply.code(400), JSON.stringify({ error: { code: 400, message, status: "INVALID_ARGUMENT" } }));
  }
}

function json(reply: FastifyReply, text: string): FastifyReply {
  return reply.type("application/json; charset=UTF-8").send(text);
}

/** Adds `/_local/…`, which controls the local cloud from other processes. */
function addLocalRoutes(server: FastifyInstance, cloud: Cloud): void {
  server.get("/_local/state", (_request, reply) => json(reply, stateJson(cloud.state)));
  server.get("/_local/requests", (_request, reply) => json(reply, JSON.stringify(cloud.requests)));
  server.post("/_local/reset", (_request, reply) => {
    cloud.reset();
    return json(reply, "{}");
  });
  server.get("/_local/environment", (_request, reply) =>
    json(reply, JSON.stringify({ environment: cloud.environment, gcpConfig: cloud.gcpConfig })),
  );
  server.get("/_local/faults", (_request, reply) => json(reply, JSON.stringify(faultsOf(cloud))));
  server.post("/_local/faults", (request, reply) =>
    answer(request, reply, (body) => {
      cloud.faults.apply(body);
      return faultsOf(cloud);
    }),
  );
  server.delete("/_local/faults", (_request, reply) => {
    cloud.faults.clear();
    return json(reply, JSON.stringify(faultsOf(cloud)));
  });
  server.post("/_local/events", (request, reply) =>
    answer(request, reply, (body) => ({ events: cloud.raiseEvents(body as EventsInput) })),
  );
  server.get("/_local/messages", (_request, reply) =>
    json(reply, JSON.stringify({ messages: cloud.state.publishedMessages })),
  );
  server.get("/_local/notifications", (_request, reply) =>
    json(reply, JSON.stringify({ notifications: cloud.state.notifications })),
  );
}

function faultsOf({ faults: { rules, settings } }: Cloud): object {
  return { rules, settings };
}
