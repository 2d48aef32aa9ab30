import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import * as grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import engineService from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import providerService from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import status from "@pulumi/pulumi/proto/status_pb.js";

import type { ChildProcess } from "node:child_process";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import { GcpPluginServer } from "../../../tools/gcpStandIn/server.ts";

/** Plain properties, as the engine's property maps look in JavaScript. */
export type Properties = Record<string, unknown>;

/** How a property changed: the key of the protocol's `PropertyDiff.Kind`, and whether inputs were compared. */
export type PropertyChange = { kind: string; inputDiff: boolean };

/** A gRPC error as the engine would see it. */
export type CallError = { code: number; message: string; reasons?: string[]; id?: string; properties?: Properties };

/** What a call gave: the response in plain JavaScript, or an error. */
export type Answer<T> = { ok: T } | { error: CallError };

/** The protocol, with plain JavaScript in and out. */
export interface PluginClient {
  readonly logs: { severity: number; message: string }[];
  checkConfig(news: Properties, olds?: Properties): Promise<Answer<{ inputs: Properties; failures: string[] }>>;
  diffConfig(olds: Properties, news: Properties): Promise<Answer<DiffAnswer>>;
  configure(inputs: Properties): Promise<Answer<Properties>>;
  check(type: string, olds: Properties, news: Properties): Promise<Answer<{ inputs: Properties; failures: string[] }>>;
  diff(request: DiffArguments): Promise<Answer<DiffAnswer>>;
  create(
    type: string,
    inputs: Properties,
    options?: OperationOptions,
  ): Promise<Answer<{ id: string; properties: Properties }>>;
  read(
    type: string,
    id: string,
    state: Properties,
    inputs: Properties,
  ): Promise<Answer<{ id: string; properties: Properties; inputs: Properties }>>;
  update(request: DiffArguments & OperationOptions): Promise<Answer<{ properties: Properties }>>;
  delete(type: string, id: string, state: Properties, inputs: Properties): Promise<Answer<object>>;
  invoke(token: string, args: Properties): Promise<Answer<{ return: Properties; failures: string[] }>>;
  pluginInfo(): Promise<Answer<object>>;
  handshake(): Promise<Answer<object>>;
  schema(): Promise<Answer<string>>;
  cancel(): Promise<Answer<object>>;
  close(): Promise<void>;
}

/** What a diff and an update are given. */
export interface DiffArguments {
  type: string;
  id: string;
  oldInputs: Properties;
  olds: Properties;
  news: Properties;
  ignoreChanges?: string[];
}

/** How a create or an update is to be done. */
export interface OperationOptions {
  preview?: boolean;
  /** In seconds. */
  timeout?: number;
}

/** What a diff answers. */
export interface DiffAnswer {
  changes: number;
  replaces: string[];
  diffs: string[];
  stables: string[];
  deleteBeforeReplace: boolean;
  hasDetailedDiff: boolean;
  detailedDiff: Record<string, PropertyChange>;
}

/** A request about a resource. */
interface ResourceRequest {
  setUrn(urn: string): unknown;
  setType(type: string): unknown;
  setName(name: string): unknown;
}

