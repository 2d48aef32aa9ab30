/** `care report`: how a stack's onboarding stands, on one page. */
export { reportCommand } from "./command.ts";
