/** The routes of the APIs, from the HTTP rules that Google publishes. */
import type { Api, Method } from "./api.ts";
import { compileHttpRule } from "./httpRule.ts";
import type { HttpRule } from "./httpRule.ts";
import { findMethod, methodsOf } from "./schema.ts";
import type { MethodSchema } from "./schema.ts";
import type { State } from "./state.ts";

export interface Route {
  readonly api: Api;
  readonly method: Method;
  /** Absent for the APIs of tokens, whose requests are forms. */
  readonly schema: MethodSchema | undefined;
  readonly rule: HttpRule;
}

/** A route for each HTTP rule of each method. */
export function routesOf(apis: readonly Api[]): Route[] {
  return apis.flatMap((api) =>
    api.methods.flatMap((method) => {
      const schema = findMethod(method.of ?? `${api.package}.${method.rpc}`);
      const rules = (method.http ?? schema?.http ?? []).flatMap((http) =>
        method.isUpload === true ? [http, http.replace(" /", " /upload/")] : [http],
      );
      if (rules.length === 0) throw new Error(`${api.package}.${method.rpc} has no HTTP rule`);
      return rules.map((http) => ({ api, method, schema, rule: compileHttpRule(http) }));
    }),
  );
}

/**
 * The same path under the prefix of its API. Google has a host for each API, so its clients cannot all add a prefix, and uploads
 * are at the root of the host. The paths of the APIs differ, except for those of operations.
 */
export function withPrefix(routes: readonly Route[], state: State, method: string, path: string): string {
  const matching = routes.filter(({ api, rule }) => api.access !== "open" && rule.matches(method, path));
  const operation = state.operations.get(path.replace(/^\/v\d+\//, ""));
  const { api } = matching.find((route) => route.api.service === operation?.service) ?? matching[0] ?? {};
  return api === undefined ? path : `/${api.prefix}${path}`;
}

/** The method that Google has at this path and the local cloud does not implement. */
export function findMissing(apis: readonly Api[], method: string, path: string): MethodSchema | undefined {
  for (const { prefix, package: name } of apis) {
    const inner = path.startsWith(`/${prefix}/`) ? path.slice(prefix.length + 1) : path;
    const found = methodsOf(name).find(({ http }) => http.some((rule) => compileHttpRule(rule).matches(method, inner)));
    if (found !== undefined) return found;
  }
  return undefined;
}