/** Connects to a provider that listens at an address. */
export function connect(
  address: string,
  logs: PluginClient["logs"] = [],
  ended = (): Promise<void> => Promise.resolve(),
): PluginClient {
  const client = new providerService.ResourceProviderClient(address, grpc.credentials.createInsecure());
  const methods = providerService.ResourceProviderService;
  const call = <Request, Response, T>(
    method: grpc.MethodDefinition<Request, Response>,
    request: Request,
    read: (response: Response) => T,
  ): Promise<Answer<T>> =>
    new Promise((resolve) => {
      const { path, requestSerialize, responseDeserialize } = method;
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, response) => {
        resolve(error || !response ? { error: readError(error) } : { ok: read(response) });
      });
    });
  const urn = (type: string): string => `urn:pulumi:test::test::${type}::name`;
  const identify = (request: ResourceRequest, type: string) => {
    request.setUrn(urn(type));
    request.setType(type);
    request.setName("name");
  };
  const setChange = (
    request: InstanceType<typeof provider.DiffRequest> | InstanceType<typeof provider.UpdateRequest>,
    { type, id, oldInputs, olds, news, ignoreChanges = [] }: DiffArguments,
  ) => {
    identify(request, type);
    request.setId(id);
    request.setOldInputs(toStruct(oldInputs));
    request.setOlds(toStruct(olds));
    request.setNews(toStruct(news));
    request.setIgnorechangesList(ignoreChanges);
  };
  const readFailures = (
    response: InstanceType<typeof provider.CheckResponse> | InstanceType<typeof provider.InvokeResponse>,
  ) =>
    response
      .getFailuresList()
      .map((f) => `${f.getProperty()}: ${f.getReason()}`)
      // The real plugin's come in an order of chance.
      .sort();
  const readCheck = (r: InstanceType<typeof provider.CheckResponse>) => ({
    inputs: fromStruct(r.getInputs()),
    failures: readFailures(r),
  });
  const checkRequest = (type: string, olds: Properties, news: Properties) => {
    const request = new provider.CheckRequest();
    identify(request, type);
    request.setOlds(toStruct(olds));
    request.setNews(toStruct(news));
    request.setRandomseed(Buffer.alloc(32, 7).toString("base64"));
    return request;
  };
  return {
    logs,
    checkConfig: (news, olds = {}) =>
      call(methods.checkConfig, checkRequest("pulumi:providers:gcp", olds, news), readCheck),
    diffConfig: (olds, news) => {
      const request = new provider.DiffRequest();
      request.setUrn(urn("pulumi:providers:gcp"));
      request.setOldInputs(toStruct(olds));
      request.setOlds(toStruct(olds));
      request.setNews(toStruct(news));
      return call(methods.diffConfig, request, readDiff);
    },
    configure: (inputs) => {
      const request = new provider.ConfigureRequest();
      request.setArgs(toStruct(inputs));
      for (const [key, value] of Object.entries(inputs)) {
        if (typeof value === "string") request.getVariablesMap().set(`gcp:config:${key}`, value);
      }
      request.setAcceptsecrets(true);
      request.setAcceptresources(true);
      request.setSendsOldInputs(true);
      request.setSendsOldInputsToDelete(true);
      return call(methods.configure, request, (r) => r.toObject());
    },
    check: (type, olds, news) => call(methods.check, checkRequest(type, olds, news), readCheck),
    diff: (change) => {
      const request = new provider.DiffRequest();
      setChange(request, change);
      return call(methods.diff, request, readDiff);
    },
    create: (type, inputs, { preview = false, timeout = 0 } = {}) => {
      const request = new provider.CreateRequest();
      identify(request, type);
      request.setProperties(toStruct(inputs));
      request.setPreview(preview);
      request.setTimeout(timeout);
      return call(methods.create, request, (r) => ({ id: r.getId(), properties: fromStruct(r.getProperties()) }));
    },
    read: (type, id, state, inputs) => {
      const request = new provider.ReadRequest();
      request.setId(id);
      identify(request, type);
      request.setProperties(toStruct(state));
      request.setInputs(toStruct(inputs));
      return call(methods.read, request, (r) => ({
        id: r.getId(),
        properties: fromStruct(r.getProperties()),
        inputs: fromStruct(r.getInputs()),
      }));
    },
    update: ({ preview = false, timeout = 0, ...change }) => {
      const request = new provider.UpdateRequest();
      setChange(request, change);
      request.setPreview(preview);
      request.setTimeout(timeout);
      return call(methods.update, request, (r) => ({ properties: fromStruct(r.getProperties()) }));
    },
    delete: (type, id, state, inputs) => {
      const request = new provider.DeleteRequest();
      request.setId(id);
      identify(request, type);
      request.setProperties(toStruct(state));
      request.setOldInputs(toStruct(inputs));
      return call(methods.delete, request, () => ({}));
    },
    invoke: (token, args) => {
      const request = new provider.InvokeRequest();
      request.setTok(token);
      request.setArgs(toStruct(args));
      return call(methods.invoke, request, (r) => ({
        return: fromStruct(r.getReturn()),
        failures: readFailures(r),
      }));
    },
    pluginInfo: () => call(methods.getPluginInfo, new empty.Empty(), (r) => r.toObject()),
    handshake: () => call(methods.handshake, new provider.ProviderHandshakeRequest(), (r) => r.toObject()),
    schema: () => call(methods.getSchema, new provider.GetSchemaRequest(), (r) => r.getSchema()),
    cancel: () => call(methods.cancel, new empty.Empty(), () => ({})),
    close: async () => {
      client.close();
      await ended();
    },
  };
}

