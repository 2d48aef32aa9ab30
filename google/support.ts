/**
 * The Cloud Support API, v2: the methods that the test case needs, with the fields that Google documents.
 *
 * Source: https://cloud.google.com/support/docs/reference/rest/v2
 */
import { apiBaseUrl } from "./endpoint.ts";
import { shapeError } from "./error.ts";
import { allPages, itemsOf, projectOf } from "./pages.ts";
import type { GoogleRequest, Transport } from "./transport.ts";

export interface CaseClassification {
  readonly id: string;
  /** Such as `Technical Issue > Compute > Compute Engine`. */
  readonly displayName: string;
}

export type CaseState =
  "STATE_UNSPECIFIED" | "NEW" | "IN_PROGRESS_GOOGLE_SUPPORT" | "ACTION_REQUIRED" | "SOLUTION_PROVIDED" | "CLOSED";

/** The fields of a new case. */
export interface CaseInput {
  readonly displayName: string;
  readonly description: string;
  readonly classification: { readonly id: string };
  readonly priority: string;
  readonly timeZone?: string | undefined;
  readonly subscriberEmailAddresses?: readonly string[];
  readonly languageCode: string;
  /** A case "created for internal API testing and should not be acted on by the support team". */
  readonly testCase: boolean;
}

/** A case. The API omits empty values. */
export interface Case {
  /** `projects/P/cases/C` or `organizations/O/cases/C`. */
  readonly name: string;
  readonly state: CaseState;
  readonly displayName: string;
  readonly description?: string;
  readonly classification?: { readonly id: string; readonly displayName?: string };
  readonly priority?: string;
  readonly timeZone?: string;
  readonly subscriberEmailAddresses?: readonly string[];
  readonly languageCode?: string;
  readonly testCase?: boolean;
  readonly escalated?: boolean;
  readonly createTime: string;
  readonly updateTime?: string;
}

/** The fields that the API can change, with an update mask. Without it, the API ignores or clears fields. */
export interface CaseUpdate {
  readonly displayName?: string;
  readonly priority?: string;
  readonly subscriberEmailAddresses?: readonly string[];
}

/** Source: google/cloud/support/v2/escalation.proto */
export type EscalationReason = "RESOLUTION_TIME" | "TECHNICAL_EXPERTISE" | "BUSINESS_IMPACT";

export interface Escalation {
  readonly reason: EscalationReason;
  readonly justification: string;
}

/** A person, or a Google agent with an obfuscated name. */
export interface Actor {
  readonly displayName?: string;
  readonly username?: string;
  readonly googleSupport?: boolean;
}

export interface Comment {
  /** `projects/P/cases/C/comments/M`. */
  readonly name: string;
  readonly createTime: string;
  readonly creator?: Actor;
  readonly body: string;
}

export interface Attachment {
  /** `projects/P/cases/C/attachments/A`. */
  readonly name: string;
  readonly createTime: string;
  readonly creator?: Actor;
  readonly filename: string;
  readonly mimeType?: string;
  /** An int64, which is a string in JSON. */
  readonly sizeBytes?: string;
}

export interface SupportApi {
  /** @param query Such as `displayName:"*Compute Engine*"`; empty for all. */
  searchClassifications(query: string, parent: string): Promise<CaseClassification[]>;
  /**
   * The cases directly under the parent.
   * @param filter Such as `state=OPEN`; empty for all.
   */
  listCases(parent: string, filter: string): Promise<Case[]>;
  /**
   * At most one case of the parent, to check whether the caller can list its cases.
   * @param parent `projects/P` or `organizations/O`.
   */
  firstCase(parent: string): Promise<Case | undefined>;
  /** @param parent `projects/P` or `organizations/O`. */
  createCase(parent: string, input: CaseInput): Promise<Case>;
  getCase(name: string): Promise<Case>;
  /** The cases under the parent that match the query. The search is delayed. */
  searchCases(parent: string, query: string): Promise<Case[]>;
  updateCase(name: string, update: CaseUpdate): Promise<Case>;
  escalateCase(name: string, escalation: Escalation): Promise<Case>;
  closeCase(name: string): Promise<Case>;
  /** Oldest first. */
  listComments(caseName: string): Promise<Comment[]>;
  createComment(caseName: string, body: string): Promise<Comment>;
  listAttachments(caseName: string): Promise<Attachment[]>;
  uploadAttachment(caseName: string, filename: string, bytes: Uint8Array): Promise<Attachment>;
  /** @throws GoogleError if the reply does not have the size of the attachment */
  downloadAttachment(attachment: Pick<Attachment, "name" | "sizeBytes">): Promise<Uint8Array>;
}

/** The required fields of a reply, and the field of its list. */
interface Shape {
  readonly what: string;
  readonly list: string;
  /** The patterns of string fields. */
  readonly fields: Readonly<Record<string, RegExp>>;
}

