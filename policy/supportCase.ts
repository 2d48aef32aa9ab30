/** The type of a case (components/supportCaseResource.ts) in the state of every stack. */
export const supportCaseType = "pulumi-nodejs:dynamic/customercare:SupportCase";
