import * as grpc from "@grpc/grpc-js";
import engineService from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineMessages from "@pulumi/pulumi/proto/engine_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import providerService from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { invokedFunction, resourceType } from "./catalogue.ts";
import { check } from "./check.ts";
import { checkConfiguration, diffConfiguration, projectWarning } from "./checkConfiguration.ts";
import { systemClock } from "./clock.ts";
import type { Clock } from "./clock.ts";
import { readConfiguration } from "./configuration.ts";
import { version } from "./errors.ts";
import { checkArguments } from "./invokedFunction.ts";
import { asList, create, diff, read, remove, update, wrapList } from "./operations.ts";
import type { Change, OperationOptions, Subject } from "./operations.ts";
import {
  checkFailure,
  checkResponse,
  diffConfigResponse,
  diffResponse,
  fromStruct,
  toServiceError,
  toStruct,
} from "./protocol.ts";
import type { Message } from "./protocol.ts";
import { createProvider } from "./provider.ts";
import type { Provider } from "./provider.ts";
import { secret, withoutNulls } from "./values.ts";

/** The dependencies of a server, with real ones as defaults. */
export interface ServerOptions {
  /** The address of the engine that started it, for warnings. An engine that attaches to a running server sends its address. */
  engine?: string | undefined;
  environment?: NodeJS.ProcessEnv;
  clock?: Clock;
}

/** One of the engine's providers. */
interface Session {
  log: EngineLog;
  provider?: Provider;
  warned: boolean;
}

/**
 * The gRPC server of the stand-in for the gcp plugin. The engine connects once for each provider: it starts a process for it, or
 * attaches to a running server (`PULUMI_DEBUG_PROVIDERS`).
 */
export class GcpPluginServer {
  readonly #engine: string | undefined;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #clock: Clock;
  readonly #server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  readonly #sessions = new Map<string, Session>();
  #calls = 0;

  constructor({ engine, environment = process.env, clock = systemClock }: ServerOptions = {}) {
    this.#engine = engine;
    this.#environment = environment;
    this.#clock = clock;
    this.#server.addService(providerService.ResourceProviderService, this.#methods());
  }

  /** Whether a call is running. */
  get isBusy(): boolean {
    return this.#calls > 0;
  }

