/** The config of a stack: its schema, its checks, and what its words stand for. */
export { attachmentProblems, readAttachment } from "./attachments.ts";
export { keysNotBesideAdopt } from "./besideAdopt.ts";
export { check, checkValue, unknownKey } from "./check.ts";
export type { Checked, ValueKind } from "./check.ts";
export { checkStackValues, isEmpty } from "./checkStackValues.ts";
export type { StackValue } from "./checkStackValues.ts";
export { configSize, configSizeProblem, engineText, largestConfig, tooLarge } from "./configSize.ts";
export { contactsByAddress } from "./contacts.ts";
export type { Contact, ContactDetails, Contacts } from "./contacts.ts";
export { domainOf, normalizeDomain } from "./emailAddress.ts";
export { everyProjectFolders, withProjects } from "./everyProject.ts";
export { normalizeMember } from "./members.ts";
export { decoded, secretPaths, stackFilePath } from "./stackFile.ts";
export { shardOf } from "./shards.ts";
export { gcpConfigError, isConfigSecret, stackConfig } from "./stackConfig.ts";
export { allOf, ConfigError, formatPath, oneOf } from "./problems.ts";
export type { Problem } from "./problems.ts";
export { keysOfFleets, testCaseKeys } from "./schema.ts";
export type {
  CustomerCareConfig,
  EveryProjectConfig,
  FolderConfig,
  OrganizationConfig,
  ProjectConfig,
  TestCaseConfig,
} from "./schema.ts";
