/** The program as a newer release might be: with other words for all fields of the guide's form. */
import { testCaseDefaults } from "../../../guide/index.ts";

Object.assign(testCaseDefaults, {
  classification: "Technical Issue > Storage > Cloud Storage",
  displayName: "Another issue",
  description: "Another issue",
  errorMessage: "Another message",
  businessImpact: "None",
  vmInstances: "all",
  priority: "P3",
  channel: "chat",
  language: "fr",
  thirdPartyAuthorization: false,
});
await import("../../../index.ts");
