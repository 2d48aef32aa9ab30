/** The attachments of a case, with upload and download. */
import { z } from "zod";
import { Media, variable } from "../api.ts";
import type { Call, Method } from "../api.ts";
import { timestamp } from "../clock.ts";
import { ApiError, invalidArgument, notEmulated, notFound } from "../errors.ts";
import { parseJson, parseMessage } from "../message.ts";
import { page } from "../paging.ts";
import { Violations, readMessage } from "../protoJson.ts";
import { nextNumber } from "../state.ts";
import type { Attachment } from "../state.ts";
import { actor, caseNamed, openCaseNamed } from "./access.ts";
import { revise } from "./caseRevisions.ts";

const pageSizes = { default: 10, max: 100 };

const uploadRequest = z.object({
  attachment: z.object({ filename: z.string().default("") }).prefault({}),
});

interface Upload {
  readonly filename: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

function attachmentMessage({ bytes, ...attachment }: Attachment): object {
  return { ...attachment, sizeBytes: String(bytes.length) };
}

/** `multipart/related` contains metadata and bytes, JSON only metadata, anything else only bytes. */
function upload(call: Call): Upload {
  const { contentType, bytes, query } = call;
  const named = query.text("attachment.filename");
  const protocol = query.text("uploadType") || query.text("uploadProtocol");
  if (protocol === "resumable") throw notEmulated("resumable uploads");
  if (/^multipart\/related\b/i.test(contentType)) {
    const [metadata, media] = parseMultipart(contentType, bytes);
    if (metadata === undefined || media === undefined)
      throw new ApiError("INVALID_ARGUMENT", "The multipart body needs metadata and media.");
    const { attachment } = parseMessage(uploadRequest, readMetadata(metadata.bytes));
    return { filename: attachment.filename || named, mimeType: media.contentType, bytes: media.bytes };
  }
  if (query.text("uploadType") === "" && /^application\/json\b/i.test(contentType)) {
    const { attachment } = parseMessage(uploadRequest, call.body);
    return { filename: attachment.filename || named, mimeType: "", bytes: Buffer.alloc(0) };
  }
  return { filename: named, mimeType: contentType, bytes };
}

/** The JSON of `multipart/related`, which the server leaves to the method. */
function readMetadata(bytes: Buffer): object {
  const violations = new Violations();
  const read = readMessage("google.cloud.support.v2.CreateAttachmentRequest", parseJson(bytes), "", violations);
  violations.check();
  return read;
}

function createAttachment(call: Call): object {
  const supportCase = openCaseNamed(call, "cloudsupport.techCases.update", variable(call, "parent"));
  const { state, clock } = call.context;
  const { filename, mimeType, bytes } = upload(call);
  if (filename === "") throw invalidArgument("attachment.filename", "is required");
  const attachment: Attachment = {
    name: `${supportCase.name}/attachments/0684M00000P${String(nextNumber(state, "attachments")).padStart(7, "0")}`,
    createTime: timestamp(clock.now()),
    creator: actor(state, call.principal.principal),
    filename,
    mimeType: mimeType === "" ? "application/octet-stream" : mimeType,
    bytes,
  };
  revise(call.context, supportCase, () => supportCase.attachments.push(attachment));
  return attachmentMessage(attachment);
}

function attachmentNamed(call: Call): Attachment {
  const name = variable(call, "name");
  const supportCase = caseNamed(call, "cloudsupport.techCases.get", name);
  const id = name.split("/").at(-1);
  const attachment = supportCase.attachments.find((candidate) => candidate.name.split("/").at(-1) === id);
  if (attachment === undefined) throw notFound();
  return attachment;
}

function listAttachments(call: Call): object {
  const supportCase = caseNamed(call, "cloudsupport.techCases.get", variable(call, "parent"));
  const { items, nextPageToken } = page(supportCase.attachments, call, pageSizes);
  return { attachments: items.map(attachmentMessage), nextPageToken };
}

/** Returns the bytes only with `alt=media`, otherwise an empty message. */
function downloadMedia(call: Call): object {
  const { mimeType, bytes } = attachmentNamed(call);
  return call.query.text("alt") === "media" ? new Media(mimeType, bytes) : {};
}

export const attachmentMethods: readonly Method[] = [
  {
    rpc: "CaseAttachmentService.ListAttachments",
    handle: listAttachments,
  },
  {
    rpc: "CaseAttachmentService.GetAttachment",
    handle: (call) => attachmentMessage(attachmentNamed(call)),
  },
  {
    rpc: "MediaService.UploadMedia",
    isUpload: true,
    handle: createAttachment,
  },
  {
    rpc: "MediaService.DownloadMedia",
    isDownload: true,
    handle: downloadMedia,
  },
];

export interface Part {
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** The parts of a body with that content type, `multipart/related`: an upload with metadata (RFC 2387). */
function parseMultipart(contentType: string, body: Buffer): Part[] {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw new ApiError("INVALID_ARGUMENT", "The multipart body has no boundary.");
  // One character for each byte, so that positions are the same. Lines can also end without a carriage return, as in Python.
  const text = body.toString("latin1");
  const escaped = boundary.replace(/[^\w]/g, "\\$&");
  const delimiter = new RegExp(`(?:^|\\r?\\n)--${escaped}(?=--|\\s|$)`, "g");
  const found = [...text.matchAll(delimiter)];
  return found.slice(0, -1).map(({ index, 0: { length } }, position) => {
    const end = found[position + 1]?.index ?? body.length;
    return parsePart(body.subarray(index + length, end));
  });
}

function parsePart(bytes: Buffer): Part {
  const blank = /\r?\n\r?\n/.exec(bytes.toString("latin1"));
  if (blank === null) throw new ApiError("INVALID_ARGUMENT", "A part of the multipart body has no headers.");
  const [, contentType] = /^content-type:\s*(.+)$/im.exec(bytes.subarray(0, blank.index).toString("latin1")) ?? [];
  return {
    contentType: contentType?.trim() ?? "application/octet-stream",
    bytes: bytes.subarray(blank.index + blank[0].length),
  };
}
