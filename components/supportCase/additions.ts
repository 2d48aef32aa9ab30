/** What is added to a case and never taken away: comments, attachments, an escalation. Each is asked for once. */
import { createHash } from "node:crypto";
import type { AttachmentContent, AttachmentFile, SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";

type Done = Pick<SupportCaseOutputs, "comments" | "attachments" | "escalated">;

/** The comments that are asked for and not known to be made, in their order. */
export function commentsToMake({ comments = [] }: SupportCaseInputs, done: Done): string[] {
  return comments.filter((comment) => !done.comments?.some((made) => isSameText(made, comment)));
}

/** The files that are asked for and not known to be uploaded, in their order. */
export function attachmentsToUpload({ attachments = [] }: SupportCaseInputs, done: Done): AttachmentFile[] {
  return attachments.filter((file) => !done.attachments?.some((uploaded) => isSameContent(uploaded, file)));
}

/** A case that was escalated once is not escalated again, whatever became of that. */
export function isEscalationDue({ escalation }: SupportCaseInputs, { escalated = false }: Done): boolean {
  return escalation !== undefined && !escalated;
}

/** Blanks do not count: it is not documented how Google keeps them. */
export function isSameText(one: string, other: string): boolean {
  const words = (text: string) => text.trim().replace(/\s+/g, " ");
  return words(one) === words(other);
}

function isSameContent(one: AttachmentContent, other: AttachmentContent): boolean {
  return one.filename === other.filename && one.sha256 === other.sha256;
}

/** SHA-256, in hexadecimal digits. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
