/** `care fleet`: the many stacks of one config. */
export { fleetCommand } from "./command.ts";
