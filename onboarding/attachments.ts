/**
 * Reads the config's attachments before anything is created. An attachment leaves the organization, and a pull request can
 * change the config. So only ordinary files in the program's directory are allowed, and none that usually contain secrets.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Problem } from "./problems.ts";

/**
 * The largest file, in bytes. Google documents no limit. At 1.5 Mbit/s, a file of this size is uploaded in one minute, which
 * is the timeout of a request.
 */
const maxAttachmentSize = 10 * 1024 * 1024;

/**
 * The problems of a config's attachments. The schema reports a path that is not a string.
 *
 * @param folder The program's folder. @default the current one
 */
export function attachmentProblems(document: unknown, folder?: string): Problem[] {
  const paths = (document as { testCase?: { attachments?: unknown } | null } | null | undefined)?.testCase?.attachments;
  return (Array.isArray(paths) ? (paths as readonly unknown[]) : []).flatMap((path, index) => {
    const content = typeof path === "string" ? readAttachment(path, folder) : undefined;
    return typeof content === "string"
      ? [{ path: ["testCase", "attachments", index], message: `${JSON.stringify(path)} ${content}` }]
      : [];
  });
}

/** Names of files with credentials. */
const credentialNames =
  /\.(?:pem|key|p8|p12|pfx|pkcs12|jks|keystore|kdbx|ppk|gpg|ovpn|env|tfstate|tfvars)(?:\.(?:json|backup))?$|^(?:id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|kubeconfig|htpasswd)$|^(?:gha-creds-|client_?secret|service[-_]?account|application_default_credentials|credentials|secrets?\b).*\.(?:json|ya?ml|toml|ini)$/i;

/** Content of files with credentials: a key in PEM, or the fields of Google's key files. */
const credentials = /-----BEGIN [A-Z ]*PRIVATE KEY-----|"(?:private_key|refresh_token|client_secret)"\s*:/;

/** Why a file in the program's directory is probably confidential, from its path. */
function confidentialReason(path: string): string | undefined {
  const segments = path.split(sep);
  const name = segments.at(-1) ?? "";
  // File systems that ignore case can have the directory under another spelling.
  if (segments.slice(0, -1).some((segment) => segment.toLowerCase() === "node_modules"))
    return "is in the folder node_modules";
  const folder = segments.slice(0, -1).find((segment) => segment.startsWith("."));
  if (folder !== undefined) return `is in the hidden folder ${JSON.stringify(folder)}`;
  if (name.startsWith(".")) return "is a hidden file";
  if (/^pulumi\.(?:.*\.)?(?:ya?ml|json)$/i.test(name))
    return "is one of Pulumi's files, which can contain a stack's secrets";
  return credentialNames.test(name) ? "has the name of a file with credentials" : undefined;
}

/** @returns The file's content, or an error message for the path. */
export function readAttachment(path: string, folder = process.cwd()): Uint8Array | string {
  const writeAPath = "write the path of a file, relative to the program's directory";
  try {
    const file = realpathSync.native(resolve(folder, path));
    const program = realpathSync.native(folder);
    const fromProgram = relative(program, file);
    if (isAbsolute(fromProgram) || fromProgram === ".." || fromProgram.startsWith(`..${sep}`))
      return "is outside the program's directory; copy the file into the directory, and write the path of the copy";
    const reason = confidentialReason(fromProgram);
    if (reason !== undefined) {
      const link =
        relative(folder, resolve(folder, path)) === fromProgram
          ? ""
          : `is a link to ${JSON.stringify(fromProgram)}, which `;
      return `${link}${reason}; if it may leave the organization, copy it under another name, and write the path of the copy`;
    }
    // Without O_NONBLOCK, opening a pipe waits for a writer.
    const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const status = fstatSync(descriptor);
      if (status.isDirectory()) return `is a directory; ${writeAPath}`;
      if (!status.isFile()) return `is not an ordinary file; ${writeAPath}`;
      if (status.size > maxAttachmentSize)
        return `has ${String(status.size)} bytes, more than ${String(maxAttachmentSize)} (10 MiB); attach a smaller file`;
      const content = readFileSync(descriptor);
      // Without the zeros of UTF-16, which Windows PowerShell writes.
      return credentials.test(content.toString("latin1").replaceAll("\0", ""))
        ? "contains a private key or another credential; remove it from the file, or leave the file out"
        : content;
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    return `${reasons[code] ?? code}; ${writeAPath}`;
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EISDIR: "is a directory",
  ENXIO: "is not an ordinary file",
  ENOTDIR: "does not exist",
  EACCES: "cannot be read (permission denied)",
  ELOOP: "is a link to itself",
};
