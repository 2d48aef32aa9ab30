/** A case as `--json` writes it: docs/how-to/case.md documents it. Fields that Google omits when empty are always present. */
import type { Attachment, Case, Comment } from "../../google/index.ts";
import { consoleLinks } from "../../guide/index.ts";
import { parentOf } from "./stackCase.ts";
import type { Doubt, StackCase } from "./stackCase.ts";

export interface CaseRecord extends Omit<StackCase, "staysOpen" | "doubt"> {
  /** Null for a case that is this stack's. */
  readonly doubt: Doubt | null;
  readonly displayName: string;
  readonly state: Case["state"];
  readonly priority: string;
  readonly escalated: boolean;
  readonly testCase: boolean;
  /** Its display name. */
  readonly classification: string;
  readonly languageCode: string;
  readonly subscriberEmailAddresses: readonly string[];
  /** RFC 3339, as both times are. */
  readonly createTime: string;
  readonly updateTime: string;
  /** The console's page for the cases of its project or organization. */
  readonly consoleLink: string;
}

export function recordOf({ resource, leftBehind, doubt }: StackCase, found: Case): CaseRecord {
  return {
    resource,
    name: found.name,
    leftBehind,
    doubt: doubt ?? null,
    displayName: found.displayName,
    state: found.state,
    priority: found.priority ?? "",
    escalated: found.escalated ?? false,
    testCase: found.testCase ?? false,
    classification: found.classification?.displayName ?? "",
    languageCode: found.languageCode ?? "",
    subscriberEmailAddresses: found.subscriberEmailAddresses ?? [],
    createTime: found.createTime,
    updateTime: found.updateTime ?? found.createTime,
    consoleLink: consoleLinks.cases(parentOf(found.name)),
  };
}

export interface ActorRecord {
  readonly displayName: string;
  /** Empty for an agent of Google. */
  readonly username: string;
  readonly googleSupport: boolean;
}

export interface CommentRecord {
  readonly name: string;
  readonly createTime: string;
  readonly creator: ActorRecord;
  readonly body: string;
}

export interface AttachmentRecord {
  readonly name: string;
  readonly createTime: string;
  readonly creator: ActorRecord;
  readonly filename: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
}

/** The result of a command that sends nothing if the case is already as wanted. */
export type Sent<Record> = Record & { readonly sent: boolean };

export function commentRecordOf({ name, createTime, creator, body }: Comment): CommentRecord {
  return { name, createTime, creator: actorRecordOf(creator), body };
}

export function attachmentRecordOf(attachment: Attachment): AttachmentRecord {
  const { name, createTime, creator, filename, mimeType = "", sizeBytes = "0" } = attachment;
  return { name, createTime, creator: actorRecordOf(creator), filename, mimeType, sizeBytes: Number(sizeBytes) };
}

function actorRecordOf({
  displayName = "",
  username = "",
  googleSupport = false,
}: Comment["creator"] = {}): ActorRecord {
  return { displayName, username, googleSupport };
}
