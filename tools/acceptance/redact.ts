/**
 * Replaces what belongs to the sandbox by placeholders. A reply keeps only the values of fields that are listed here, so that a
 * field of Google's that is not known yet shows only its name.
 */
import { testCaseDefaults } from "../../guide/index.ts";
import { withoutSecrets } from "../../text/index.ts";
import { escaped, time } from "./placeholders.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What the run itself created, and where: everything else in a list belongs to others. */
export interface Own {
  /** The text in the display name of each case of the run. */
  readonly marker: string;
  /** Such as `group:sandbox@example.com`. */
  readonly member: string;
  readonly contact: string;
  /** The names of the places, with the project by its number. */
  readonly places: readonly string[];
}

/** Fields whose values are words of the API, or texts of the run or of Google's errors. */
const shown = new Set(
  [
    "state",
    "lifecycleState",
    "priority",
    "languageCode",
    "languageTag",
    "mimeType",
    "filename",
    "status",
    "reason",
  ].concat(
    [
      "domain",
      "@type",
      "message",
      "description",
      "field",
      "service",
      "permission",
      "services",
      "method",
      "resource",
      "consumer",
    ],
    ["containerInfo", "serviceTitle", "activationUrl", "url", "role", "members", "email", "body", "plainTextBody"],
    ["notificationCategorySubscriptions", "subscriberEmailAddresses", "validationState", "timeZone", "sizeBytes"],
    ["projectNumber", "type", "locale", "subject", "quota_metric", "quota_limit", "unreachable"],
  ),
);

/** Fields that describe the sandbox and not the API. */
const dropped = new Set(["auditConfigs", "labels", "tags", "annotations", "rules"]);

/** Likewise in a reply: the roles of the caller, and the version of a policy, which depends on the grants of others. */
const droppedInReplies = new Set(["permissions", "version"]);

/** Fields whose values are opaque, by the kind of their placeholder. */
const opaque: Readonly<Record<string, string>> = {
  etag: "token",
  nextPageToken: "token",
  pageToken: "token",
  projectId: "project",
  id: "id",
};

/** The length from which a value is replaced wherever it is in a text. */
const shortestKnown = 6;

/** Collections whose members have identifiers. */
const collections =
  "projects|folders|organizations|cases|comments|attachments|contacts|operations|billingAccounts|supportEventSubscriptions|serviceAccounts";

const name = new RegExp(`^(?:${collections})/`);

const segment = String.raw`(?:${collections})/[^/\s:?"',)]*[\w-]`;

/** Prefers names, then known values, then what looks like an identifier. */
const identifiers = new RegExp(
  [
    String.raw`(?<url>https?://[^\s"'<>]+)`,
    String.raw`\b(?<path>${segment}(?:/${segment})*)`,
    String.raw`(?<email>[\w.%+'-]+@[\w.-]+\w)`,
    String.raw`(?<![\w-])(?<number>\d{6,})(?![\w-])`,
    String.raw`\bETag '(?<etag>[^']*)'`,
  ].join("|"),
  "g",
);

/** The items of a list that belong to the run, without the others in them. */
function ownItems(key: string, items: readonly Json[], own: Own): readonly Json[] {
  const has = (item: Json, field: string, test: (value: string) => boolean) => {
    const value = (item as Readonly<Record<string, Json>> | null)?.[field];
    return typeof value === "string" && test(value);
  };
  const isMember = (item: Json) => typeof item === "string" && item.toLowerCase() === own.member.toLowerCase();
  const keeps: Readonly<Record<string, (item: Json) => boolean>> = {
    contacts: (item) => has(item, "email", (email) => email === own.contact),
    cases: (item) => has(item, "displayName", (text) => text.includes(own.marker)),
    services: (item) => has(item, "name", (text) => text.endsWith(".googleapis.com")),
    bindings: (item) => (item as { readonly members?: readonly string[] }).members?.some(isMember) ?? false,
    members: isMember,
    caseClassifications: (item) => has(item, "displayName", (text) => text === testCaseDefaults.classification),
    organizations: (item) => has(item, "name", (text) => own.places.includes(text)),
    folders: (item) => has(item, "name", (text) => own.places.includes(text)),
    projects: (item) => has(item, "name", (text) => own.places.includes(text)),
  };
  const keep = keeps[key];
  return keep === undefined ? items : items.filter(keep);
}

/** The message without what belongs to others. The replay applies it to the replies of both sides. */
export function ownPart(json: Json, own: Own, isRequest = false): Json {
  if (Array.isArray(json)) return (json as readonly Json[]).map((item) => ownPart(item, own, isRequest));
  if (typeof json !== "object" || json === null) return json;
  const entries = Object.entries(json).flatMap(([key, value]): [string, Json][] => {
    if (dropped.has(key) || (!isRequest && droppedInReplies.has(key))) return [];
    if (!Array.isArray(value)) return [[key, ownPart(value, own, isRequest)]];
    const kept = ownItems(key, value as readonly Json[], own);
    // The API omits empty lists.
    return kept.length === 0 ? [] : [[key, kept.map((item) => ownPart(item, own, isRequest))]];
  });
  return Object.fromEntries(entries);
}

