import type { Attachment, SupportApi } from "../../google/index.ts";
import { sha256 } from "./additions.ts";
import type { AttachmentFile } from "./properties.ts";

/** The attachment with this file's name and content: a name alone may be another file's. */
export async function findAttachment(
  name: string,
  file: AttachmentFile,
  api: SupportApi,
): Promise<Attachment | undefined> {
  for (const attachment of await api.listAttachments(name))
    if (attachment.filename === file.filename && sha256(await api.downloadAttachment(attachment.name)) === file.sha256)
      return attachment;
  return undefined;
}
