/**
 * Organization Policy v2: what a constraint comes to at a resource. Only the organization sets one here, and only these
 * constraints; whether they are obeyed is up to the API that each restricts: Essential Contacts does, and nothing here
 * restricts the use of a service.
 * https://cloud.google.com/resource-manager/docs/reference/orgpolicy/rest/v2/projects.policies
 */
import { authorize, variable } from "./api.ts";
import type { Api, Call } from "./api.ts";
import { notFound } from "./errors.ts";
import { organizationOf } from "./hierarchy.ts";
import { serviceTitle } from "./serviceCatalogue.ts";
import type { Organization } from "./state.ts";

const service = "orgpolicy.googleapis.com";

/** List constraints, with the values that the organization allows; undefined: any. */
const constraints: Readonly<Record<string, (organization: Organization) => readonly string[] | undefined>> = {
  "essentialcontacts.allowedContactDomains": ({ allowedContactDomains }) => allowedContactDomains,
  "gcp.restrictServiceUsage": ({ allowedServices }) => allowedServices,
};

/** Without an etag, and with the project's number in the name, as the reference says. */
function effectivePolicy(call: Call): object {
  const [collection = "", id = "", , constraint = ""] = variable(call, "name").split("/");
  const resource = authorize(call, "orgpolicy.policy.get", `${collection}/${id}`);
  const allowedValuesOf = constraints[constraint];
  if (allowedValuesOf === undefined) throw notFound();
  const organization = organizationOf(call.context.state, resource);
  const allowedValues = organization && allowedValuesOf(organization);
  return {
    name: `${resource.name}/policies/${constraint}`,
    spec: { rules: [allowedValues === undefined ? { allowAll: true } : { values: { allowedValues } }] },
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
      http: [
        "GET /v2/{name=projects/*/policies/*}:getEffectivePolicy",
        "GET /v2/{name=folders/*/policies/*}:getEffectivePolicy",
        "GET /v2/{name=organizations/*/policies/*}:getEffectivePolicy",
      ],
      handle: effectivePolicy,
    },
  ],
};
