const links = "https://cloud.google.com/billing/docs/reference/rest/v1/Policy#Binding";
const caseSensitivePrefixes = ["principalSet:", "principal:", "principalHierarchy:"];

/** The problem of an invalid policy member. */
export function validateMember(member: string): string | undefined {
  if (member.startsWith("deleted")) {
    return "invalid value for member (Terraform does not support IAM members for deleted principals)";
  }
  if (/.+:.+|projectOwners|projectReaders|projectWriters|allUsers|allAuthenticatedUsers/.test(member)) return undefined;
  return `invalid value "${member}" for member (IAM members must have one of the values outlined here: ${links})`;
}

/** Whether two members are equal. Most kinds ignore case. */
export function sameMember(a: string, b: string): boolean {
  if (isCaseSensitive(a) || isCaseSensitive(b)) return a === b;
  return a.toUpperCase() === b.toUpperCase();
}

/** A member in lower case, except its kind and case-sensitive kinds. */
export function normalizeMember(member: string): string {
  const nested = ["deleted:", "iamMember:"].find((prefix) => member.startsWith(prefix));
  if (isCaseSensitive(nested ? member.slice(nested.length) : member)) return member;
  const parts = member.split(":");
  const kinds = nested ? 2 : 1;
  return [...parts.slice(0, kinds), ...parts.slice(kinds).map((part) => part.toLowerCase())].join(":");
}

function isCaseSensitive(member: string): boolean {
  if (member.includes("allAuthenticatedUsers") || member.includes("allUsers")) return true;
  return caseSensitivePrefixes.some((prefix) => member.startsWith(prefix));
}
