import { deletionPolicy } from "./deletionPolicy.ts";
import { labelFields } from "./labels.ts";
import { unknownValue } from "./values.ts";

import type { Fields } from "./schema.ts";

const policies = ["PREVENT", "ABANDON", "DELETE"];
const name = { type: "string", required: true, autonamed: true } as const;

/** The fields of a project. Its parent is a folder: an organization's is refused, and so are labels and tags. */
export const projectFields: Fields = {
  projectId: { attribute: "project_id", ...name, forceNew: true, validate: validateId },
  name: { attribute: "name", ...name, validate: validateName },
  folderId: {
    attribute: "folder_id",
    type: "string",
    optional: true,
    normalize: (folder) => folder.replace(/^folders\//, ""),
  },
  orgId: { attribute: "org_id", type: "string", optional: true, refused: true },
  billingAccount: { attribute: "billing_account", type: "string", optional: true },
  autoCreateNetwork: {
    attribute: "auto_create_network",
    type: "boolean",
    optional: true,
    default: true,
    // Without it, the network is deleted after the project is made.
    refused: (value) => value !== true && value !== "true" && value !== unknownValue,
  },
  deletionPolicy: { ...deletionPolicy, validate: validatePolicy },
  tags: { attribute: "tags", type: "map", optional: true, forceNew: true, refused: true },
  number: { attribute: "number", type: "string", computed: true },
  ...labelFields,
};

function validateId(id: string): string | undefined {
  if (/^([-a-z0-9.]{1,63}:)?(\d{1,19}|[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)$/.test(id)) return undefined;
  return (
    `${JSON.stringify(id)} project_id must be 6 to 30 with lowercase letters, digits, hyphens and start with a letter. ` +
    "Trailing hyphens are prohibited."
  );
}

function validateName(name: string): string | undefined {
  if (/^[a-zA-Z0-9'"\s!-]{4,30}$/.test(name)) return undefined;
  return (
    `${JSON.stringify(name)} name must be 4 to 30 characters with lowercase and uppercase letters, numbers, hyphen, ` +
    "single-quote, double-quote, space, and exclamation point."
  );
}

function validatePolicy(policy: string): string | undefined {
  if (policies.includes(policy)) return undefined;
  return `expected deletion_policy to be one of [${policies.map((known) => `"${known}"`).join(" ")}], got ${policy}`;
}
