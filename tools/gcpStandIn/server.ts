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
  /** The engine's address, for warnings. */
  engine?: string | undefined;
  environment?: NodeJS.ProcessEnv;
  clock?: Clock;
}

/** The gRPC server of the stand-in for the gcp plugin. */
export class GcpPluginServer {
  readonly #log: EngineLog;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #clock: Clock;
  readonly #server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  #provider: Provider | undefined;
  #warned = false;
  #calls = 0;

  constructor({ engine, environment = process.env, clock = systemClock }: ServerOptions = {}) {
    this.#log = engineLog(engine);
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
    this.#cancel();
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
      checkConfig: this.#answer((request: Message<"CheckRequest">) => this.#checkConfig(request)),
      diffConfig: this.#answer((request: Message<"DiffRequest">) => {
        const news = fromStruct(request.getNews());
        const olds = fromStruct(request.getOldInputs() ?? request.getOlds());
        return diffConfigResponse(diffConfiguration(olds, news, request.getIgnorechangesList()));
      }),
      configure: this.#answer((request: Message<"ConfigureRequest">) => this.#configure(request)),
      check: this.#answer((request: Message<"CheckRequest">) => {
        const { type, urn } = subjectOf(request);
        return checkResponse(check(type.fields, nameOf(urn), fromStruct(request.getNews())));
      }),
      diff: this.#answer((request: Message<"DiffRequest">) =>
        diffResponse(diff(this.#configured(), subjectOf(request), changeOf(request))),
      ),
      create: this.#answer((request: Message<"CreateRequest">) => this.#create(request)),
      read: this.#answer((request: Message<"ReadRequest">) => this.#read(request)),
      update: this.#answer((request: Message<"UpdateRequest">) => this.#update(request)),
      delete: this.#answer((request: Message<"DeleteRequest">) => this.#delete(request)),
      invoke: this.#answer((request: Message<"InvokeRequest">) => this.#invoke(request)),
      cancel: this.#answer(() => {
        this.#cancel();
        return new empty.Empty();
      }),
      attach: this.#answer(() => new empty.Empty()),
    };
  }

  /** A method of the protocol that replies with a function's result or error. */
  #answer<Request, Response>(
    method: (request: Request) => Response | Promise<Response>,
  ): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
      this.#calls += 1;
      void (async () => method(call.request))()
        .then(
          (response) => callback(null, response),
          (error: unknown) => callback(toServiceError(error)),
        )
        .finally(() => (this.#calls -= 1));
    };
  }

  #checkConfig(request: Message<"CheckRequest">): Message<"CheckResponse"> {
    const inputs = withoutNulls(fromStruct(request.getNews()));
    const failures = checkConfiguration(inputs);
    const warning = projectWarning(inputs, this.#environment);
    if (warning !== undefined && !this.#warned) {
      this.#warned = true;
      this.#log.warn(warning, request.getUrn());
    }
    const { accessToken } = inputs;
    const marked = accessToken === undefined ? inputs : { ...inputs, accessToken: secret(accessToken) };
    const name = nameOf(request.getUrn());
    return checkResponse({ inputs: marked, failures: failures.map((f) => f.replaceAll("'name.", `'${name}.`)) });
  }

  #configure(request: Message<"ConfigureRequest">): Message<"ConfigureResponse"> {
    try {
      const inputs = withoutNulls(fromStruct(request.getArgs()));
      this.#provider = createProvider(readConfiguration(inputs, this.#environment), this.#clock);
    } catch (error) {
      throw asList(error);
    }
    const response = new messages.ConfigureResponse();
    response.setSupportspreview(true);
    response.setSupportsAutonamingConfiguration(true);
    return response;
  }

  async #create(request: Message<"CreateRequest">): Promise<Message<"CreateResponse">> {
    const inputs = fromStruct(request.getProperties());
    const { id, properties } = await create(
      this.#configured(),
      subjectOf(request),
      inputs,
      this.#operationOptions(request),
    );
    const response = new messages.CreateResponse();
    response.setId(id);
    response.setProperties(toStruct(properties));
    return response;
  }

  async #read(request: Message<"ReadRequest">): Promise<Message<"ReadResponse">> {
    const [outputs, inputs] = [fromStruct(request.getProperties()), fromStruct(request.getInputs())];
    const found = await read(this.#configured(), subjectOf(request), request.getId(), outputs, inputs);
    const response = new messages.ReadResponse();
    if (!found) return response;
    response.setId(found.id);
    response.setProperties(toStruct(found.properties));
    response.setInputs(toStruct(found.inputs));
    return response;
  }

  async #update(request: Message<"UpdateRequest">): Promise<Message<"UpdateResponse">> {
    const change = changeOf(request);
    const properties = await update(this.#configured(), subjectOf(request), change, this.#operationOptions(request));
    const response = new messages.UpdateResponse();
    response.setProperties(toStruct(properties));
    return response;
  }

  async #delete(request: Message<"DeleteRequest">): Promise<InstanceType<typeof empty.Empty>> {
    const outputs = fromStruct(request.getProperties());
    await remove(this.#configured(), subjectOf(request), request.getId(), outputs, this.#operationOptions(request));
    return new empty.Empty();
  }

  async #invoke(request: Message<"InvokeRequest">): Promise<Message<"InvokeResponse">> {
    const token = request.getTok();
    const called = invokedFunction(token);
    const args = withoutNulls(fromStruct(request.getArgs()));
    const response = new messages.InvokeResponse();
    const failures = checkArguments(called, args);
    response.setFailuresList(failures.map(checkFailure));
    if (failures.length > 0) return response;
    const result = await called.invoke(this.#configured(), args).catch((error: unknown) => {
      throw wrapList(`invoking ${token}`, error);
    });
    response.setReturn(toStruct(result));
    return response;
  }

  #operationOptions(request: { getTimeout(): number; getPreview?(): boolean; getUrn(): string }): OperationOptions {
    return {
      preview: request.getPreview?.() ?? false,
      timeout: request.getTimeout(),
      warn: (message) => this.#log.warn(message, request.getUrn()),
    };
  }

  #configured(): Provider {
    if (!this.#provider) throw new Error("the gcp plugin was not configured");
    return this.#provider;
  }

  #cancel(): void {
    this.#provider?.iamBatcher.cancel();
    this.#provider?.serviceUsageBatcher.cancel();
  }
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
  const engine = new engineService.EngineClient(address, grpc.credentials.createInsecure());
  return {
    warn: (message, urn = "") => {
      const request = new engineMessages.LogRequest();
      request.setSeverity(engineMessages.LogSeverity.WARNING);
      request.setMessage(message);
      request.setUrn(urn);
      // Do not fail if the log cannot be written.
      engine.log(request, () => undefined);
    },
  };
}
