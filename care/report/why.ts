/** Why a reading failed, and the next step. */
import { isQuotaProjectDenied } from "../../components/internal.ts";
import { isServiceDisabled } from "../../google/index.ts";
import type { GoogleError } from "../../google/index.ts";
import { readerRoles, titleOfApi } from "../../guide/index.ts";
import type { Words } from "../../guide/index.ts";
import { isCredentialProblem, isFixedByLogin, loginCommand } from "../google/credentials.ts";
import type { Reading } from "../google/reading.ts";
import type { Fault } from "./rows/row.ts";
import { sanitized } from "../../text/index.ts";

export function unread(context: { readonly words: Words }, reading: Reading<unknown>): { readonly faults: [Fault] } {
  return { faults: [unreadFault(context, reading)] };
}

function unreadFault({ words: { guide, why, next } }: { readonly words: Words }, reading: Reading<unknown>): Fault {
  const { error, permission = "", service, where } = reading;
  const title = titleOfApi(service, guide.services);
  const notRead = (details: string, nextStep: string): Fault => ({
    status: "notRead",
    kind: "notRead",
    details,
    next: nextStep,
  });
  if (error === undefined) return notRead(why.noAnswer, next.again);
  if (isServiceDisabled(error)) return notRead(why.disabled(title), next.enableOnQuotaProject(title));
  if (isQuotaProjectDenied(error)) return notRead(why.noQuotaProject, next.quotaProject);
  if (isCredentialProblem(error)) {
    const details = error.status === 401 ? why.rejected : why.other(sanitized(error.message));
    return notRead(details, isFixedByLogin(error) ? next.login(loginCommand) : next.again);
  }
  const role = readerRoles[permission] ?? "";
  if (error.status === 403 || error.status === 404) {
    const details = permission.endsWith(".get") ? why.notVisible : why.denied(permission);
    return notRead(details, next.ask(role, where));
  }
  return notRead(isSilent(error) ? why.noAnswer : why.other(sanitized(error.message)), next.again);
}

function isSilent({ status }: GoogleError): boolean {
  return status === undefined || status >= 500 || status === 429;
}
