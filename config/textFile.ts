/** A file's text, as the engine takes it: in UTF-8, or in UTF-16 with a byte order mark, which Windows PowerShell writes. */
const encodings: readonly (readonly [mark: readonly number[], encoding: string])[] = [
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/** @returns The text, without a byte order mark, or what keeps the bytes from being one. */
export function decoded(bytes: Uint8Array): { readonly text: string } | { readonly problem: string } {
  const [, encoding = "utf-8"] = encodings.find(([mark]) => mark.every((byte, index) => bytes[index] === byte)) ?? [];
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes("\0")
      ? { problem: "is UTF-16 without a byte order mark, or no text; save it as UTF-8" }
      : { text };
  } catch {
    return {
      problem:
        encoding === "utf-8" ? "is not UTF-8; save it as UTF-8" : "is UTF-16 with errors in it; save it as UTF-8",
    };
  }
}
