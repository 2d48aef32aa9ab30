/** Who is outside of the organization, by the domain of an address: one rule for all commands. */
import { domainOf, normalizeDomain } from "../../onboarding/index.ts";
import type { ChangeKindName } from "./kinds.ts";
import type { Preview } from "./preview.ts";
import { knownText } from "./values.ts";

/** A value that the preview does not show leads to `perhaps`. */
export type Answer = "yes" | "no" | "perhaps";

/**
 * The domains that may be the organization's. An address outside of all is outside of the organization. An address of the only
 * one is inside. Anything else is perhaps outside: also with several domains, since each config can be changed, and with none.
 */
export type Domains = ReadonlySet<string>;

/**
 * The domains of organizations in the configs of all stacks, each in the namespace of its own program: the program checks its keys,
 * and nothing reads those of other namespaces. In a landing zone, they are under any key, because a preview does not show the args of
 * components.
 */
export function domainsOf(previews: readonly Pick<Preview, "project" | "config">[]): Domains {
  return new Set(
    previews.flatMap(({ project, config }) =>
      Object.entries(config).flatMap(([key, text]) => {
        const [namespace, ...name] = key.split(":");
        return namespace === project ? domainsUnder(name.join(":"), valueIn(text)) : [];
      }),
    ),
  );
}

/** The domains of all organizations in a value, as `CustomerCare` has them: `organization: {domain: example.com}`. */
function domainsUnder(key: string, value: unknown): string[] {
  if (key === "organizationDomain") return domainIn(value);
  if (typeof value !== "object" || value === null) return [];
  return [
    ...(key === "organization" ? domainIn((value as { domain?: unknown }).domain) : []),
    ...Object.entries(value).flatMap(([name, below]) => domainsUnder(name, below)),
  ];
}

function domainIn(value: unknown): string[] {
  const domain = typeof value === "string" ? knownText(value) : undefined;
  return domain === undefined ? [] : [normalizeDomain(domain)];
}

function valueIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** @param address Undefined if the preview does not show it. */
export function addressLeaves(address: string | undefined, domains: Domains): Answer {
  if (address === undefined || domains.size === 0) return "perhaps";
  if (!domains.has(domainOf(address) ?? "")) return "yes";
  return domains.size === 1 ? "no" : "perhaps";
}

/** Everyone, in IAM and in the access lists of Cloud Storage and BigQuery. */
const everyone = /^(iamMember:)?(allUsers|allAuthenticatedUsers|principalSet:\/\/goog\/public:all)$/i;

/** A person, a group or a whole domain, each with its domain. Cloud Storage writes a dash in place of the colon. */
const ofDomain = /^(?:deleted:)?(?:user|group|domain)[:-]([^?]*)/i;

/**
 * A preview does not show who owns the project or pool of a service account or a federated identity.
 *
 * @param member As in an IAM policy. Undefined if the preview does not show it.
 */
export function memberLeaves(member: string | undefined, domains: Domains): Answer {
  if (member === undefined) return "perhaps";
  if (everyone.test(member)) return "yes";
  const [, address] = ofDomain.exec(member) ?? [];
  if (address === undefined)
    return member.includes("@") && !member.includes(":") ? addressLeaves(member, domains) : "perhaps";
  return addressLeaves(address.includes("@") ? address : `@${address}`, domains);
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
