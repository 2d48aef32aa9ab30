/** The guide as data: plans, value-added services, roles, services, notification categories, the test case, links. */
export * from "./caseLanguages.ts";
export * from "./casePriorities.ts";
export * from "./consoleLinks.ts";
export * from "./escalationReasons.ts";
export * from "./notificationCategories.ts";
export * from "./plans.ts";
export * from "./privilegedRoles.ts";
export * from "./recommenders.ts";
export * from "./roles.ts";
export * from "./services.ts";
export * from "./testCase.ts";
export * from "./valueAddedServices.ts";
export * from "./words/index.ts";
