/** `multipart/related`, the body of an upload with metadata (RFC 2387). */
import { ApiError } from "../errors.ts";

export interface Part {
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** The parts of a body with that content type. */
export function parseMultipart(contentType: string, body: Buffer): Part[] {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw new ApiError("INVALID_ARGUMENT", "The multipart body has no boundary.");
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let start = body.indexOf(delimiter);
  while (start >= 0) {
    const content = start + delimiter.length;
    const end = body.indexOf(Buffer.from(`\r\n--${boundary}`), content);
    if (end < 0) break;
    parts.push(parsePart(body.subarray(content, end)));
    start = end + 2;
  }
  return parts;
}

function parsePart(bytes: Buffer): Part {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) throw new ApiError("INVALID_ARGUMENT", "A part of the multipart body has no headers.");
  const [, contentType] = /^content-type:\s*(.+)$/im.exec(bytes.subarray(0, end).toString("latin1")) ?? [];
  return { contentType: contentType?.trim() ?? "application/octet-stream", bytes: bytes.subarray(end + 4) };
}
