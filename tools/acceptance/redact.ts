/**
 * Replaces what belongs to the sandbox by placeholders. A reply keeps only the values of fields that are listed here, so that a
 * field of Google's that is not known yet shows only its name.
 */
import { testCaseDefaults } from "../../guide/index.ts";
import { withoutSecrets } from "../../text/index.ts";
import { escaped, time, timePlaceholder } from "./placeholders.ts";

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
    ["permissions", "projectNumber", "type", "locale", "subject", "quota_metric", "quota_limit", "unreachable"],
  ),
);

/** Fields that describe the sandbox and not the API. */
export const dropped: ReadonlySet<string> = new Set(["auditConfigs", "labels", "tags", "annotations", "rules"]);

/** Objects whose names and titles are words of the API, and not those of people, projects, folders and organizations. */
const published = new Set(["classification", "caseClassifications", "config"]);

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

const isTime = (text: string) => new RegExp(`^${time.source}$`).test(text);

const name = new RegExp(`^(?:${collections})/`);

const segment = String.raw`(?:${collections})/[^/\s:?"',)]*[\w-]`;

/** Prefers names, then known values, then what looks like an identifier. */
const identifiers = new RegExp(
  [
    String.raw`(?<url>https?://[^\s"'<>]+)`,
    `(?<time>${time.source})`,
    String.raw`\b(?<path>${segment}(?:/${segment})*)`,
    String.raw`(?<email>[\w.%+'-]+@[\w.-]+\w)`,
    String.raw`(?<![\w-])(?<number>\d{6,})(?![\w-])`,
    String.raw`\bETag '(?<etag>[^']*)'`,
  ].join("|"),
  "g",
);

/** Google's own pages, which show nothing without a sign-in. */
const googlePage = /^https?:\/\/((console\.|docs\.)?cloud|console\.developers|developers|support)\.google\.com$/i;

/** The items of a list that belong to the run, without the others in them. */
function ownItems(key: string, items: readonly Json[], own: Own): readonly Json[] {
  const has = (item: Json, field: string, test: (value: string) => boolean) => {
    const value = (item as Readonly<Record<string, Json>> | null)?.[field];
    return typeof value === "string" && test(value);
  };
  const isSame = (text: string, other: string) => text.toLowerCase() === other.toLowerCase();
  const isMember = (item: Json) => typeof item === "string" && isSame(item, own.member);
  const keeps: Readonly<Record<string, (item: Json) => boolean>> = {
    contacts: (item) => has(item, "email", (email) => isSame(email, own.contact)),
    cases: (item) => has(item, "displayName", (text) => text.includes(own.marker)),
    services: (item) => has(item, "name", (text) => text.endsWith(".googleapis.com")),
    bindings: (item) =>
      [(item as { readonly members?: Json } | null)?.members].flat().some((member) => isMember(member ?? null)),
    members: isMember,
    caseClassifications: (item) => has(item, "displayName", (text) => text === testCaseDefaults.classification),
    organizations: (item) => has(item, "name", (text) => own.places.includes(text)),
    folders: (item) => has(item, "name", (text) => own.places.includes(text)),
    projects: (item) => has(item, "name", (text) => own.places.includes(text)),
  };
  const keep = keeps[key];
  return keep === undefined ? items : items.filter(keep);
}

/** The message without what belongs to others. */
export function ownPart(json: Json, own: Own): Json {
  if (Array.isArray(json)) return (json as readonly Json[]).map((item) => ownPart(item, own));
  if (typeof json !== "object" || json === null) return json;
  const entries = Object.entries(json).flatMap(([key, value]): [string, Json][] => {
    if (dropped.has(key)) return [];
    if (!Array.isArray(value)) return [[key, ownPart(value, own)]];
    const kept = ownItems(key, value as readonly Json[], own);
    // The API omits empty lists.
    return kept.length === 0 && value.length > 0 ? [] : [[key, kept.map((item) => ownPart(item, own))]];
  });
  return Object.fromEntries(entries);
}

/** What an object is, in the same words in all replies: its texts can be equal to those of others by chance. */
function identityOf(item: Readonly<Record<string, Json>>): string {
  const { name: resource, projectId, email, id } = item;
  const found = [typeof resource === "string" && name.test(resource) ? resource : undefined, projectId, email, id];
  return found.find((value) => typeof value === "string") ?? "";
}

/** A field of a message. */
interface Place {
  readonly key: string;
  /** The field that contains the object with it. */
  readonly within: string;
  readonly object: Readonly<Record<string, Json>>;
}

export class Redactor {
  readonly #own: Own;
  /** The placeholders of identifiers by their values. */
  readonly #known: Map<string, string>;
  /** Those of identifiers that are unique only in their scope, by kind, scope and value. */
  readonly #scoped = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #values = new Map<string, string>();
  #pattern: RegExp | undefined;

