/**
 * Members of a role in allow policies (guide row G3 editor): each kind in Google's list, and whether it can get a support
 * role.
 *
 * Source: https://cloud.google.com/iam/docs/principal-identifiers, "Principal identifiers for allow policies"
 */
import {
  emailAddressPattern,
  isEmailAddress,
  kindAndAddress,
  lengthProblem,
  suggestDomain,
  suggestEmailAddress,
} from "./emailAddress.ts";
import { hiddenCharacter, hiddenCharacterInName } from "./hiddenCharacters.ts";
import { show, showFull } from "./problems.ts";

const emailPrefixes = ["user", "group", "serviceAccount"] as const;
type EmailPrefix = (typeof emailPrefixes)[number];

/** A Kubernetes service account in the legacy form: `PROJECT.svc.id.goog[NAMESPACE/NAME]`. */
const kubernetesServiceAccount = /^[a-z][a-z0-9:.-]*\.svc\.id\.goog\[[a-z0-9-]+\/[a-z0-9.-]+\]$/;

/** A subject, a group or an attribute's value of an identity provider. It can contain spaces. */
const name = "\\S(?:.*\\S)?";
const part = "[^/\\s]+";
const workforcePool = `iam\\.googleapis\\.com/locations/global/workforcePools/${part}`;
const workloadPool = `iam\\.googleapis\\.com/projects/[0-9]+/locations/global/workloadIdentityPools/${part}`;
const pool = `(?:${workforcePool}|${workloadPool})`;
const agents = "agents\\.global\\.(?:org|proj)-[0-9]+\\.system\\.id\\.goog";
const cluster = `https://container\\.googleapis\\.com/v1/projects/${part}/locations/${part}/clusters/${part}`;

/** `principal://` and one identity of a workforce or workload pool, one Kubernetes service account, one agent. */
const principal = new RegExp(
  `^principal://(?:${pool}/subject/${name}|${workloadPool}/kubernetes\\.serviceaccount\\.uid/${part}|${agents}/resources/${name})$`,
);

/**
 * `principalSet://` and a group, the identities with an attribute, or all identities of a pool; the pods of a Kubernetes
 * namespace or of a GKE cluster; all service accounts of a project, a folder or an organization; the agents of one or all
 * projects.
 */
const principalSet = new RegExp(
  `^principalSet://(?:${pool}/(?:group/${name}|attribute\\.${part}/${name}|\\*)` +
    `|${workloadPool}/(?:namespace/${part}|kubernetes\\.cluster/${cluster})` +
    "|cloudresourcemanager\\.googleapis\\.com/(?:projects|folders|organizations)/[0-9]+/type/ServiceAccount" +
    `|${agents}/(?:attribute\\.platformContainer/${name}|\\*))$`,
);

/** All kinds in one pattern, for the JSON Schema. */
export const memberPattern = new RegExp(
  [
    `^(${emailPrefixes.join("|")}):${emailAddressPattern.source.slice(1)}`,
    `^serviceAccount:${kubernetesServiceAccount.source.slice(1)}`,
    principal.source,
    principalSet.source,
  ].join("|"),
);

const example = 'write one such as "group:support@example.com"';

const exampleOf = (prefix: EmailPrefix) =>
  `${prefix}:${prefix === "serviceAccount" ? "name@project-id.iam.gserviceaccount.com" : "support@example.com"}`;

const isServiceAccount = (address: string) => /^[^/]+\.gserviceaccount\.com$/i.test(address);

/**
 * Kinds of principals that must not get a support role: allow policies do not accept them, they include everyone, or they
 * cannot open a case. The message suggests the same principal in the form of allow policies, if there is one.
 *
 * Sources: the same page for deny policies, principal access boundary policies and deleted principals;
 * https://cloud.google.com/iam/docs/resources-with-built-in-identities;
 * https://cloud.google.com/iam/docs/overview#convenience-values for project owners, editors and viewers
 */
