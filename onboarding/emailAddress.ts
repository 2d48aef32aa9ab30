/**
 * The syntax of e-mail addresses and domains, for all code that reads or compares them.
 *
 * An address is a dot-string and a domain (RFC 5321, 4.1.2, with atext as in RFC 5322, 3.2.3). Quoted local parts and address
 * literals are rejected: RFC 5321, 4.1.2 advises against them, and no Google account or group has one
 * (https://support.google.com/a/answer/9193374). A domain is in ASCII, with A-labels (RFC 5890) for other letters, as in
 * Google's APIs.
 */
import { domainToASCII } from "node:url";
import { hiddenCharacter } from "./hiddenCharacters.ts";
import { nearName } from "./nearNames.ts";
import type { OtherNames } from "./otherNames.ts";
import { show, showFull } from "./problems.ts";

/** @param most The characters between the first and the last one, as a quantifier. */
const labelOf = (most: string) => `[A-Za-z0-9](?:[A-Za-z0-9-]${most}[A-Za-z0-9])?`;
const label = labelOf("{0,61}");

/** Two or more labels. The last one is not a number, to exclude IP addresses. Source: RFC 1035, 2.3.4; RFC 1123, 2.1 */
const domainOfLabels = (one: string) => `(?:${one}\\.)+(?![0-9]+$)${one}`;
const domainSource = domainOfLabels(label);

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";

export const domainPattern = new RegExp(`^${domainSource}$`);

export const emailAddressPattern = new RegExp(`^${atom}(?:\\.${atom})*@${domainSource}$`);

/** Source: RFC 1035, 2.3.4; RFC 5321, 4.5.3.1, and its erratum 1690 */
const maxLengths = { label: 63, domain: 253, localPart: 64, address: 254 };

/** A domain, perhaps after a local part, whose parts have any length. */
const anyLength = new RegExp(`^(?:(${atom}(?:\\.${atom})*)@)?(${domainOfLabels(labelOf("*"))})$`);

/** The problem of an address or a domain that is only too long; undefined for any other. */
export function lengthProblem(text: string): string | undefined {
  const [, localPart = "", domain = ""] = anyLength.exec(text) ?? [];
  const label = Math.max(...domain.split(".").map(({ length }) => length));
  const tooLong = (what: string, length: number, most: number) =>
    length > most ? `has ${what} of ${String(length)} characters, and ${String(most)} is the maximum` : undefined;
  return (
    tooLong("a part before the @", localPart.length, maxLengths.localPart) ??
    tooLong("a part of the domain", label, maxLengths.label) ??
    tooLong("a domain", domain.length, maxLengths.domain) ??
    (localPart === ""
      ? undefined
      : tooLong("an e-mail address", localPart.length + 1 + domain.length, maxLengths.address))
  );
}

export function isDomain(text: string): boolean {
  return text.length <= maxLengths.domain && domainPattern.test(text);
}

export function isEmailAddress(text: string): boolean {
  return (
    text.length <= maxLengths.address && text.lastIndexOf("@") <= maxLengths.localPart && emailAddressPattern.test(text)
  );
}

/** `Ada@Example.com` → `example.com`; undefined without an "@". */
export function domainOf(address: string): string | undefined {
  const at = address.lastIndexOf("@");
  return at < 0 ? undefined : normalizeDomain(address.slice(at + 1));
}

/** The form in which domains are compared. */
export function normalizeDomain(domain: string): string {
  return domain.toLowerCase();
}

