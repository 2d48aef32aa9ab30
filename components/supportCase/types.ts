/** The types that a case has in the states of stacks. They stay for ever. */
export const supportCaseTypes = {
  /** A program in TypeScript makes it: ../supportCaseResource.ts. */
  dynamic: "pulumi-nodejs:dynamic/customercare:SupportCase",
  /** A program in another language makes it, by the component package. */
  packaged: "customer-care:index:SupportCase",
} as const;

export function isSupportCaseType(type: string): boolean {
  return Object.values<string>(supportCaseTypes).includes(type);
}

/** The resource that keeps what tells one life of a case from the next: ../caseLife.ts. */
export const lifeType = "pulumi:index:Stash";

export function isLifeOfCase(urn: string): boolean {
  return urn.includes(`customer-care:index:TestSupportCase$${lifeType}::`);
}
