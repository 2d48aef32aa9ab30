/**
 * Organization Policy v2: the policies of a resource, and the effective policy of a constraint on it. Only the organization can set constraints here,
 * and only these. Essential Contacts enforces those of contacts, and Resource Manager those of members. Nothing enforces
 * restrictions on services.
 * https://cloud.google.com/resource-manager/docs/reference/orgpolicy/rest/v2/projects.policies; Google sets the constraints of
 * contacts and members for each new organization: https://cloud.google.com/resource-manager/docs/secure-by-default-organizations
 */
import { authorize, variable } from "./api.ts";
import type { Api, Call, Context } from "./api.ts";
import { notFound } from "./errors.ts";
import { organizationOf } from "./hierarchy.ts";
import { own } from "./json.ts";
import { page } from "./paging.ts";
import { serviceTitle } from "./serviceCatalogue.ts";
import type { Organization, Resource } from "./state.ts";

const service = "orgpolicy.googleapis.com";

/** The rule that the organization sets for a constraint; undefined if it sets none. */
type Rule = (organization: Organization) => object | undefined;

interface Constraint {
  readonly rule: Rule;
  /** The rule that applies where none is set. */
  readonly otherwise: object;
}

function listOf(allowedOf: (organization: Organization) => readonly string[] | undefined): Constraint {
  const rule: Rule = (organization) => {
    const allowedValues = allowedOf(organization);
    return allowedValues && { values: { allowedValues } };
  };
  return { rule, otherwise: { allowAll: true } };
}

function managed(parametersOf: (organization: Organization) => object | undefined): Constraint {
  const rule: Rule = (organization) => {
    const parameters = parametersOf(organization);
    return parameters && { enforce: true, parameters };
  };
  return { rule, otherwise: { enforce: false } };
}

/** By constraint, the policy of the organization, which applies to everything below it. */
const constraints: Readonly<Record<string, Constraint>> = {
  "essentialcontacts.allowedContactDomains": listOf(({ allowedContactDomains }) => allowedContactDomains),
  "essentialcontacts.managed.allowedContactDomains": managed(
    ({ managedContactDomains: allowedDomains }) => allowedDomains && { allowedDomains },
  ),
  "gcp.restrictServiceUsage": listOf(({ allowedServices }) => allowedServices),
  "iam.allowedPolicyMemberDomains": listOf(({ allowedPolicyMemberDomains }) => allowedPolicyMemberDomains),
  "iam.managed.allowedPolicyMembers": managed(({ allowedPolicyMembers }) => allowedPolicyMembers),
};

const pageSizes = { default: 100, max: 1000 };

/** The policy that the resource itself sets; only an organization can. */
function policyOf({ state }: Context, { name }: Resource, constraint: string): object | undefined {
  const organization = state.organizations.get(name);
  const rule = organization && own(constraints, constraint)?.rule(organization);
  if (organization === undefined || rule === undefined) return undefined;
  const { createTime: updateTime } = organization;
  return { name: `${name}/policies/${constraint}`, spec: { rules: [rule], updateTime } };
}

function listPolicies(call: Call): object {
  const resource = authorize(call, "orgpolicy.policies.list", variable(call, "parent"));
  const found = Object.keys(constraints).flatMap((constraint) => policyOf(call.context, resource, constraint) ?? []);
  const { items, nextPageToken } = page(found, call, pageSizes);
  return { policies: items, nextPageToken };
}

function getPolicy(call: Call): object {
  const [collection = "", id = "", , constraint = ""] = variable(call, "name").split("/");
  const resource = authorize(call, "orgpolicy.policy.get", `${collection}/${id}`);
  const found = policyOf(call.context, resource, constraint);
  if (found === undefined) throw notFound();
  return found;
}

/** Without an etag and with the project's number in the name, as documented. */
function effectivePolicy(call: Call): object {
  const [collection = "", id = "", , constraint = ""] = variable(call, "name").split("/");
  const resource = authorize(call, "orgpolicy.policy.get", `${collection}/${id}`);
  const found = own(constraints, constraint);
  if (found === undefined) throw notFound();
  const organization = organizationOf(call.context.state, resource);
  const rule = (organization && found.rule(organization)) ?? found.otherwise;
  return { name: `${resource.name}/policies/${constraint}`, spec: { rules: [rule] } };
}

export const orgPolicy: Api = {
  service,
  title: serviceTitle(service),
  package: "google.cloud.orgpolicy.v2",
  prefix: "orgpolicy",
  access: "quotaProject",
  methods: [
    { rpc: "OrgPolicy.ListPolicies", handle: listPolicies },
    { rpc: "OrgPolicy.GetPolicy", handle: getPolicy },
    {
      rpc: "OrgPolicy.GetEffectivePolicy",
      handle: effectivePolicy,
    },
  ],
};
