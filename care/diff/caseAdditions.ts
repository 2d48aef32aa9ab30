/** What a step adds to a case: comments, files, an escalation and subscribers, each of which someone receives. */
import { escalationReasons } from "../../guide/index.ts";
import { code, listed, own, say, shown } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import type { Step } from "./preview.ts";
import { knownText, valueOf } from "./values.ts";

export interface Addition {
  /** What the case does, such as `gets the comment …`. */
  readonly phrase: Phrase;
  /** Whether it leaves the organization: a preview may not show it. */
  readonly leaves: "yes" | "no" | "perhaps";
}

type Properties = Readonly<Record<string, unknown>>;

/** @param domain The organization's own, where the config has it. */
export function additionsOf({ op, before, after }: Step, domain: string | undefined): Addition[] {
  if (after === undefined || op === "delete" || op === "import") return [];
  const done: Properties = op === "replace" ? {} : (before?.outputs ?? {});
  const comments = listOf(after.inputs["comments"]).filter((comment) => !includes(done["comments"], comment, sameText));
  const files = listOf(after.inputs["attachments"]).filter((file) => !includes(done["attachments"], file, sameContent));
  const { escalation } = after.inputs;
  return [
    ...(comments.length === 0
      ? []
      : [
          added(
            say`gets the ${own(comments.length === 1 ? "comment" : "comments")} ${listed(comments.map(commentOf))}`,
          ),
        ]),
    ...(files.length === 0
      ? []
      : [added(say`gets the ${own(files.length === 1 ? "file" : "files")} ${listed(files.map(fileOf))}`)]),
    ...(isAbsent(escalation) || done["escalated"] === true ? [] : [added(say`is escalated${reasonOf(escalation)}`)]),
    ...subscribersAdded({ ...(op === "replace" ? {} : before?.inputs), ...done }, after.inputs, domain),
  ];
}

const added = (phrase: Phrase): Addition => ({ phrase, leaves: "yes" });

const isAbsent = (value: unknown) => value === undefined || value === null || value === "";

/** A list that is not shown is one element that is not. */
function listOf(property: unknown): unknown[] {
  if (isAbsent(property)) return [];
  return Array.isArray(property) ? property : [property];
}

/** What is a secret or unknown is never taken for what is there. */
function includes(list: unknown, element: unknown, isSame: (one: unknown, other: unknown) => boolean): boolean {
  return valueOf(element).kind === "known" && Array.isArray(list) && list.some((other) => isSame(element, other));
}

function sameText(one: unknown, other: unknown): boolean {
  const words = (text: unknown) => (typeof text === "string" ? text.trim().replace(/\s+/g, " ") : undefined);
  return words(one) !== undefined && words(one) === words(other);
}

function sameContent(one: unknown, other: unknown): boolean {
  const [mine, theirs] = [propertiesOf(one), propertiesOf(other)];
  return (
    knownText(mine["sha256"]) !== undefined &&
    mine["filename"] === theirs["filename"] &&
    mine["sha256"] === theirs["sha256"]
  );
}

function commentOf(comment: unknown): Phrase {
  return shown(comment, "its text");
}

/** Where it is read is what a reviewer must see. */
function fileOf(file: unknown): Phrase {
  const { path, filename } = propertiesOf(file);
  if (path === undefined && filename === undefined) return shown(file, "its path");
  const name = knownText(filename);
  const base = knownText(path)?.split("/").at(-1);
  const as = name === undefined || name === base ? [] : say` as ${code(name)}`;
  return say`${shown(path ?? filename, "its path")}${as}`;
}

function reasonOf(escalation: unknown): Phrase {
  const { reason, justification } = propertiesOf(escalation);
  if (reason === undefined && justification === undefined) return say` (${shown(escalation, "its reason")})`;
  const name = knownText(reason) ?? "";
  const why = Object.hasOwn(escalationReasons, name)
    ? own(escalationReasons[name as keyof typeof escalationReasons].meaning)
    : shown(reason, "its reason");
  return say` (${why}: ${shown(justification, "its justification")})`;
}

function subscribersAdded(from: Properties, to: Properties, domain: string | undefined): Addition[] {
  const { subscriberEmailAddresses: asked } = to;
  const had = new Set(listOf(from["subscriberEmailAddresses"]).map((address) => knownText(address)?.toLowerCase()));
  const more = listOf(asked).filter((address) => {
    const text = knownText(address)?.toLowerCase();
    return text === undefined || !had.has(text);
  });
  if (more.length === 0) return [];
  const all = more.map((address) => leaves(knownText(address), domain));
  return [
    {
      phrase: say`is also written to ${listed(more.map((address) => shown(address, "a subscriber")))}`,
      leaves: all.includes("yes") ? "yes" : all.includes("perhaps") ? "perhaps" : "no",
    },
  ];
}

function leaves(address: string | undefined, domain: string | undefined): Addition["leaves"] {
  if (address === undefined || domain === undefined) return "perhaps";
  return address.toLowerCase().endsWith(`@${domain.toLowerCase()}`) ? "no" : "yes";
}

function propertiesOf(value: unknown): Properties {
  return typeof value === "object" && value !== null ? (value as Properties) : {};
}
