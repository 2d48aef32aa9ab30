/** Every change of every field of a recorded reply, and which of them a comparison does not find. */
import assert from "node:assert/strict";
import { compareReplies } from "../../../tools/acceptance/compare.ts";
import { Pairs, placeholdersIn, time } from "../../../tools/acceptance/placeholders.ts";
import { recorded } from "../../../tools/acceptance/proxy.ts";
import type { Exchange, RawExchange } from "../../../tools/acceptance/proxy.ts";
import { Redactor, ownPart } from "../../../tools/acceptance/redact.ts";
import type { Json, Own } from "../../../tools/acceptance/redact.ts";

type Path = readonly (string | number)[];

interface Change {
  readonly name: string;
  readonly path: Path;
  /** Undefined: the field is absent. */
  readonly value: Json | undefined;
}

/** The changes of a value to another one of the same kind, and those of its form. */
function changesOf(value: Json): [string, Json | undefined][] {
  const common: [string, Json | undefined][] = [
    ["absent", undefined],
    ["null", null],
    ["in a list", [value]],
  ];
  if (typeof value === "boolean") return [...common, ["negated", !value], ["as a text", String(value)]];
  if (typeof value === "number") return [...common, ["plus one", value + 1], ["as a text", String(value)]];
  if (typeof value === "string") {
    const other = value.replace(/[a-z]/gi, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    );
    const texts: [string, Json][] = [
      ["another value", otherThan(value)],
      ["empty", ""],
      ["as a number", Number.isFinite(Number(value)) && value !== "" ? Number(value) : 7],
      ...(other === value || isTime(value) ? [] : ([["in other letter case", other]] as [string, Json][])),
    ];
    const [instant, fraction = "", zone = ""] = /^(.*?)(\.\d+)?(Z)$/.exec(value)?.slice(1) ?? [];
    if (isTime(value))
      texts.push(
        ["with an offset", value.replace(/Z$/, "+00:00")],
        ["with more digits", `${instant ?? ""}${fraction === "" ? ".000" : `${fraction}000`}${zone}`],
        ["with fewer digits", fraction === "" ? "" : `${instant ?? ""}${zone}`],
      );
    return [...common, ...texts];
  }
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const reversed = items.toReversed();
    const lists: [string, Json][] = [["without the last", items.slice(0, -1)]];
    if (items.length > 0) lists.push(["with one twice", [...items, items[0] ?? null]]);
    if (JSON.stringify(reversed) !== JSON.stringify(items)) lists.push(["in another order", reversed]);
    return [...common, ...lists];
  }
  return [...common, ["with one field more", { ...(value as object), fieldMore: "x" }]];
}

const isTime = (text: string) => new RegExp(`^${time.source}$`).test(text);

/** Another value of the same form, which belongs to the run if the value does. */
function otherThan(value: string): string {
  if (isTime(value)) return value.replace(/^\d{4}/, "2001");
  const last = /^(.*?)([a-z0-9])([^a-z0-9]*)$/is.exec(value);
  if (last === null) return `${value}x`;
  const [, start = "", character = "", end = ""] = last;
  return `${start}${/\d/.test(character) ? String((Number(character) + 1) % 10) : character === "x" ? "y" : "x"}${end}`;
}

function everyChange(json: Json, path: Path = []): Change[] {
  const here = path.length === 0 ? [] : changesOf(json).map(([name, value]) => ({ name, path, value }));
  if (typeof json !== "object" || json === null) return here;
  return [
    ...here,
    ...Object.entries(json).flatMap(([key, value]) =>
      everyChange(value, [...path, Array.isArray(json) ? Number(key) : key]),
    ),
  ];
}

