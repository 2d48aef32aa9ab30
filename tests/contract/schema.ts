/** What sweeps over the local cloud go through: the HTTP rules of its methods, and the enums of Google's schema. */
import { apis } from "../../tools/localCloud/index.ts";
import { findEnum, findMessage, findMethod, methodsOf } from "../../tools/localCloud/schema.ts";

/** Each HTTP rule, such as `GET /v2/{name=projects/*}`, with the prefix of its API. */
export function servedRules(): { readonly prefix: string; readonly rule: string }[] {
  return apis
    .filter(({ access }) => access !== "open")
    .flatMap(({ prefix, package: name, methods }) =>
      methods
        .flatMap(({ rpc, of, http }) => http ?? findMethod(of ?? `${name}.${rpc}`)?.http ?? [])
        .map((rule) => ({ prefix, rule })),
    );
}

/** The enums of all requests and replies. */
export function allEnums(): Set<string> {
  const enums = new Set<string>();
  const seen = new Set<string>();
  const visit = (type: string): void => {
    if (seen.has(type)) return;
    seen.add(type);
    if (findEnum(type) !== undefined) enums.add(type);
    for (const field of findMessage(type)?.values() ?? []) visit(field.type);
  };
  for (const { request, response } of apis.flatMap((api) => methodsOf(api.package))) [request, response].forEach(visit);
  return enums;
}