const rejectedKinds: readonly (readonly [pattern: RegExp, problem: (found: string) => string])[] = [
  [
    /^(?:allUsers|allAuthenticatedUsers|principalSet:\/\/goog\/public:all)$/i,
    () => `is everyone on the internet and must not get a support role; ${example}`,
  ],
  [
    /^domain:(.*)$/i,
    (domain) =>
      `is everyone in a domain and must not get a support role; write a group instead, such as ${showFull(`group:support@${suggestDomain(domain) ?? "example.com"}`)}`,
  ],
  [
    /^principalSet:\/\/goog\/cloudIdentityCustomerId\//i,
    () =>
      `is everyone in a Cloud Identity account and must not get a support role; write a group instead, such as "group:support@example.com"`,
  ],
  [/^deleted:/i, () => "is a deleted principal, to which nothing can be granted; leave it out"],
  [
    /^project(?:Owner|Editor|Viewer):/i,
    () => `is everyone with a basic role on a project, which only buckets and datasets accept; ${example}`,
  ],
  [/^principal:\/\/goog\/subject\/(.*)$/i, (address) => denyPolicyProblem("user", address)],
  [/^principalSet:\/\/goog\/group\/(.*)$/i, (address) => denyPolicyProblem("group", address)],
  [
    /^principal:\/\/iam\.googleapis\.com\/projects\/-\/serviceAccounts\/(.*)$/i,
    (address) => denyPolicyProblem("serviceAccount", address),
  ],
  [
    /^principalSet:\/\/cloudresourcemanager\.googleapis\.com\/.*\/type\/ServiceAgent$/i,
    () => "is every service agent, which only deny policies accept; write a service account that opens cases",
  ],
  [
    /^principal(?:Set)?:\/\/(?!cloudresourcemanager)[a-z]+\.googleapis\.com\/projects\/[0-9]+\/(?:uid|name|type|ancestor\.(?:uid|name)|\*)/i,
    () => `is the built-in identity of a resource, which cannot open cases; ${example}`,
  ],
];

function denyPolicyProblem(prefix: EmailPrefix, address: string): string {
  const meant = suggestEmailAddress(address);
  return `is in the form of deny policies; write ${showFull(meant === undefined ? exampleOf(prefix) : `${prefix}:${meant}`)}`;
}

/** The problem of an invalid member, or undefined. A value that is not understood is rejected, never converted. */
export function memberProblem(value: string): string | undefined {
  const problem = ownProblem(value);
  if (problem === undefined) return undefined;
  const meant = suggestMembers(value);
  const [, wrong = ""] = /^(.*?)(?:; write .*)?$/s.exec(problem) ?? [];
  return `${show(value)} ${meant.length === 0 ? problem : `${wrong}; write ${meant.map(showFull).join(" or ")}`}`;
}

