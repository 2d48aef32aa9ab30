/** A landing zone that makes its folders and projects, and onboards them to Customer Care in the same program. */
import { services, testCase } from "./payments.ts";
import { supportEvents } from "./settings.ts";
import { customerCare } from "./retail.ts";
import { publishSupportEvents } from "./supportEvents.ts";

export const checklist = customerCare.checklist;
export const paymentsCase = testCase.caseName;
/** Null without one, as the engine warns of what is undefined. */
export const supportEventSubscription = supportEvents ? publishSupportEvents(services.projectId, [services]) : null;