function changed(json: Json, [key, ...rest]: Path, value: Json | undefined): Json {
  if (key === undefined) return value ?? null;
  const inner = (json as Readonly<Record<string | number, Json>>)[key] ?? null;
  const next = rest.length === 0 ? value : changed(inner, rest, value);
  if (Array.isArray(json)) {
    const items = json as readonly Json[];
    return next === undefined ? items.toSpliced(Number(key), 1) : items.with(Number(key), next);
  }
  if (next !== undefined) return { ...(json as object), [key]: next };
  const { [key]: _, ...others } = json as Readonly<Record<string, Json>>;
  return others;
}

function at(json: Json, path: Path): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, key) => (value as Readonly<Record<string | number, Json>> | undefined)?.[key],
    json,
  );
}

/** The reason why a change is not found: what a recording replaces on purpose. */
export const reasons = {
  time: "the instant of a time: it differs in each run",
  identifier: "an identifier where it occurs first: it belongs to the sandbox",
  etag: "an etag: it depends on the grants of others",
} as const;

export interface Unfound {
  readonly change: string;
  readonly reason: keyof typeof reasons | undefined;
}

export interface Examined {
  readonly changes: number;
  readonly unfound: readonly Unfound[];
}

/**
 * Changes each field of each reply of Google alone, and compares it with the local cloud's.
 *
 * @param locals The exchanges with the local cloud.
 */
export function examine(
  raws: readonly RawExchange[],
  locals: readonly Exchange[],
  own: Own,
  known: Readonly<Record<string, string>>,
): Examined {
  const unfound: Unfound[] = [];
  const examined = new Set<string>();
  let changes = 0;
  const pairs = new Pairs();
  const redactor = new Redactor(own, known);
  for (const [index, raw] of raws.entries()) {
    const local = locals[index] ?? assert.fail();
    const exchange = recorded(raw, redactor);
    const before = new Pairs(pairs);
    assert.deepEqual(compareReplies(exchange, local, pairs), []);
    // With all of its identifiers seen before, the same exchange can only be compared more strictly.
    if (examined.has(JSON.stringify(exchange))) continue;
    examined.add(JSON.stringify(exchange));
    const reply = ownPart(jsonOf(raw.got), own);
    // The changed identifiers must not stay known.
    const changing = new Redactor(own, known);
    for (const earlier of raws.slice(0, index + 1)) recorded(earlier, changing);
    const from = { status: raw.status, headers: Object.fromEntries(raw.replyHeaders), reply };
    for (const change of everyChange(from)) {
      const [part, header] = change.path;
      const isPossible =
        part === "reply" ||
        (part === "status"
          ? typeof change.value === "number"
          : header !== undefined && typeof change.value === "string");
      if (!isPossible) continue;
      changes++;
      const to = changed(from, change.path, change.value) as unknown as typeof from;
      const google = {
        status: to.status,
        headers: recorded({ ...raw, replyHeaders: new Headers(to.headers) }, changing).headers,
        reply: changing.reply(to.reply ?? null),
      };
      const found = compareReplies(google, local, new Pairs(before));
      if (found.length > 0) continue;
      const shown = `${exchange.method} ${exchange.api}/${exchange.path} ${change.path.join(".")} ${change.name}`;
      unfound.push({ change: shown, reason: reasonOf(change, exchange, before) });
    }
  }
  return { changes, unfound };
}

function reasonOf({ name, path }: Change, exchange: Exchange, before: Pairs): Unfound["reason"] {
  if (name !== "another value" && name !== "in other letter case") return undefined;
  const value = at(exchange as unknown as Json, path);
  if (typeof value !== "string") return undefined;
  if (value.startsWith("<time:")) return name === "another value" ? "time" : undefined;
  const placeholders = placeholdersIn(value);
  if (placeholders.some((one) => one.startsWith("<token:"))) return "etag";
  return placeholders.some((one) => before.local(one) === undefined) ? "identifier" : undefined;
}

function jsonOf(bytes: Buffer): Json {
  try {
    return JSON.parse(bytes.toString()) as Json;
  } catch {
    return bytes.toString();
  }
}