/** In place of an identifier that is a number in JSON. */
export const largeNumber = "<large number>";

export class Redactor {
  readonly #known = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #own: Own;

  /** @param known Identifiers, each with its placeholder. */
  constructor(own: Own, known: Readonly<Record<string, string>>) {
    this.#own = own;
    for (const [value, placeholder] of Object.entries(known)) this.#known.set(value, placeholder);
  }

  #name(kind: string, value: string, scope = ""): string {
    const known = this.#known.get(scope + value);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const placeholder = `<${kind}:${String(count)}>`;
    this.#known.set(scope + value, placeholder);
    return placeholder;
  }

  /** The text without identifiers. */
  text(text: string): string {
    // Known values first: a message can contain a project's ID without the name of its collection.
    const long = [...this.#known.keys()]
      .filter((value) => value.length >= shortestKnown)
      .sort((a, b) => b.length - a.length);
    const knownValues = long.map(escaped).join("|");
    const pattern =
      knownValues === ""
        ? identifiers.source
        : String.raw`(?<![\w-])(?<known>${knownValues})(?![\w-])|${identifiers.source}`;
    return withoutSecrets(text, "value").replace(new RegExp(pattern, "g"), (whole: string, ...rest: unknown[]) => {
      const found = rest.at(-1) as Readonly<Record<string, string | undefined>>;
      if (found.known !== undefined) return this.#known.get(found.known) ?? whole;
      if (found.url !== undefined) return this.#url(found.url);
      if (found.path !== undefined) return this.#path(found.path);
      if (found.email !== undefined) return this.#name("email", found.email);
      if (found.number !== undefined) return this.#name("number", found.number);
      return "ETag '<text>'";
    });
  }

  #path(path: string): string {
    const parts = path.split("/");
    return parts.reduce((built, part, index) => {
      if (index % 2 === 0 || part === "-") return `${built}${index === 0 ? "" : "/"}${part}`;
      // A short ID, such as that of a contact, is unique only below its parent.
      return `${built}/${this.#name("id", part, part.length < shortestKnown ? `${built}/` : "")}`;
    }, "");
  }

  /** A signed URL is a credential: of other hosts than Google's own pages, nothing is kept. */
  #url(text: string): string {
    if (!URL.canParse(text)) return "<text>";
    const { origin, hostname, pathname, search } = new URL(text);
    if (!/(^|\.)(cloud|console\.developers|support|console\.cloud)\.google\.com$/.test(hostname)) return "<text>";
    return `${origin}${this.text(pathname)}${search === "" ? "" : "?<text>"}`;
  }

  #value(key: string, value: string): string {
    if (value === "") return "";
    if (time.test(value)) return "<time>";
    if (key === "id" && /^\d+$/.test(value)) return this.#name("number", value);
    const kind = opaque[key];
    if (kind !== undefined) return this.#name(kind, value);
    if (key === "displayName" || key === "title") return value.includes(this.#own.marker) ? this.text(value) : "<text>";
    if (shown.has(key)) return this.text(value);
    // A resource, and not the display name that Resource Manager v1 calls the same.
    if (name.test(value)) return this.text(value);
    return "<text>";
  }

  /** A reply. */
  reply(json: Json): Json {
    return this.#walk(ownPart(json, this.#own), "", (key, value) => this.#value(key, value));
  }

  /** A request. Its texts are of the run, and a replay needs them. */
  request(json: Json): Json {
    return this.#walk(ownPart(json, this.#own, true), "", (key, value) => {
      const isOpaque = key === "etag" || key === "pageToken" || (key === "id" && !/^\d+$/.test(value));
      return isOpaque ? this.#name(opaque[key] ?? "id", value) : this.text(value);
    });
  }

  /** A parameter of a query. */
  parameter(key: string, value: string): string {
    if (key === "pageToken") return this.#name("token", value);
    return /token|key|signature/i.test(key) ? "<text>" : this.text(value);
  }

  /** A body that is not JSON: only the file that the run has attached is kept. */
  file(text: string): string {
    return text.includes(this.#own.marker) ? this.text(text) : "<text>";
  }

  #walk(json: Json, key: string, change: (key: string, value: string) => string): Json {
    if (typeof json === "string") return change(key, json);
    // An identifier as a number.
    if (typeof json === "number") return Math.abs(json) < 1e6 ? json : largeNumber;
    if (typeof json !== "object" || json === null) return json;
    if (Array.isArray(json)) return (json as readonly Json[]).map((item) => this.#walk(item, key, change));
    return Object.fromEntries(Object.entries(json).map(([field, value]) => [field, this.#walk(value, field, change)]));
  }
}