  /** Listens on the loopback interface, and returns the port. */
  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error) reject(error);
        else resolve(port);
      });
    });
  }

  /** Stops immediately. */
  close(): void {
    for (const session of this.#sessions.values()) cancel(session);
    this.#server.forceShutdown();
  }

  #methods(): Partial<IResourceProviderServer> & grpc.UntypedServiceImplementation {
    return {
      getPluginInfo: this.#answer(() => {
        const info = new plugin.PluginInfo();
        info.setVersion(version);
        return info;
      }),
      getSchema: this.#answer(() => {
        const response = new messages.GetSchemaResponse();
        response.setSchema(JSON.stringify({ name: "gcp", version }));
        return response;
      }),
      getMapping: this.#answer(() => new messages.GetMappingResponse()),
      getMappings: this.#answer(() => new messages.GetMappingsResponse()),
      checkConfig: this.#answer((request: Message<"CheckRequest">, session) => this.#checkConfig(request, session)),
      diffConfig: this.#answer((request: Message<"DiffRequest">) => {
        const news = fromStruct(request.getNews());
        const olds = fromStruct(request.getOldInputs() ?? request.getOlds());
        return diffConfigResponse(diffConfiguration(olds, news, request.getIgnorechangesList()));
      }),
      configure: this.#answer((request: Message<"ConfigureRequest">, session) => this.#configure(request, session)),
      check: this.#answer((request: Message<"CheckRequest">) => {
        const { type, urn } = subjectOf(request);
        return checkResponse(check(type.fields, nameOf(urn), fromStruct(request.getNews())));
      }),
      diff: this.#answer((request: Message<"DiffRequest">, session) =>
        diffResponse(diff(configured(session), subjectOf(request), changeOf(request))),
      ),
      create: this.#answer(replyToCreate),
      read: this.#answer(replyToRead),
      update: this.#answer(replyToUpdate),
      delete: this.#answer(replyToDelete),
      invoke: this.#answer(replyToInvoke),
      cancel: this.#answer((_request: unknown, session) => {
        cancel(session);
        return new empty.Empty();
      }),
      attach: this.#answer((request: InstanceType<typeof plugin.PluginAttach>, session) => {
        // A later engine's connection can have the port of an earlier one.
        delete session.provider;
        Object.assign(session, { log: engineLog(request.getAddress()), warned: false });
        return new empty.Empty();
      }),
    };
  }

  #session(peer: string): Session {
    const session = this.#sessions.get(peer) ?? { log: engineLog(this.#engine), warned: false };
    this.#sessions.set(peer, session);
    return session;
  }

  /** A method of the protocol that replies with a function's result or error. */
  #answer<Request, Response>(
    method: (request: Request, session: Session) => Response | Promise<Response>,
  ): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
      this.#calls += 1;
      void (async () => method(call.request, this.#session(call.getPeer())))()
        .then(
          (response) => callback(null, response),
          (error: unknown) => callback(toServiceError(error)),
        )
        .finally(() => (this.#calls -= 1));
    };
  }

  #checkConfig(request: Message<"CheckRequest">, session: Session): Message<"CheckResponse"> {
    const inputs = withoutNulls(fromStruct(request.getNews()));
    const failures = checkConfiguration(inputs);
    const warning = projectWarning(inputs, this.#environment);
    if (warning !== undefined && !session.warned) {
      session.warned = true;
      session.log.warn(warning, request.getUrn());
    }
    const { accessToken } = inputs;
    const marked = accessToken === undefined ? inputs : { ...inputs, accessToken: secret(accessToken) };
    const name = nameOf(request.getUrn());
    return checkResponse({ inputs: marked, failures: failures.map((f) => f.replaceAll("'name.", `'${name}.`)) });
  }

  #configure(request: Message<"ConfigureRequest">, session: Session): Message<"ConfigureResponse"> {
    try {
      const inputs = withoutNulls(fromStruct(request.getArgs()));
      session.provider = createProvider(readConfiguration(inputs, this.#environment), this.#clock);
    } catch (error) {
      throw asList(error);
    }
    const response = new messages.ConfigureResponse();
    response.setSupportspreview(true);
    response.setSupportsAutonamingConfiguration(true);
    return response;
  }
}

async function replyToCreate(request: Message<"CreateRequest">, session: Session): Promise<Message<"CreateResponse">> {
  const inputs = fromStruct(request.getProperties());
  const { id, properties } = await create(
    configured(session),
    subjectOf(request),
    inputs,
    operationOptions(request, session),
  );
  const response = new messages.CreateResponse();
  response.setId(id);
  response.setProperties(toStruct(properties));
  return response;
}

async function replyToRead(request: Message<"ReadRequest">, session: Session): Promise<Message<"ReadResponse">> {
  const [outputs, inputs] = [fromStruct(request.getProperties()), fromStruct(request.getInputs())];
  const found = await read(configured(session), subjectOf(request), request.getId(), outputs, inputs);
  const response = new messages.ReadResponse();
  if (!found) return response;
  response.setId(found.id);
  response.setProperties(toStruct(found.properties));
  response.setInputs(toStruct(found.inputs));
  return response;
}

async function replyToUpdate(request: Message<"UpdateRequest">, session: Session): Promise<Message<"UpdateResponse">> {
  const change = changeOf(request);
  const properties = await update(configured(session), subjectOf(request), change, operationOptions(request, session));
  const response = new messages.UpdateResponse();
  response.setProperties(toStruct(properties));
  return response;
}

async function replyToDelete(
  request: Message<"DeleteRequest">,
  session: Session,
): Promise<InstanceType<typeof empty.Empty>> {
  const outputs = fromStruct(request.getProperties());
  await remove(configured(session), subjectOf(request), request.getId(), outputs, operationOptions(request, session));
  return new empty.Empty();
}

async function replyToInvoke(request: Message<"InvokeRequest">, session: Session): Promise<Message<"InvokeResponse">> {
  const token = request.getTok();
  const called = invokedFunction(token);
  const args = withoutNulls(fromStruct(request.getArgs()));
  const response = new messages.InvokeResponse();
  const failures = checkArguments(called, args);
  response.setFailuresList(failures.map(checkFailure));
  if (failures.length > 0) return response;
  const result = await called.invoke(configured(session), args).catch((error: unknown) => {
    throw wrapList(`invoking ${token}`, error);
  });
  response.setReturn(toStruct(result));
  return response;
}

function operationOptions(
  request: { getTimeout(): number; getPreview?(): boolean; getUrn(): string },
  { log }: Session,
): OperationOptions {
  return {
    preview: request.getPreview?.() ?? false,
    timeout: request.getTimeout(),
    warn: (message) => log.warn(message, request.getUrn()),
  };
}

function configured({ provider }: Session): Provider {
  if (!provider) throw new Error("the gcp plugin was not configured");
  return provider;
}

function cancel({ provider }: Session): void {
  provider?.iamBatcher.cancel();
  provider?.serviceUsageBatcher.cancel();
}

function subjectOf(request: { getUrn(): string }): Subject {
  const urn = request.getUrn();
  return { urn, type: resourceType(typeOf(urn)) };
}

function changeOf(request: Message<"DiffRequest"> | Message<"UpdateRequest">): Change {
  return {
    id: request.getId(),
    olds: fromStruct(request.getOlds()),
    news: fromStruct(request.getNews()),
    ignoreChanges: request.getIgnorechangesList(),
  };
}

/** The type in a URN: the last type of its third part, which starts with the parents' types. */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** The name at the end of a URN. */
function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The log for messages to the user. */
interface EngineLog {
  warn: (message: string, urn?: string) => void;
}

/** The log of the engine at an address; without an address, messages are dropped. */
function engineLog(address: string | undefined): EngineLog {
  if (address === undefined) return { warn: () => undefined };
  return {
    warn: (message, urn = "") => {
      // Not a shared connection: a later engine can have the same port.
      const options = { "grpc.use_local_subchannel_pool": 1 };
      const engine = new engineService.EngineClient(address, grpc.credentials.createInsecure(), options);
      const request = new engineMessages.LogRequest();
      request.setSeverity(engineMessages.LogSeverity.WARNING);
      request.setMessage(message);
      request.setUrn(urn);
      // Do not fail if the log cannot be written.
      engine.log(request, () => engine.close());
    },
  };
}