/** A plugin that listens. */
export interface RunningPlugin {
  readonly port: number;
  stop(): Promise<void> | void;
}

/** Runs a plugin, given the engine's address and the plugin's environment. */
export type RunPlugin = (engine: string, environment: Readonly<Record<string, string>>) => Promise<RunningPlugin>;

/** Starts a plugin with a log of its own, and connects to it. Of this process's environment, it has only PATH and HOME. */
export async function startPlugin(run: RunPlugin, environment: Record<string, string> = {}): Promise<PluginClient> {
  const logs: PluginClient["logs"] = [];
  const engine = new grpc.Server();
  engine.addService(engineService.EngineService, {
    log: (call: grpc.ServerUnaryCall<LogRequest, unknown>, callback: grpc.sendUnaryData<unknown>) => {
      logs.push({ severity: call.request.getSeverity(), message: call.request.getMessage() });
      callback(null, new empty.Empty());
    },
  });
  const port = await new Promise<number>((resolve, reject) =>
    engine.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    }),
  );
  // Nothing of the machine's own settings: no Google credential, project or endpoint.
  const { PATH = "", HOME = "" } = process.env;
  const plugin = await run(`127.0.0.1:${port}`, { PATH, HOME, ...environment });
  return connect(`127.0.0.1:${plugin.port}`, logs, async () => {
    await plugin.stop();
    engine.forceShutdown();
  });
}

/** The stand-in, in this process: as one of its own, it would take most of its time to start. */
export const standIn: RunPlugin = async (engine, environment) => {
  const server = new GcpPluginServer({ engine, environment });
  return { port: await server.listen(), stop: () => server.close() };
};

/** A plugin's executable, started as the engine does. */
export function installed(executable: string): RunPlugin {
  return async (engine, environment) => {
    const child = spawn(executable, [engine], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    const stop = async () => {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      if (child.exitCode !== null) return;
      child.kill("SIGKILL");
      await exited;
    };
    return { port: await readPort(child), stop };
  };
}

function readPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let errors = "";
    child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    child.once("exit", (code) => reject(new Error(`the plugin ended with ${code} before it listened: ${errors}`)));
    if (child.stdout) createInterface({ input: child.stdout }).once("line", (line) => resolve(Number(line)));
  });
}

function toStruct(properties: Properties): InstanceType<typeof struct.Struct> {
  return struct.Struct.fromJavaScript(properties as Parameters<typeof struct.Struct.fromJavaScript>[0]);
}

function fromStruct(properties: InstanceType<typeof struct.Struct> | undefined): Properties {
  return properties?.toJavaScript() ?? {};
}

function readDiff(response: InstanceType<typeof provider.DiffResponse>): DiffAnswer {
  const kinds = Object.entries(provider.PropertyDiff.Kind) as [string, number][];
  const detailedDiff: Record<string, PropertyChange> = {};
  response.getDetaileddiffMap().forEach((change, path) => {
    const kind = kinds.find(([, value]) => value === Number(change.getKind()))?.[0] ?? "?";
    detailedDiff[path] = { kind, inputDiff: change.getInputdiff() };
  });
  return {
    changes: response.getChanges(),
    replaces: response.getReplacesList().sort(),
    diffs: response.getDiffsList().sort(),
    stables: response.getStablesList().sort(),
    deleteBeforeReplace: response.getDeletebeforereplace(),
    hasDetailedDiff: response.getHasdetaileddiff(),
    detailedDiff: Object.fromEntries(Object.entries(detailedDiff).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function readError(error: grpc.ServiceError | null): CallError {
  if (!error) return { code: grpc.status.UNKNOWN, message: "no response" };
  const read: CallError = { code: error.code, message: error.details };
  const [details] = error.metadata.get("grpc-status-details-bin");
  if (!(details instanceof Buffer)) return read;
  for (const detail of status.Status.deserializeBinary(details).getDetailsList()) {
    if (!detail.getTypeUrl().endsWith("pulumirpc.ErrorResourceInitFailed")) continue;
    const failed = provider.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
    read.reasons = failed.getReasonsList();
    read.id = failed.getId();
    read.properties = fromStruct(failed.getProperties());
  }
  return read;
}
