/** The HTTP server: routes each request to its method, through faults, authentication and the consumer check. */
import fastify from "fastify";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Media } from "./api.ts";
import type { Api, Context, Method } from "./api.ts";
import { authenticate } from "./authentication.ts";
import { refuseOtherCallers } from "./callers.ts";
import { timestamp } from "./clock.ts";
import { consumerOf } from "./consumer.ts";
import { ApiError, statusOfHttpCode } from "./errors.ts";
import { partialResponse } from "./fieldMask.ts";
import { readRequest, writeReply } from "./message.ts";
import { systemParameter, withHeaders } from "./query.ts";
import { findMissing, routesOf, withPrefix } from "./routes.ts";
import type { Route } from "./routes.ts";
import type { Principal } from "./state.ts";

/** One request that reached the local cloud. */
export interface RecordedRequest {
  readonly method: string;
  /** The path, without the query. */
  readonly path: string;
  /** The query, without its question mark. */
  readonly query: string;
  /** Such as `cloudsupport.googleapis.com`; empty for a path that no API has. */
  readonly service: string;
  /** Such as `CreateCase`; empty for a path that no API has. */
  readonly rpc: string;
  /** As in a policy; empty when the caller is not known. */
  principal: string;
  /** The project whose quota was used, by id; empty when there is none. */
  consumer: string;
  /** The reply's HTTP code; 0 without a reply, or if the connection was cut. */
  status: number;
  /** The permissions that it needed. */
  readonly permissions: string[];
  /** When it arrived. */
  readonly at: string;
}

/** Methods that do not write, although they are sent like writes. */
const reads = ["GetIamPolicy", "TestIamPermissions", "SearchOrganizations", "TokenInfo"];

/** Whether the request can change something. */
export function isWrite({ method, rpc }: RecordedRequest): boolean {
  return method !== "GET" && !reads.includes(rpc);
}

/** The maximum size of bodies, in bytes. No limit is documented for attachments. */
const bodyLimits = { usual: 4 * 1024 * 1024, upload: 64 * 1024 * 1024 };

/** The framework's server, with a route for each HTTP rule of each API. */
export function buildServer(context: Context, apis: readonly Api[], requests: RecordedRequest[]): FastifyInstance {
  const routes = routesOf(apis);
  const server = fastify({
    bodyLimit: bodyLimits.usual,
    forceCloseConnections: true,
    rewriteUrl: (request) => {
      // Clients send a long GET as a POST with its query as a form: https://cloud.google.com/apis/docs/http
      const { method: sent = "", url = "", headers } = request;
      const method = sent === "POST" ? String(headers["x-http-method-override"] ?? sent).toUpperCase() : sent;
      request.method = method;
      const [path = "", query] = url.split("?", 2);
      return withPrefix(routes, context.state, method, path) + (query === undefined ? "" : `?${query}`);
    },
    routerOptions: { maxParamLength: 2000, querystringParser: () => ({}) },
  });
  server.addHttpMethod("GET", { hasBody: true, overrideExisting: true });
  refuseOtherCallers(server);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  for (const route of routes) addRoute(server, context, route, requests);
  server.setNotFoundHandler((request, reply) => {
    const record = recorded(context, request, "", "");
    requests.push(record);
    const missing = record.path.startsWith("/batch") ? "batches" : findMissing(apis, request.method, record.path)?.name;
    const error =
      missing === undefined
        ? new ApiError("NOT_FOUND", `The local cloud has no ${request.method} ${record.path}`)
        : new ApiError("UNIMPLEMENTED", `The local cloud does not implement ${missing}`);
    return send(reply, record, error.code, error.body());
  });
  // Handles only the framework's errors, such as a body that is too large.
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const { statusCode: code = 500, message } = error;
    const record = recorded(context, request, "", "");
    requests.push(record);
    return send(reply, record, code, new ApiError(statusOfHttpCode(code), message, { code }).body());
  });
  return server;
}

function addRoute(server: FastifyInstance, context: Context, route: Route, requests: RecordedRequest[]): void {
  const { api, method, rule } = route;
  const rpc = method.rpc.split(".").at(-1) ?? method.rpc;
  server.route({
    method: rule.method,
    url: `/${api.prefix}${rule.url}`,
    bodyLimit: rule.url.startsWith("/upload/") ? bodyLimits.upload : bodyLimits.usual,
    handler: async (request, reply) => {
      const record = recorded(context, request, api.service, rpc);
      requests.push(record);
      const effect = context.faults.effectOn(record);
      if (effect.latency > 0) await context.clock.sleep(effect.latency);
      const { error, connection, reply: replacement } = effect;
      const handle = () => answer(context, route, request, record);
      if (connection !== undefined) {
        if (connection.when === "after") handle();
        return breakConnection(reply, connection.how);
      }
      if (replacement !== undefined) {
        if (replacement.when === "after") handle();
        return send(reply, record, replacement.code, new Media(replacement.contentType, Buffer.from(replacement.body)));
      }
      if (error?.when === "after") handle();
      const { status, body, headers } = error === undefined ? handle() : errorAnswer(error.reply);
      return send(reply, record, status, body, headers);
    },
  });
}

