/** `care comment`: what a preview means, as a comment of a pull request on GitHub. */
export { commentCommand } from "./command.ts";
