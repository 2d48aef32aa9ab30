/** `care doctor`: what stands in the way of `pulumi up`. */
export { doctorCommand } from "./command.ts";
