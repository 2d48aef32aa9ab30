/** Everything a step adds to a case and that someone receives: text, comments, files, an escalation and subscribers. */
import { escalationReasons, formerTestCaseDefaults, testCaseDefaults } from "../../guide/index.ts";
import { addressLeaves, anyLeaves } from "./organization.ts";
import type { Domains, Answer } from "./organization.ts";
import { code, listed, own, compose, shown } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import type { Step } from "./preview.ts";
import { knownText, valueOf } from "./values.ts";

export interface Addition {
  /** The predicate for the case, such as `gets the comment …`. */
  readonly phrase: Phrase;
  /** Whether it leaves the organization, which a preview may not show. */
  readonly leaves: Answer;
}

type Properties = Readonly<Record<string, unknown>>;

/** @param domains The domains that may be the organization's. */
export function additionsOf({ op, before, after }: Step, domains: Domains): Addition[] {
  if (after === undefined || op === "delete" || op === "import") return [];
  const done: Properties = op === "replace" ? {} : (before?.outputs ?? {});
  const comments = listOf(after.inputs["comments"]).filter((comment) => !includes(done["comments"], comment, sameText));
  const files = listOf(after.inputs["attachments"]).filter((file) => !includes(done["attachments"], file, sameContent));
  const { escalation } = after.inputs;
  return [
    ...(op === "create" || op === "replace" ? textsOf(after.inputs) : []),
    ...(comments.length === 0
      ? []
      : [
          added(
            compose`gets the ${own(comments.length === 1 ? "comment" : "comments")} ${listed(comments.map(commentOf))}`,
          ),
        ]),
    ...(files.length === 0
      ? []
      : [added(compose`gets the ${own(files.length === 1 ? "file" : "files")} ${listed(files.map(fileOf))}`)]),
    ...(isAbsent(escalation) || done["escalated"] === true
      ? []
      : [added(compose`is escalated${reasonOf(escalation)}`)]),
    ...subscribersAdded({ ...(op === "replace" ? {} : before?.inputs), ...done }, after.inputs, domains),
  ];
}

/** Fields of the form for free text. */
const texts = {
  displayName: "title",
  description: "description",
  errorMessage: "error message",
  businessImpact: "business impact",
  vmInstances: "VM instances",
} as const;

type TextField = keyof typeof texts;

const textFields = Object.keys(texts) as TextField[];

/** Whether it differs from the guide's own text, as this release or an earlier one has it. */
function isOwnText(name: TextField, value: unknown): boolean {
  const defaults = [testCaseDefaults, ...Object.values(formerTestCaseDefaults)];
  return !isAbsent(value) && !defaults.some((one) => one[name] === value);
}

/** The user's own text in a created case. The title is part of the case's name. */
function textsOf(inputs: Properties): Addition[] {
  return textFields
    .filter((name) => name !== "displayName" && isOwnText(name, inputs[name]))
    .map((name) => added(compose`has the ${own(texts[name])} ${shown(inputs[name], name)}`));
}

/** Whether Google gets new text of the user, as far as the stack knows. */
export function sendsText({ op, before, after }: Step): boolean {
  if (after === undefined || !["create", "replace", "update"].includes(op)) return false;
  const from: Properties = op === "update" ? { ...before?.inputs, ...before?.outputs } : {};
  return textFields.some((name) => {
    const value = after.inputs[name];
    return isOwnText(name, value) && (valueOf(value).kind !== "known" || value !== from[name]);
  });
}

const added = (phrase: Phrase): Addition => ({ phrase, leaves: "yes" });

const isAbsent = (value: unknown) => value === undefined || value === null || value === "";

/** A hidden list counts as one hidden element. */
function listOf(property: unknown): unknown[] {
  if (isAbsent(property)) return [];
  return Array.isArray(property) ? property : [property];
}

/** Secret and unknown values never count as existing. */
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

/** A reviewer must see the path of the file. */
function fileOf(file: unknown): Phrase {
  const { path, filename } = propertiesOf(file);
  if (path === undefined && filename === undefined) return shown(file, "its path");
  const name = knownText(filename);
  const base = knownText(path)?.split("/").at(-1);
  const as = name === undefined || name === base ? [] : compose` as ${code(name)}`;
  return compose`${shown(path ?? filename, "its path")}${as}`;
}

function reasonOf(escalation: unknown): Phrase {
  const { reason, justification } = propertiesOf(escalation);
  if (reason === undefined && justification === undefined) return compose` (${shown(escalation, "its reason")})`;
  const name = knownText(reason) ?? "";
  const why = Object.hasOwn(escalationReasons, name)
    ? own(escalationReasons[name as keyof typeof escalationReasons].meaning)
    : shown(reason, "its reason");
  return compose` (${why}: ${shown(justification, "its justification")})`;
}

function subscribersAdded(from: Properties, to: Properties, domains: Domains): Addition[] {
  const { subscriberEmailAddresses: asked } = to;
  const had = new Set(listOf(from["subscriberEmailAddresses"]).map((address) => knownText(address)?.toLowerCase()));
  const more = listOf(asked).filter((address) => {
    const text = knownText(address)?.toLowerCase();
    return text === undefined || !had.has(text);
  });
  if (more.length === 0) return [];
  return [
    {
      phrase: compose`is also written to ${listed(more.map((address) => shown(address, "a subscriber")))}`,
      leaves: anyLeaves(more.map((address) => addressLeaves(knownText(address), domains))),
    },
  ];
}

function propertiesOf(value: unknown): Properties {
  return typeof value === "object" && value !== null ? (value as Properties) : {};
}