const casePath = String.raw`(projects|organizations)/[^/]+/cases/[^/]+`;

const shapes = {
  classification: {
    what: "a classification with its id",
    list: "caseClassifications",
    fields: { id: /./, displayName: /./ },
  },
  case: {
    what: "a case with its name, state and createTime",
    list: "cases",
    fields: { name: new RegExp(`^${casePath}$`), state: /^[A-Z_]+$/, createTime: /^\d{4}-/ },
  },
  comment: {
    what: "a comment with its name",
    list: "comments",
    fields: { name: new RegExp(`^${casePath}/comments/[^/]+$`) },
  },
  attachment: {
    what: "an attachment with its name",
    list: "attachments",
    fields: { name: new RegExp(`^${casePath}/attachments/[^/]+$`), filename: /./ },
  },
} as const satisfies Record<string, Shape>;

/** @throws GoogleError if the reply is not from the API, such as a proxy's page */
function checked<Reply>(request: string, { what, fields }: Shape, reply: Reply): Reply {
  const has = ([field, pattern]: [string, RegExp]) => {
    const value = (reply as Readonly<Record<string, unknown>>)[field];
    return typeof value === "string" && pattern.test(value);
  };
  if (Object.entries(fields).every(has)) return reply;
  throw shapeError(request, what, reply);
}

export function supportApi(transport: Transport): SupportApi {
  const { cloudSupportCustomEndpoint, universeDomain } = transport.settings;
  const baseUrl = apiBaseUrl("cloudsupport", "v2", universeDomain, cloudSupportCustomEndpoint);
  const all = async <Item>(path: string, shape: Shape, query: Record<string, string>, project: string | undefined) => {
    const items = await allPages<Item>(transport, { baseUrl, path, query, project }, shape.list);
    for (const item of items) checked(`GET ${path}`, shape, item);
    return items;
  };
  const one = async <Reply>(shape: Shape, request: Omit<GoogleRequest, "baseUrl"> & { readonly baseUrl?: string }) =>
    checked(`${request.method} ${request.path}`, shape, await transport.request<Reply>({ baseUrl, ...request }));
  const post = <Reply>(shape: Shape, path: string, body: unknown) =>
    one<Reply>(shape, { method: "POST", path, body, project: projectOf(path) });
  return {
    searchClassifications: (query, parent) =>
      all("caseClassifications:search", shapes.classification, { query }, projectOf(parent)),
    listCases: (parent, filter) =>
      all(`${parent}/cases`, shapes.case, filter === "" ? {} : { filter }, projectOf(parent)),
    firstCase: async (parent) => {
      const path = `${parent}/cases`;
      const page = await transport.request<Record<string, unknown>>({
        method: "GET",
        baseUrl,
        path,
        query: { pageSize: 1 },
        project: projectOf(parent),
      });
      const [first] = itemsOf<Case>(`GET ${path}`, page, shapes.case.list);
      return first && checked(`GET ${path}`, shapes.case, first);
    },
    createCase: (parent, input) => post(shapes.case, `${parent}/cases`, input),
    getCase: (name) => one(shapes.case, { method: "GET", path: name, project: projectOf(name) }),
    searchCases: (parent, query) => all(`${parent}/cases:search`, shapes.case, { query }, projectOf(parent)),
    updateCase: (name, update) =>
      one(shapes.case, {
        method: "PATCH",
        path: name,
        query: { updateMask: Object.keys(update).map(snakeCase).join(",") },
        body: update,
        project: projectOf(name),
      }),
    escalateCase: (name, escalation) => post(shapes.case, `${name}:escalate`, { escalation }),
    closeCase: (name) => post(shapes.case, `${name}:close`, {}),
    listComments: (caseName) => all(`${caseName}/comments`, shapes.comment, {}, projectOf(caseName)),
    createComment: (caseName, body) => post(shapes.comment, `${caseName}/comments`, { body }),
    listAttachments: (caseName) => all(`${caseName}/attachments`, shapes.attachment, {}, projectOf(caseName)),
    uploadAttachment: (caseName, filename, bytes) =>
      one(shapes.attachment, {
        method: "POST",
        baseUrl: baseUrl.replace(/v[^/]+\/$/, "upload/$&"),
        path: `${caseName}/attachments`,
        query: { "attachment.filename": filename },
        body: bytes,
        project: projectOf(caseName),
      }),
    downloadAttachment: async ({ name, sizeBytes }) =>
      new Uint8Array(
        await transport.request<ArrayBuffer>({
          method: "GET",
          baseUrl,
          path: `${name}:download`,
          query: { alt: "media" },
          reply: "bytes",
          size: sizeBytes === undefined ? undefined : Number(sizeBytes),
          project: projectOf(name),
        }),
      ),
  };
}

/** `displayName` → `display_name`, as documented for the paths of update masks. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