/** The same principal in its valid form, or in each of the two that are possible. Its name stays the same. */
function suggestMembers(value: string): string[] {
  if (rejectedKinds.some(([pattern]) => pattern.test(value))) return [];
  const right = (candidates: readonly string[]) =>
    candidates.filter((one) => one !== value && ownProblem(one) === undefined);
  const federated = right(federatedForms(value)).slice(0, 1);
  if (federated.length > 0) return federated;
  const { kind, rest } = kindAndAddress(value);
  // The resource name of a service account ends in its address.
  const name = rest.replace(/^projects\/[^/]+\/serviceAccounts\//, "");
  const address = suggestEmailAddress(name);
  if (kind === "serviceAccount") {
    const [, end = "", iam = ".iam"] = /^[^@\s]+(@[a-z][a-z0-9-]*)(\.iam)?$/.exec(name) ?? [];
    const whole = end === "" ? name : `${name.replace(/\.iam$/, "")}${iam}.gserviceaccount.com`;
    const suggested = right([`${kind}:${whole}`]);
    if (suggested.length > 0) return suggested;
  }
  if (address === undefined) return [];
  if (isServiceAccount(address)) return right([`serviceAccount:${address}`]);
  return right(kind === "user" || kind === "group" ? [`${kind}:${address}`] : [`user:${address}`, `group:${address}`]);
}

/** A federated principal with another kind, without its slashes, or with a plural in its path. */
function federatedForms(value: string): string[] {
  const [, word = "", rest = ""] =
    /^(?:(principal[ -]?(?:set)?s?): *\/*|(?:https:)?\/*)([a-z0-9.-]+\.(?:googleapis\.com|id\.goog)\/.*)$/is.exec(
      value,
    ) ?? [];
  if (rest === "") return [];
  const path = rest.replace(/^([^/]*\/(?:[^/]+\/)*?\w+Pools\/[^/]+\/(?:subject|group|attribute))s(?=[/.])/, "$1");
  const forms = [`principal://${path}`, `principalSet://${path}`];
  return /set/i.test(word) ? forms.reverse() : forms;
}

/** The first hidden character. A federated name can contain spaces. */
function hiddenIn(value: string): string | undefined {
  const [, name] = /^principal(?:Set)?:(.*)$/is.exec(value) ?? [];
  return name === undefined ? hiddenCharacter(value) : (hiddenCharacterInName(name) ?? hiddenCharacterInName(value));
}

function isMember(value: string): boolean {
  const colon = value.indexOf(":");
  const prefix = value.slice(0, colon);
  const rest = value.slice(colon + 1);
  if (prefix === "user" || prefix === "group") return isEmailAddress(rest) && !isServiceAccount(rest);
  if (prefix === "serviceAccount")
    return kubernetesServiceAccount.test(rest) || (isEmailAddress(rest) && isServiceAccount(rest));
  const isFederated = prefix === "principal" ? principal.test(value) : principalSet.test(value);
  return isFederated && hiddenIn(value) === undefined;
}

/** @returns The problem, without the value. */
function ownProblem(value: string): string | undefined {
  if (isMember(value)) return undefined;
  for (const [pattern, problemOf] of rejectedKinds) {
    const found = pattern.exec(value);
    if (found !== null) return problemOf(found[1] ?? "");
  }
  const hidden = hiddenIn(value);
  if (hidden !== undefined)
    return `has ${hidden}; write the name exactly as in Google or the identity provider, such as "group:support@example.com"`;
  const colon = value.indexOf(":");
  const prefix = colon < 0 ? "" : value.slice(0, colon);
  const rest = value.slice(colon + 1);
  if (prefix === "principal" || prefix === "principalSet") return federatedProblem(prefix, value);
  const known = emailPrefixes.find((known) => known.toLowerCase() === prefix.toLowerCase());
  if (known === undefined) {
    if (isEmailAddress(value))
      return isServiceAccount(value)
        ? `has no kind; write "serviceAccount:${value}"`
        : `has no kind; write "user:${value}" or "group:${value}"`;
    return `is not a member; ${example}, with user:, group:, serviceAccount:, principal:// or principalSet:// before it`;
  }
  if (known !== prefix) return `is not a member; write ${showFull(exampleOf(known))}`;
  if (!isEmailAddress(rest) || (prefix === "serviceAccount" && rest.includes("/")))
    return `${lengthProblem(rest) ?? `has no e-mail address after ${known}:`}; write one such as ${showFull(exampleOf(known))}`;
  // IAM rejects both: terraform-splunk-log-export#41, gmemegen#10.
  if (prefix !== "serviceAccount" && isServiceAccount(rest))
    return `is a service account; write "serviceAccount:${rest}"`;
  return `is not a service account, because its address does not end in .gserviceaccount.com; write "user:${rest}" or "group:${rest}"`;
}

function federatedProblem(prefix: "principal" | "principalSet", value: string): string {
  const [, project] = /\/projects\/([a-z][^/]*)\/locations\/global\/workloadIdentityPools\//.exec(value) ?? [];
  if (project !== undefined)
    return `names the project ${show(project)} by its ID; write its number, which \`gcloud projects describe ${project}\` shows`;
  return prefix === "principal"
    ? "is not a federated principal; write principal://iam.googleapis.com/locations/global/workforcePools/POOL/subject/SUBJECT, or the same of a workload identity pool"
    : "is not a set of federated principals; write principalSet://iam.googleapis.com/locations/global/workforcePools/POOL/group/GROUP, or the same of a workload identity pool";
}

/**
 * The form in which IAM and the gcp provider compare members: in lower case after the kind, except for federated principals,
 * whose names are case-sensitive.
 *
 * Source: `NormalizeIamPrincipalCasing` of the gcp provider
 */
export function normalizeMember(member: string): string {
  const [, kind, rest] = /^((?:deleted:)?[^:]*:)(.*)$/s.exec(member) ?? [];
  if (kind === undefined || rest === undefined || /^(deleted:)?principal(Set|Hierarchy)?:$/.test(kind)) return member;
  return `${kind}${rest.toLowerCase()}`;
}
