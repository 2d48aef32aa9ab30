// Compiles the path templates of google.api.http (google/api/http.proto) to the HTTP framework's routes:
// `GET /v1/{name=projects/*/services/*}` becomes `/v1/projects/:p0([^/:]+)/services/:p1([^/:]+)` and a function that
// reassembles the variables.
//
//     Template = "/" Segments [ Verb ] ;     Segments = Segment { "/" Segment } ;
//     Segment  = "*" | "**" | LITERAL | Variable ;
//     Variable = "{" FieldPath [ "=" Segments ] "}" ;     Verb = ":" LITERAL ;

export interface HttpRule {
  readonly method: string;
  /** The path in the HTTP framework. */
  readonly url: string;
  /** Whether a request's path has this form. */
  matches(method: string, path: string): boolean;
  /** The template's variables by field path, from the framework's parameters. */
  variables(params: Readonly<Record<string, string>>): Record<string, string>;
}

/** A part of a variable's value: a literal of the template, or a parameter of the framework's path. */
type Part = { readonly literal: string } | { readonly param: string };

/** Colons and slashes end a single-segment match: what follows a colon is the verb. */
const oneSegment = "([^/:]+)";

/** Compiles a rule such as `POST /v2/{name=organizations/*}:close`. */
export function compileHttpRule(rule: string): HttpRule {
  const [, method, template] = /^(GET|POST|PUT|PATCH|DELETE) (\/\S+)$/.exec(rule) ?? [];
  if (method === undefined || template === undefined) throw new Error(`not an HTTP rule: ${rule}`);
  const [, path = "", verb] = /^(.*?)(?::([A-Za-z]+))?$/.exec(template) ?? [];

  const variables = new Map<string, Part[]>();
  let params = 0;

  function segment(text: string): { readonly url: string; readonly part: Part } {
    if (text === "*") {
      const param = `p${params++}`;
      return { url: `:${param}${oneSegment}`, part: { param } };
    }
    if (text === "**") return { url: "*", part: { param: "*" } };
    if (!/^[\w.~-]+$/.test(text)) throw new Error(`not a segment of an HTTP rule: "${text}" in ${rule}`);
    return { url: text, part: { literal: text } };
  }

  const urls = splitSegments(path.slice(1)).map((text) => {
    const [, field, pattern = "*"] = /^\{([\w.]+)(?:=(.+))?\}$/.exec(text) ?? [];
    if (field === undefined) return segment(text).url;
    const segments = pattern.split("/").map(segment);
    variables.set(
      field,
      segments.map(({ part }) => part),
    );
    return segments.map(({ url }) => url).join("/");
  });

  const url = `/${urls.join("/")}${verb === undefined ? "" : `::${verb}`}`;

  const form = new RegExp(
    `^${url
      .replaceAll(/:p\d+\(/g, "(")
      .replace(/\*(?=$|::)/, "(.+)")
      .replaceAll("::", ":")}$`,
  );

  return {
    method,
    url,
    matches: (other, requested) => other === method && form.test(requested),
    variables: (values) =>
      Object.fromEntries(
        [...variables].map(([field, parts]) => [
          field,
          parts.map((part) => ("literal" in part ? part.literal : (values[part.param] ?? ""))).join("/"),
        ]),
      ),
  };
}

/** Splits at the slashes that are outside of braces. */
function splitSegments(path: string): string[] {
  return path.match(/(?:\{[^}]*\}|[^/{}])+/g) ?? [];
}
