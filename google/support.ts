/**
 * The Cloud Support API, v2: the methods that the test case needs, with the fields that Google documents.
 *
 * Source: https://cloud.google.com/support/docs/reference/rest/v2
 */
import { apiBaseUrl } from "./endpoint.ts";
import type { Transport } from "./transport.ts";

export interface CaseClassification {
  readonly id: string;
  /** Such as `Technical Issue > Compute > Compute Engine`. */
  readonly displayName: string;
}

export type CaseState =
  "STATE_UNSPECIFIED" | "NEW" | "IN_PROGRESS_GOOGLE_SUPPORT" | "ACTION_REQUIRED" | "SOLUTION_PROVIDED" | "CLOSED";

/** What a case is made of. */
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

/** A case as the API answers it: what is empty is absent. */
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

/** The fields that the API can change. Others, and any without the mask, it would ignore or clear. */
export interface CaseUpdate {
  readonly displayName?: string;
  readonly priority?: string;
  readonly subscriberEmailAddresses?: readonly string[];
}

export interface SupportApi {
  /** @param query Such as `displayName:"*Compute Engine*"`; empty for all. */
  searchClassifications(query: string, parent: string): Promise<CaseClassification[]>;
  /** @param parent `projects/P` or `organizations/O`. */
  createCase(parent: string, input: CaseInput): Promise<Case>;
  getCase(name: string): Promise<Case>;
  /** The cases under the parent that the query finds. What was just made may not be found yet. */
  searchCases(parent: string, query: string): Promise<Case[]>;
  updateCase(name: string, update: CaseUpdate): Promise<Case>;
  closeCase(name: string): Promise<Case>;
}

export function supportApi(transport: Transport): SupportApi {
  const { cloudSupportCustomEndpoint, universeDomain } = transport.settings;
  const baseUrl = apiBaseUrl("cloudsupport", "v2", universeDomain, cloudSupportCustomEndpoint);
  const projectOf = (name: string) => /^projects\/([^/]+)/.exec(name)?.[1];
  const all = async <Item>(path: string, key: string, query: Record<string, string>, project: string | undefined) => {
    const items: Item[] = [];
    let pageToken: string | undefined;
    do {
      const page: Record<string, unknown> = await transport.request({
        method: "GET",
        baseUrl,
        path,
        query: { ...query, pageSize: 100, pageToken },
        project,
      });
      items.push(...((page[key] as Item[] | undefined) ?? []));
      pageToken = (page["nextPageToken"] as string | undefined) || undefined;
    } while (pageToken !== undefined);
    return items;
  };
  return {
    searchClassifications: (query, parent) =>
      all("caseClassifications:search", "caseClassifications", { query }, projectOf(parent)),
    createCase: (parent, input) =>
      transport.request({ method: "POST", baseUrl, path: `${parent}/cases`, body: input, project: projectOf(parent) }),
    getCase: (name) => transport.request({ method: "GET", baseUrl, path: name, project: projectOf(name) }),
    searchCases: (parent, query) => all(`${parent}/cases:search`, "cases", { query }, projectOf(parent)),
    updateCase: (name, update) =>
      transport.request({
        method: "PATCH",
        baseUrl,
        path: name,
        query: { updateMask: Object.keys(update).map(snakeCase).join(",") },
        body: update,
        project: projectOf(name),
      }),
    closeCase: (name) =>
      transport.request({ method: "POST", baseUrl, path: `${name}:close`, body: {}, project: projectOf(name) }),
  };
}

/** `displayName` → `display_name`, as the API documents the paths of its mask. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
