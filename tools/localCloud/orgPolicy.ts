/**
 * Organization Policy v2: the effective policy of a constraint on a resource. Only the organization can set constraints here,
 * and only these. Essential Contacts enforces those of contacts, and Resource Manager those of members. Nothing enforces
 * restrictions on services.
 * https://cloud.google.com/resource-manager/docs/reference/orgpolicy/rest/v2/projects.policies; Google sets the constraints of
 * contacts and members for each new organization: https://cloud.google.com/resource-manager/docs/secure-by-default-organizations
 */
import { authorize, variable } from "./api.ts";
import type { Api, Call } from "./api.ts";
import { notFound } from "./errors.ts";
import { organizationOf } from "./hierarchy.ts";
import { serviceTitle } from "./serviceCatalogue.ts";
import type { Organization } from "./state.ts";

const service = "orgpolicy.googleapis.com";

/** A rule of a list constraint, or of a managed constraint with parameters. */
type Rule = (organization: Organization | undefined) => object;

const listOf =
  (allowedOf: (organization: Organization) => readonly string[] | undefined): Rule =>
  (organization) => {
    const allowedValues = organization && allowedOf(organization);
    return allowedValues === undefined ? { allowAll: true } : { values: { allowedValues } };
  };

const managed =
  (parametersOf: (organization: Organization) => object | undefined): Rule =>
  (organization) => {
    const parameters = organization && parametersOf(organization);
    return parameters === undefined ? { enforce: false } : { enforce: true, parameters };
  };

/** By constraint, the policy of the organization, which applies to everything below it. */
const constraints: Readonly<Record<string, Rule>> = {
  "essentialcontacts.allowedContactDomains": listOf(({ allowedContactDomains }) => allowedContactDomains),
  "essentialcontacts.managed.allowedContactDomains": managed(
    ({ managedContactDomains: allowedDomains }) => allowedDomains && { allowedDomains },
  ),
  "gcp.restrictServiceUsage": listOf(({ allowedServices }) => allowedServices),
  "iam.allowedPolicyMemberDomains": listOf(({ allowedPolicyMemberDomains }) => allowedPolicyMemberDomains),
  "iam.managed.allowedPolicyMembers": managed(({ allowedPolicyMembers }) => allowedPolicyMembers),
};

/** Without an etag and with the project's number in the name, as documented. */
function effectivePolicy(call: Call): object {
  const [collection = "", id = "", , constraint = ""] = variable(call, "name").split("/");
  const resource = authorize(call, "orgpolicy.policy.get", `${collection}/${id}`);
  const rule = constraints[constraint];
  if (rule === undefined) throw notFound();
  return {
    name: `${resource.name}/policies/${constraint}`,
    spec: { rules: [rule(organizationOf(call.context.state, resource))] },
  };
}

export const orgPolicy: Api = {
  service,
  title: serviceTitle(service),
  package: "google.cloud.orgpolicy.v2",
  prefix: "orgpolicy",
  access: "quotaProject",
  methods: [
    {
      rpc: "OrgPolicy.GetEffectivePolicy",
      handle: effectivePolicy,
    },
  ],
};
