import { GoogleError } from "../../google/index.ts";
import { roles } from "../../guide/index.ts";
import { UserError } from "../userError.ts";

const { displayName, role } = roles.editors;

/** What Google refused, as a person can mend it. Any other error stays as it is. */
export function explained(error: unknown): unknown {
  if (!(error instanceof GoogleError)) return error;
  const where = /(projects|organizations)\/[^/:]+/.exec(error.request)?.[0];
  const isDenied = error.status === 403 && [undefined, "IAM_PERMISSION_DENIED"].includes(error.reason);
  const needed = `${displayName} (${role})${where?.startsWith("organizations/") ? " and Organization Viewer" : ""}`;
  if (!isDenied || where === undefined) return new UserError(error.message, { cause: error });
  return new UserError(`${error.message.replace(/\.$/, "")}; the caller needs ${needed} on ${where}`, { cause: error });
}
