/** `care diff`: what a preview means. */
export { diffCommand } from "./command.ts";
