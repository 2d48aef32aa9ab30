/** The guide as data: plans, value-added services, roles, services, notification categories, the test case, links, its rows. */
export * from "./cases.ts";
export * from "./consoleLinks.ts";
export * from "./incidentFilters.ts";
export * from "./notificationCategories.ts";
export * from "./permissions.ts";
export * from "./plans.ts";
export * from "./privilegedRoles.ts";
export * from "./recommenders.ts";
export * from "./roles.ts";
export * from "./rows.ts";
export * from "./serviceHealthAlerts.ts";
export * from "./services.ts";
export * from "./words/index.ts";
