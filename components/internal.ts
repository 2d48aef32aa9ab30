/**
 * The second door: what `care/` and `policy/` have to know of the resources that the components write into a state. It is not
 * exported by the package, and needs no Pulumi.
 */
export { signature, unknownValue } from "./engineValues.ts";
export { contactType, serviceType } from "./gcpTypes.ts";
export { grantModuleOf, grantTypeOf } from "./grantTypes.ts";
export type { GrantType } from "./grantTypes.ts";
export { fieldsToChange } from "./supportCase/difference.ts";
export { markerOfCase, openCasesQuery, readMarker } from "./supportCase/marker.ts";
export type { AdoptedCaseInputs, MadeCaseInputs } from "./supportCase/properties.ts";
export { isLifeOfCase, isSupportCaseType } from "./supportCase/types.ts";