function recorded(context: Context, request: FastifyRequest, service: string, rpc: string): RecordedRequest {
  const [path = "", query = ""] = request.url.split("?", 2);
  const at = timestamp(context.clock.now());
  return {
    method: request.method,
    path,
    query,
    service,
    rpc,
    principal: "",
    consumer: "",
    status: 0,
    permissions: [],
    at,
  };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Handles a request. Errors are returned in Google's format. */
function answer(context: Context, route: Route, request: FastifyRequest, record: RecordedRequest): Answer {
  const { api, method, schema, rule } = route;
  try {
    const sent = withHeaders(record.query, request.headers);
    const principal = caller(context, api, method, request.headers.authorization, new URLSearchParams(sent));
    record.principal = principal.principal;
    const userProject = request.headers["x-goog-user-project"];
    const consumer =
      api.access === "open"
        ? undefined
        : consumerOf(context, api, principal, typeof userProject === "string" ? userProject : undefined);
    record.consumer = consumer?.projectId ?? "";
    const { quotas, quotaMinute } = context.faults.settings;
    context.faults.quotaUse.take(quotas, quotaMinute, context.clock.now(), record);
    const path = rule.variables(request.params as Record<string, string>);
    const contentType = request.headers["content-type"] ?? "";
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const isForm =
      schema !== undefined && method.isUpload !== true && /^application\/x-www-form-urlencoded\b/i.test(contentType);
    const isMedia = method.isUpload === true && new URLSearchParams(record.query).get("uploadType") === "media";
    const given = isForm ? `${sent}&${bytes.toString()}` : sent;
    const { query, body } = readRequest(schema, {
      path,
      query: given,
      bytes,
      contentType,
      isMedia,
      isDownload: method.isDownload === true,
    });
    const reply = method.handle({
      context,
      api,
      rpc: record.rpc,
      principal,
      consumer,
      path,
      query,
      body,
      bytes,
      contentType,
      authorization: request.headers.authorization,
      permissions: record.permissions,
    });
    return {
      status: 200,
      body:
        reply instanceof Media
          ? reply
          : partialResponse(writeReply(schema, reply, query), query.text("fields") || query.text("$fields")),
    };
  } catch (error) {
    return errorAnswer(error instanceof ApiError ? error : defect(error));
  }
}

function errorAnswer(error: ApiError): Answer {
  return { status: error.code, body: error.body(), headers: error.extras.headers };
}

/** An internal error of the local cloud, as a reply to the caller. */
function defect(error: unknown): ApiError {
  return new ApiError(
    "INTERNAL",
    `The local cloud has a defect: ${error instanceof Error ? error.stack : String(error)}`,
  );
}

const anyone: Principal = { principal: "", displayName: "" };

function caller(
  context: Context,
  api: Api,
  method: Method,
  header: string | undefined,
  parameters: URLSearchParams,
): Principal {
  if (api.access === "open") return anyone;
  const target = { service: api.service, method: `${api.package}.${method.rpc}` };
  // Google's discovery documents list these parameters next to the header.
  const token = parameters.get("access_token") ?? parameters.get("oauth_token");
  const authorization = header ?? (token === null ? undefined : `Bearer ${token}`);
  return authenticate(context, authorization, target, { hasApiKey: systemParameter(parameters, "key") !== "" });
}

function send(
  reply: FastifyReply,
  record: RecordedRequest,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): FastifyReply {
  record.status = status;
  void reply.code(status).headers({ Vary: "Origin, X-Origin, Referer", Server: "ESF", ...headers });
  if (body instanceof Media) return reply.type(body.contentType).send(body.bytes);
  const prettyPrint = systemParameter(new URLSearchParams(record.query), "prettyPrint");
  const json = prettyPrint.toLowerCase() === "false" ? JSON.stringify(body) : `${JSON.stringify(body, undefined, 2)}\n`;
  return reply.type("application/json; charset=UTF-8").send(json);
}

/** Cuts the connection, or keeps it open without a reply. */
function breakConnection(reply: FastifyReply, how: "reset" | "hang"): FastifyReply {
  reply.hijack();
  if (how === "reset") reply.raw.socket?.resetAndDestroy();
  return reply;
}
