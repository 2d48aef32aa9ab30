/**
 * Finds a value in text however a server has written it: decoded, in other letters, split, truncated, or encoded again. Both
 * sides are folded to the same bytes and then compared.
 */

/** The minimum length of a part of a value that counts as the value. Parts as long as this are not found in ordinary text. */
const shortestPart = 16;

/** The minimum length of a folded value. Shorter ones would match parts of words. */
const shortestForm = 8;

/** Escapes of JSON, JavaScript, URLs, HTML and our own `visible`, nested or not, and a soft line break of quoted-printable. */
const escapes =
  /\\u\{([\da-f]{1,6})\}|\\u([\da-f]{4})|\\x([\da-f]{2})|\\[abefnrtv]?|%(?:25)*([\da-f]{2})|&(?:amp;)*#x([\da-f]{1,6});|&(?:amp;)*#(\d{1,7});|&(?:amp;)*(amp|lt|gt|quot|apos);|=\r?\n/giy;

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** What splits a value without being a part of it: blanks, line breaks, quotes, and characters that are not displayed. */
const splits = /[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}"'`\\]/u;

/** The byte of each ASCII character in folded text, 0 if it is removed, 255 if it can begin an escape. */
const folds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if ("\\%&=".includes(character)) return 255;
  if (splits.test(character)) return 0;
  // base64url has other characters for the last two values of base64.
  if (character === "-") return "+".charCodeAt(0);
  return (character === "_" ? "/" : character).toLowerCase().charCodeAt(0);
});

/** Folded. The lines around a key are no secret: a part with them and one character of the key is found next to other keys. */
const dashesOfPem = "+++++";

interface Folded {
  /** A character for each byte. */
  readonly bytes: string;
  /** The first and the last index in the text, by byte. */
  readonly begins: Uint32Array;
  readonly ends: Uint32Array;
}

/** In linear time. */
function fold(text: string): Folded {
  // A character of the text has at most three bytes, and an escape is longer than its bytes.
  const bytes = Buffer.alloc(3 * text.length);
  const [begins, ends] = [new Uint32Array(bytes.length), new Uint32Array(bytes.length)];
  let count = 0;
  const add = (byte: number, begin: number, end: number) => {
    begins[count] = begin;
    ends[count] = end;
    bytes[count++] = byte;
  };
  const addCharacter = (character: string, begin: number, end: number) => {
    if (splits.test(character)) return;
    const code = character.charCodeAt(0);
    if (code < 128) add(folds[code] === 255 ? code : (folds[code] ?? 0), begin, end);
    else for (const byte of Buffer.from(character)) add(byte, begin, end);
  };
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    const byte = code < 128 ? folds[code] : undefined;
    if (byte !== undefined && byte !== 255) {
      if (byte !== 0) add(byte, at, at + 1);
      at++;
      continue;
    }
    escapes.lastIndex = at;
    const found = byte === 255 ? escapes.exec(text) : null;
    if (found === null) {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      addCharacter(character, at, at + character.length);
      at += character.length;
      continue;
    }
    const [whole, braced, unicode, latin, percent, hex, decimal, name] = found;
    const end = at + whole.length;
    const digits = braced ?? unicode ?? latin ?? percent ?? hex;
    const point = digits === undefined ? Number(decimal) : Number.parseInt(digits, 16);
    // Percent signs encode the bytes of a character.
    if (percent !== undefined && point >= 128) add(point, at, end);
    else if (name !== undefined) addCharacter(named[name.toLowerCase()] ?? "", at, end);
    else if (point <= 0x10ffff) addCharacter(String.fromCodePoint(point), at, end);
    at = end;
  }
  return { bytes: bytes.toString("latin1", 0, count), begins, ends };
}

/** The encodings of a value, except for those that folding removes. In base64, the value can begin at each of three offsets. */
function encodingsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const base64 = [0, 1, 2].map((offset) => {
    const all = Buffer.concat([Buffer.alloc(offset), bytes]);
    // Only whole groups of six bits belong to the value alone.
    return all.toString("base64").slice(Math.ceil((offset * 8) / 6), Math.floor((all.length * 8) / 6));
  });
  const hex = bytes.toString("hex");
  const separated = hex.replace(/..(?=.)/g, "$&:");
  return [value, [...value].reverse().join(""), hex, separated, ...base64];
}

type Range = [begin: number, end: number];

export class KnownValues {
  /** The values as they are. Folding can remove or change characters at their ends. */
  readonly #values = new Set<string>();
  /** The folded values, and all folded parts of the minimum length. */
  readonly #whole = new Set<string>();
  readonly #parts = new Set<string>();

  has(value: string): boolean {
    return this.#values.has(value);
  }

  /** @param hasParts Whether a part of it also counts. */
  add(value: string, hasParts: boolean): void {
    this.#values.add(value);
    for (const encoding of encodingsOf(value)) {
      const { bytes: form } = fold(encoding);
      if (form.length < shortestForm) continue;
      if (!hasParts || form.length < shortestPart) this.#whole.add(form);
      else
        for (let at = 0; at + shortestPart <= form.length; at++) {
          const part = form.slice(at, at + shortestPart);
          if (!part.includes(dashesOfPem)) this.#parts.add(part);
        }
    }
  }

  /** The text with a replacement for each occurrence. */
  replaceIn(text: string, replacement: string): string {
    if (this.#values.size === 0) return text;
    const { bytes, begins, ends } = fold(text);
    const ofText = ([first, end]: Range): Range => [begins[first] ?? 0, ends[end - 1] ?? text.length];
    const found = merged([
      ...[...this.#values].flatMap((value) => occurrences(value, text)),
      ...[...this.#whole].flatMap((form) => occurrences(form, bytes)).map(ofText),
      ...this.#partsIn(bytes).map(ofText),
    ]);
    let [rest, from] = ["", 0];
    for (const [begin, end] of found) {
      rest += text.slice(from, begin) + replacement;
      from = end;
    }
    return rest + text.slice(from);
  }

  #partsIn(bytes: string): Range[] {
    const found: Range[] = [];
    if (this.#parts.size === 0) return found;
    for (let at = 0; at + shortestPart <= bytes.length; at++)
      if (this.#parts.has(bytes.slice(at, at + shortestPart))) found.push([at, at + shortestPart]);
    return found;
  }
}

function occurrences(value: string, text: string): Range[] {
  const found: Range[] = [];
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + value.length))
    found.push([at, at + value.length]);
  return found;
}

function merged(ranges: Range[]): Range[] {
  const all: Range[] = [];
  for (const [begin, end] of ranges.sort(([one], [other]) => one - other)) {
    const last = all.at(-1);
    if (last !== undefined && begin < last[1]) last[1] = Math.max(last[1], end);
    else all.push([begin, end]);
  }
  return all;
}
