/**
 * The second door: what `care/`, `plugin/` and `policy/` have to know of the resources that the components write into a state. It is not
 * exported by the package, and needs no Pulumi.
 */
export {
  isLifeOfCase,
  isSupportCaseType,
  signature,
  supportCaseTypes,
  unknownValue,
} from "./supportCase/properties.ts";
export { contactType, serviceType } from "./gcpTypes.ts";
export { grantModuleOf, grantTypeOf } from "./grantTypes.ts";
export type { GrantType } from "./grantTypes.ts";
export { isGranted, membersOf } from "./obstacles/grants.ts";
export { memberConstraints } from "./obstacles/memberPolicies.ts";
export type { EffectivePolicies, MemberOrganizations } from "./obstacles/memberPolicies.ts";
export { needsOf } from "./obstacles/needs.ts";
export { isRefused } from "./obstacles/policyRules.ts";
export { permissionsToAsk, readMemberOrganizations, readPolicies } from "./obstacles/read.ts";
export { contactConstraints, isQuotaProjectDenied, refusalsAt, secondContactRefused } from "./obstacles/refusals.ts";
export type { Refusal } from "./obstacles/refusals.ts";
export { fieldsToChange } from "./supportCase/diff.ts";
export { markerOfCase, openCasesQuery, readMarker } from "./supportCase/own.ts";
export type { AdoptedCaseInputs, MadeCaseInputs } from "./supportCase/properties.ts";
