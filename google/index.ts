/** Google's APIs as this product calls them: settings, one transport, one error, a module for each API. */
export { GoogleError, isAmbiguous, isWithoutEffect } from "./error.ts";
export { resourceManagerApi } from "./resourceManager.ts";
export type { ResourceManagerApi } from "./resourceManager.ts";
export { readGoogleSettings } from "./settings.ts";
export type { GoogleSettings } from "./settings.ts";
export { supportApi } from "./support.ts";
export type {
  Attachment,
  Case,
  CaseClassification,
  CaseInput,
  CaseState,
  CaseUpdate,
  Comment,
  Escalation,
  EscalationReason,
  SupportApi,
} from "./support.ts";
export { createTransport } from "./transport.ts";
export type { GoogleRequest, Transport, TransportOptions } from "./transport.ts";
