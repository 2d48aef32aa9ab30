/** Scenarios of the lives and the failures of services, and of the project whose quota a call uses. */
import { join } from "node:path";
import { create, fault, invoke, scenario, together } from "./calls.ts";
import type { Scenario } from "./calls.ts";
import { life } from "./lifeCalls.ts";
import { batched, contact, functions, inOrganization, support, types, unbatched } from "./scenarios.ts";

const nobody = { accessToken: "local-nobody-token" };

export const serviceScenarios: Scenario[] = [
  scenario(
    "a service that is disabled in the end",
    [
      life(types.service, { ...support, disableOnDestroy: true }, ({ id }) => id, [
        { disableOnDestroy: true, disableDependentServices: true },
        { disableOnDestroy: true, disableDependentServices: false, deletionPolicy: "ABANDON" },
        { disableOnDestroy: true, deletionPolicy: "PREVENT" },
        { disableOnDestroy: true, checkIfServiceHasUsageOnDestroy: true, deletionPolicy: "DELETE" },
      ]),
    ],
    { config: unbatched },
  ),
  scenario("a service that stays", [life(types.service, support, ({ id }) => id)], { config: unbatched }),
  scenario("a service that is on already", [create(types.service, { ...support, service: "iam.googleapis.com" })], {
    config: unbatched,
  }),
  scenario("a project as a path", [life(types.service, { ...support, project: "projects/shop-dev" }, ({ id }) => id)], {
    config: unbatched,
  }),
  scenario("a prevented end", [life(types.service, { ...support, deletionPolicy: "PREVENT" }, ({ id }) => id)], {
    config: unbatched,
  }),
  scenario(
    "services in a batch, then singly, for one does not exist",
    [
      together(
        create(types.service, support),
        create(types.service, { ...support, service: "essentialcontacts.googleapis.com" }),
        create(types.service, { ...support, service: "nonsense.googleapis.com" }),
      ),
    ],
    { config: batched, isRace: true },
  ),
  scenario(
    "services in a batch",
    [
      together(
        create(types.service, support),
        create(types.service, { ...support, service: "essentialcontacts.googleapis.com" }),
        create(types.service, { ...support, project: "pay-dev" }),
      ),
    ],
    { config: batched },
  ),
  scenario(
    "the provider's project, and its policy for deletions",
    [
      create(types.service, { service: "cloudsupport.googleapis.com" }),
      create(types.contact, contact),
      invoke(functions.project, {}),
    ],
    { config: { ...unbatched, project: "shop-dev", deletionPolicy: "ABANDON" } },
  ),
  scenario("no project at all", [create(types.service, { service: "cloudsupport.googleapis.com" })], {
    config: unbatched,
  }),
  scenario(
    "a project that is not there, or going",
    [
      create(types.service, { ...support, project: "nowhere-dev" }),
      create(types.service, { ...support, project: "gone-dev" }),
    ],
    { config: unbatched },
  ),
  scenario(
    "enabling that is not allowed",
    [create(types.service, support), create(types.contact, contact), create(types.organization, inOrganization)],
    { config: { ...unbatched, ...nobody } },
  ),
  scenario(
    "enabling that is busy, or not ready",
    [
      fault({
        match: { rpc: "EnableService" },
        effect: { error: { code: 400, message: "Another activation or deactivation is in progress" } },
      }),
      fault({
        match: { rpc: "EnableService", nth: 2 },
        effect: { error: { code: 400, status: "FAILED_PRECONDITION", message: "Precondition check failed." } },
      }),
      create(types.service, support),
    ],
    { config: unbatched },
  ),
  scenario(
    "a service that was made but cannot be read",
    [
      fault({ match: { rpc: "GetProject" }, effect: { error: { code: 403, message: "no", reason: "SOME_REASON" } } }),
      create(types.service, support),
    ],
    { config: unbatched },
  ),
  scenario(
    "a service with a quota project",
    [life(types.service, { ...support, disableOnDestroy: true }, ({ id }) => id)],
    {
      config: { ...unbatched, userProjectOverride: "true" },
    },
  ),
  scenario(
    "everything with a quota project",
    [
      create(types.service, support),
      create(types.contact, contact),
      invoke(functions.project, { projectId: "shop-dev" }),
    ],
    { config: { ...unbatched, userProjectOverride: "true", billingProject: "ops-admin" } },
  ),
  scenario("an access token in the file ~/token", [invoke(functions.project, { projectId: "shop-dev" })], {
    config: { accessToken: "~/token" },
    environment: { HOME: join(import.meta.dirname, "home") },
  }),
  scenario("an access token in the file ~ada/token", [], { config: { accessToken: "~ada/token" } }),
  scenario("a quota project of the environment", [create(types.contact, contact), create(types.service, support)], {
    config: unbatched,
    environment: { GOOGLE_CLOUD_QUOTA_PROJECT: "ops-admin" },
  }),
  scenario(
    "a quota project of the environment and userProjectOverride",
    [create(types.contact, contact), create(types.service, support)],
    { config: { ...unbatched, userProjectOverride: "true" }, environment: { GOOGLE_CLOUD_QUOTA_PROJECT: "ops-admin" } },
  ),
  scenario(
    "a quota project of the environment and a billing project",
    [create(types.contact, contact), create(types.service, support)],
    {
      config: { ...unbatched, userProjectOverride: "true", billingProject: "ops-admin" },
      environment: { GOOGLE_CLOUD_QUOTA_PROJECT: "pay-dev" },
    },
  ),
  ...["1", "T", "False", ""].map((flag) =>
    scenario(
      `USER_PROJECT_OVERRIDE ${JSON.stringify(flag)} of the environment`,
      [create(types.contact, contact), create(types.service, support)],
      { config: { ...unbatched, billingProject: "ops-admin" }, environment: { USER_PROJECT_OVERRIDE: flag } },
    ),
  ),
  scenario(
    "an empty userProjectOverride before the environment's",
    [create(types.contact, contact), create(types.service, support)],
    {
      config: { ...unbatched, billingProject: "ops-admin", userProjectOverride: "" },
      environment: { USER_PROJECT_OVERRIDE: "true" },
    },
  ),
  scenario(
    "an environment's settings",
    [create(types.contact, contact), create(types.service, { service: "cloudsupport.googleapis.com" })],
    {
      config: unbatched,
      environment: {
        GOOGLE_PROJECT: "shop-dev",
        GOOGLE_BILLING_PROJECT: "ops-admin",
        USER_PROJECT_OVERRIDE: "true",
      },
    },
  ),
];
