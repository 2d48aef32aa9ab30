/** Whether something leaves the organization, by the domain of an address, if the organization's own domain is known. */
import { domainOf, normalizeDomain } from "../../onboarding/index.ts";
import type { ChangeKindName } from "./kinds.ts";
import type { Preview } from "./preview.ts";
import { knownText } from "./values.ts";

/** A value that the preview does not show leads to `perhaps`. */
export type Answer = "yes" | "no" | "perhaps";

/**
 * The organization's domain by stack: the one in its config, else the one domain in the configs of the Pulumi project's other
 * stacks, such as the organization's.
 */
export function domainsOf(previews: readonly Preview[]): (string | undefined)[] {
  const domains = previews.map(domainIn);
  return previews.map(({ project }, index) => {
    const others = new Set(domains.filter((domain, at) => domain !== undefined && previews[at]?.project === project));
    return domains[index] ?? (others.size === 1 ? [...others][0] : undefined);
  });
}

/**
 * The domain in the config: under the program's own key, or the only one that the config has for the args of components. A preview
 * does not show the args themselves.
 */
function domainIn({ project, config }: Preview): string | undefined {
  const values = Object.entries(config).map(([key, text]) => [key, valueIn(text)] as const);
  const own = values.filter(([key]) => key === `${project ?? ""}:organization`);
  const domains = [own, values].map(
    (some) => new Set(some.flatMap(([key, value]) => domainsUnder(key.replace(/^.*:/, ""), value))),
  );
  const [found] = domains.filter(({ size }) => size > 0);
  return found?.size === 1 ? [...found][0] : undefined;
}

/** The domains of all organizations in a value, as `CustomerCare` has them: `organization: {domain: example.com}`. */
function domainsUnder(key: string, value: unknown): string[] {
  if (key === "organizationDomain") return typeof value === "string" ? [normalizeDomain(value)] : [];
  if (typeof value !== "object" || value === null) return [];
  const domain = key === "organization" ? knownText((value as { domain?: unknown }).domain) : undefined;
  return [
    ...(domain === undefined ? [] : [normalizeDomain(domain)]),
    ...Object.entries(value).flatMap(([name, below]) => domainsUnder(name, below)),
  ];
}

function valueIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** @param address Undefined if the preview does not show it. */
export function addressLeaves(address: string | undefined, domain: string | undefined): Answer {
  if (address === undefined || domain === undefined) return "perhaps";
  return domainOf(address) === domain ? "no" : "yes";
}

/** The same for a contact. Unknown if no stack has the organization's domain. */
export function contactLeaves(address: string | undefined, domain: string | undefined): Answer {
  return domain === undefined ? "no" : addressLeaves(address, domain);
}

/** Everyone, in IAM and in the access lists of Cloud Storage and BigQuery. */
const everyone = /^(iamMember:)?(allUsers|allAuthenticatedUsers|principalSet:\/\/goog\/public:all)$/i;

/** A person, a group or a whole domain, each with its domain. Cloud Storage writes a dash in place of the colon. */
const ofDomain = /^(?:deleted:)?(?:user|group|domain)[:-]([^?]*)/i;

/**
 * A preview does not show who owns the project or pool of a service account or a federated identity. If no stack has the
 * organization's domain, only "everyone" counts as outside.
 *
 * @param member As in an IAM policy. Undefined if the preview does not show it.
 */
export function memberLeaves(member: string | undefined, domain: string | undefined): Answer {
  if (member !== undefined && everyone.test(member)) return "yes";
  if (domain === undefined) return "no";
  if (member === undefined) return "perhaps";
  const [, address] = ofDomain.exec(member) ?? [];
  if (address === undefined)
    return member.includes("@") && !member.includes(":") ? addressLeaves(member, domain) : "perhaps";
  return addressLeaves(address.includes("@") ? address : `@${address}`, domain);
}

/** Whether the member's text contains its domain, or is everyone. */
export function hasDomain(member: string | undefined): boolean {
  return member !== undefined && (everyone.test(member) || ofDomain.test(member));
}

/** The answer for several together. */
export function anyLeaves(all: readonly Answer[]): Answer {
  return all.includes("yes") ? "yes" : all.includes("perhaps") ? "perhaps" : "no";
}

export function externalKinds(leaves: Answer): Record<"kinds" | "perhaps", ChangeKindName[]> {
  return { kinds: leaves === "no" ? [] : ["external"], perhaps: leaves === "perhaps" ? ["external"] : [] };
}
