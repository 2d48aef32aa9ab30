/** Google's APIs as this product calls them: settings, one transport, one error, a module for each API. */
export { GoogleError, isAmbiguous } from "./error.ts";
export { resourceManagerApi } from "./resourceManager.ts";
export { readGoogleSettings } from "./settings.ts";
export type { GoogleSettings } from "./settings.ts";
export { supportApi } from "./support.ts";
export type { Case, CaseClassification, CaseInput, CaseState, CaseUpdate, SupportApi } from "./support.ts";
export { createTransport } from "./transport.ts";
export type { GoogleRequest, Transport } from "./transport.ts";