/** The domain in a misspelled value, or undefined. */
export function suggestDomain(text: string): string | undefined {
  const bare = withoutEnds(text)
    .replace(/^[a-z]+:\/\//i, "")
    .replace(/^(domain: *|.*@)/i, "")
    .replace(/\.?(\/.*)?$/, "");
  if (hiddenCharacter(bare) !== undefined) return undefined;
  return [bare, inAscii(bare)].find(isDomain);
}

/** The kinds of principals that have an e-mail address, and other words that people write before one. */
const kindsOfAddresses: OtherNames = {
  user: ["google account", "utilisateur"],
  group: ["grp", "groupe"],
  serviceAccount: ["sa", "svc account", "compte de service"],
};
const otherWords = [
  "mailto",
  "mail",
  "e-mail",
  "address",
  "adresse",
  "member",
  "membre",
  "account",
  "person",
  "contact",
];

export interface KindAndAddress {
  /** `user`, `group`, `serviceAccount`; undefined if the value has none. */
  readonly kind: string | undefined;
  /** The text after it, without the blanks and quotes around it. */
  readonly rest: string;
}

/** Reads a misspelled kind: its plural, another case or separator, a space after it, `mailto:`. The last one counts. */
export function kindAndAddress(text: string): KindAndAddress {
  const bare = withoutEnds(text);
  const [, word = "", rest = ""] =
    /^(\p{Script=Latin}[\p{Script=Latin} _-]*?) *[:=/]+(.*)$/su.exec(bare) ??
    /^(\p{Script=Latin}+) (.*)$/su.exec(bare) ??
    [];
  const kind = word === "" ? undefined : nearName(word, Object.keys(kindsOfAddresses), kindsOfAddresses);
  if (kind === undefined && (word === "" || nearName(word, otherWords) === undefined))
    return { kind: undefined, rest: bare };
  const inner = kindAndAddress(rest);
  return { kind: inner.kind ?? kind, rest: inner.rest };
}

/** Removes the spaces, quotes and list separators around a name. */
function withoutEnds(text: string): string {
  const inner = text.replace(/^ +|[ ,;]+$/g, "");
  const [, , quoted] = /^(["'`])(.*)\1$/s.exec(inner) ?? [];
  return quoted === undefined ? inner : withoutEnds(quoted);
}

/** The address in a misspelled value, or undefined. Its letters stay the same. */
export function suggestEmailAddress(text: string): string | undefined {
  const bare = withoutDisplayName(kindAndAddress(text).rest).replace(/\.$/, "");
  if (hiddenCharacter(bare) !== undefined) return undefined;
  const at = bare.lastIndexOf("@");
  return [bare, `${bare.slice(0, at)}@${inAscii(bare.slice(at + 1))}`].find(isEmailAddress);
}

/** `Ada Lovelace <ada@example.com>` → `ada@example.com` */
function withoutDisplayName(text: string): string {
  const [, displayName = "", address = text] = /^([^<>@]*)<([^<>]+)>$/.exec(text) ?? [];
  return hiddenCharacter(displayName.replaceAll(" ", "")) === undefined ? address : text;
}

/** Whether the address has a `Quoted-string` as in RFC 5321, 4.1.2. */
export function hasQuotedLocalPart(text: string): boolean {
  const [quoted = ""] = /^"(?:[^"\\]|\\.)*"@/.exec(text) ?? [];
  return quoted !== "" && isDomain(text.slice(quoted.length));
}

export function quotedLocalPartProblem(text: string): string {
  return `${show(text)} has a local part in quotation marks, which no Google account or group has; write an address without them, such as "security@example.com"`;
}

export function emailAddressProblem(text: string): string | undefined {
  if (isEmailAddress(text)) return undefined;
  const meant = suggestEmailAddress(text);
  const hidden = hiddenCharacter(withoutDisplayName(text));
  if (hidden !== undefined)
    return `${show(text)} has ${hidden}; write ${meant === undefined ? 'an address without it, such as "security@example.com"' : showFull(meant)}`;
  if (hasQuotedLocalPart(text)) return quotedLocalPartProblem(text);
  return `${show(text)} ${lengthProblem(text) ?? "is not an e-mail address"}; write ${meant === undefined ? 'one such as "security@example.com"' : showFull(meant)}`;
}

export function domainProblem(text: string): string | undefined {
  if (isDomain(text)) return undefined;
  const hidden = hiddenCharacter(text);
  const meant = suggestDomain(text);
  if (hidden !== undefined)
    return `${show(text)} has ${hidden}; write ${meant === undefined ? 'a domain without it, such as "example.com"' : showFull(meant)}`;
  if (meant !== undefined) return `${show(text)} is not a domain; write ${showFull(meant)}`;
  const isNumber = /^[0-9]+$/.test(text);
  return `${show(text)} ${lengthProblem(text) ?? "is not a domain"}; write the organization's domain, such as "example.com"${isNumber ? `, or its number under id: "${text}"` : ""}`;
}

/** The domain in A-labels; empty if all of its letters are ASCII. */
function inAscii(domain: string): string {
  return /[^\x20-\x7e]/.test(domain) ? domainToASCII(domain) : "";
}