  /** @param given Identifiers, each with its placeholder. */
  constructor(own: Own, given: Readonly<Record<string, string>>) {
    this.#own = own;
    this.#known = new Map(Object.entries(given));
    for (const [value, placeholder] of this.#known) this.#values.set(placeholder, value);
  }

  /** The value of a placeholder in this cloud. */
  valueOf(placeholder: string): string | undefined {
    return this.#values.get(placeholder);
  }

  #name(kind: string, value: string, scope?: string): string {
    const key = JSON.stringify([kind, scope, value]);
    const known = this.#scoped.get(key) ?? (scope === undefined ? this.#known.get(value) : undefined);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const placeholder = `<${kind}:${String(count)}>`;
    this.#scoped.set(key, placeholder);
    this.#values.set(placeholder, value);
    // In a text, an identifier is found only if it is long.
    const isFound = kind !== "text" && kind !== "large" && (scope === undefined || value.length >= shortestKnown);
    if (isFound && !this.#known.has(value)) {
      this.#known.set(value, placeholder);
      this.#pattern = undefined;
    }
    return placeholder;
  }

  /** Finds known values first: a message can contain a project's ID without the name of its collection. */
  #identifiers(): RegExp {
    return (this.#pattern ??= this.#createPattern());
  }

  #createPattern(): RegExp {
    const long = [...this.#known.keys()]
      .filter((value) => value.length >= shortestKnown)
      .sort((a, b) => b.length - a.length);
    const known = long.length === 0 ? "" : String.raw`(?<![\w-])(?<known>${long.map(escaped).join("|")})(?![\w-])|`;
    return new RegExp(known + identifiers.source, "g");
  }

  /** The text without identifiers. */
  text(text: string): string {
    return withoutSecrets(text, "value").replace(this.#identifiers(), (whole: string, ...rest: unknown[]) => {
      const found = rest.at(-1) as Readonly<Record<string, string | undefined>>;
      if (found.known !== undefined) return this.#known.get(found.known) ?? whole;
      if (found.url !== undefined) return this.url(found.url);
      if (found.time !== undefined) return timePlaceholder(found.time);
      if (found.path !== undefined) return this.#path(found.path);
      if (found.email !== undefined) return this.#name("email", found.email);
      if (found.number !== undefined) return this.#name("number", found.number);
      return `ETag '${this.#name("token", found.etag ?? "")}'`;
    });
  }

  #path(path: string): string {
    const parts = path.split("/");
    return parts.reduce((built, part, index) => {
      if (index % 2 === 0 || part === "-") return `${built}${index === 0 ? "" : "/"}${part}`;
      // An ID, such as that of a comment, is unique only below its parent.
      const scope = index === 1 ? undefined : built.replace("<number:project>", "<project>");
      return `${built}/${this.#name("id", part, scope)}`;
    }, "");
  }

  /** A signed URL is a credential: of other addresses than those of Google's own pages, nothing is kept. */
  url(text: string): string {
    const [, origin = "", path = "", search, hash = ""] =
      /^(https?:\/\/[^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?$/.exec(text) ?? [];
    if (!googlePage.test(origin)) return "<text>";
    const parameters = search?.split("&").map((parameter) => {
      const [key = "", value] = parameter.split(/=(.*)/, 2);
      return value === undefined ? "<text>" : `${key}=${this.parameter(key, value)}`;
    });
    return `${origin}${this.text(path)}${parameters === undefined ? "" : `?${parameters.join("&")}`}${this.text(hash)}`;
  }

  #value({ key, within, object }: Place, value: string): string {
    if (value === "") return "";
    if (key === "id" && /^\d+$/.test(value)) return this.#name("number", value);
    const kind = opaque[key];
    if (kind !== undefined) return this.#name(kind, value);
    const isTitle = key === "displayName" || key === "title";
    const isShown = isTitle
      ? published.has(within) || value.includes(this.#own.marker)
      : shown.has(key) || (key === "name" && published.has(within));
    // A resource, and not the display name that Resource Manager v1 calls the same.
    if (isShown || name.test(value) || isTime(value)) return this.text(value);
    return this.#name("text", value, `${identityOf(object)} ${key}`);
  }

  /** A reply. */
  reply(json: Json): Json {
    return this.#walk(ownPart(json, this.#own), (place, value) => this.#value(place, value));
  }

  /** A request. Its texts are of the run, and a replay needs them. */
  request(json: Json): Json {
    return this.#walk(ownPart(json, this.#own), ({ key }, value) => {
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
    return text.includes(this.#own.marker) ? this.text(text) : text === "" ? "" : this.#name("text", text, "file");
  }

  #walk(
    json: Json,
    change: (place: Place, value: string) => string,
    place: Place = { key: "", within: "", object: {} },
  ): Json {
    if (typeof json === "string") return change(place, json);
    // An identifier as a number.
    if (typeof json === "number") return Math.abs(json) < 1e6 ? json : this.#name("large", String(json), "");
    if (typeof json !== "object" || json === null) return json;
    if (Array.isArray(json)) return (json as readonly Json[]).map((item) => this.#walk(item, change, place));
    const object = json as Readonly<Record<string, Json>>;
    return Object.fromEntries(
      Object.entries(object).map(([field, value]) => [
        field,
        this.#walk(value, change, { key: field, within: place.key, object }),
      ]),
    );
  }
}
