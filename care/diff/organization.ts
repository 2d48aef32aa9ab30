/** What leaves the organization: a preview shows it by the domain of an address, as far as the organization's own domain is known. */
import { domainOf, normalizeDomain } from "../../onboarding/index.ts";
import type { ChangeKindName } from "./kinds.ts";
import type { Preview } from "./preview.ts";
import { knownText } from "./values.ts";

export type Leaves = "yes" | "no" | "perhaps";

/**
 * The organization's domain by stack: the one of its config, else the one domain that the other stacks of the Pulumi project have
 * in theirs, as the stack of the organization does.
 */
export function domainsOf(previews: readonly Preview[]): (string | undefined)[] {
  const domains = previews.map(domainIn);
  return previews.map(({ project }, index) => {
    const others = new Set(domains.filter((domain, at) => domain !== undefined && previews[at]?.project === project));
    return domains[index] ?? (others.size === 1 ? [...others][0] : undefined);
  });
}

/** The one of the config, where the program of this repository has it. */
function domainIn({ project, config }: Preview): string | undefined {
  try {
    const organization = JSON.parse(config[`${project ?? ""}:organization`] ?? "") as { domain?: unknown } | null;
    const domain = knownText(organization?.domain);
    return domain === undefined ? undefined : normalizeDomain(domain);
  } catch {
    return undefined;
  }
}

/** @param address Undefined where the preview does not show it. */
export function addressLeaves(address: string | undefined, domain: string | undefined): Leaves {
  if (address === undefined || domain === undefined) return "perhaps";
  return domainOf(address) === domain ? "no" : "yes";
}

/** The same for a contact. Where no stack has the organization's domain, nothing can be said of any. */
export function contactLeaves(address: string | undefined, domain: string | undefined): Leaves {
  return domain === undefined ? "no" : addressLeaves(address, domain);
}

/** Everyone, as IAM and the access lists of Cloud Storage and BigQuery write it. */
const everyone = /^(iamMember:)?(allUsers|allAuthenticatedUsers|principalSet:\/\/goog\/public:all)$/i;

/** A person, a group or a whole domain, each with its domain. Cloud Storage writes a dash in place of the colon. */
const ofDomain = /^(?:deleted:)?(?:user|group|domain)[:-]([^?]*)/i;

/**
 * Whose project or pool a service account or a federated identity is of, a preview does not show. Where no stack has the
 * organization's domain, only everyone is outside.
 *
 * @param member As an IAM policy has it. Undefined where the preview does not show it.
 */
export function memberLeaves(member: string | undefined, domain: string | undefined): Leaves {
  if (member !== undefined && everyone.test(member)) return "yes";
  if (domain === undefined) return "no";
  if (member === undefined) return "perhaps";
  const [, address] = ofDomain.exec(member) ?? [];
  if (address === undefined)
    return member.includes("@") && !member.includes(":") ? addressLeaves(member, domain) : "perhaps";
  return addressLeaves(address.includes("@") ? address : `@${address}`, domain);
}

/** Whether the member's text says of which domain it is, or that it is everyone. */
export function hasDomain(member: string | undefined): boolean {
  return member !== undefined && (everyone.test(member) || ofDomain.test(member));
}

/** Of several, what the whole does. */
export function leavesOf(all: readonly Leaves[]): Leaves {
  return all.includes("yes") ? "yes" : all.includes("perhaps") ? "perhaps" : "no";
}

export function externalKinds(leaves: Leaves): Record<"kinds" | "perhaps", ChangeKindName[]> {
  return { kinds: leaves === "no" ? [] : ["external"], perhaps: leaves === "perhaps" ? ["external"] : [] };
}
