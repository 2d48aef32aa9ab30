/** `care adopt`: what is in the cloud already, for `pulumi import`. */
export { adoptCommand } from "./command.ts";
