import { lastPart, sameLastPart } from "./names.ts";

import type { Api } from "./configuration.ts";
import type { Field } from "./schema.ts";

/** A kind of resource that has an IAM policy. */
export interface IamTarget {
  /** The property that names the resource. */
  property: string;
  field: Field;
  api: Api;
  /** The path of the resource at the API. */
  path: (name: string) => string;
  /** The resource in ids. */
  id: (name: string) => string;
  /** The resource's name of the part of an import's id. */
  fromImport: (part: string) => string;
  /** The kind in locks and errors. */
  kind: string;
  /** Whether changes of the same policy are sent together. */
  batched: boolean;
}

const required = { type: "string", required: true, forceNew: true } as const;
const same = (name: string): string => name;

/** An organization's policy. */
export const organizationTarget: IamTarget = {
  property: "orgId",
  field: { attribute: "org_id", ...required },
  api: "resourceManager",
  path: (name) => `v1/organizations/${name}`,
  id: same,
  fromImport: same,
  kind: "organization",
  batched: false,
};

/** A folder's policy. */
export const folderTarget: IamTarget = {
  property: "folder",
  field: { attribute: "folder", ...required },
  api: "resourceManagerV3",
  path: (name) => `v3/${canonicalFolder(name)}`,
  id: canonicalFolder,
  fromImport: canonicalFolder,
  kind: "folder",
  batched: true,
};

/** A project's policy. */
export const projectTarget: IamTarget = {
  property: "project",
  field: { attribute: "project", ...required, suppress: sameLastPart },
  api: "resourceManager",
  path: (name) => `v1/projects/${encodeURIComponent(lastPart(name))}`,
  id: same,
  fromImport: same,
  kind: "project",
  batched: true,
};

function canonicalFolder(name: string): string {
  return name.startsWith("folders/") ? name : `folders/${name}`;
}
