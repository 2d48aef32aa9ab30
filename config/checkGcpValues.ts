/** What the gcp provider's own config must not be: it reports the rest itself. */
import { existsSync } from "node:fs";
import type { StackValue } from "./checkStackValues.ts";
import { show } from "./problems.ts";
import type { Problem } from "./problems.ts";

/** The keys of a credential. The engine copies the provider's config into the state, in plain text where it is not a secret. */
const credentials = ["accessToken", "credentials"] as const;

/** The keys of the provider's switches that both the provider and the test case read. */
const flags = ["userProjectOverride"] as const;

/** The keys of lists, which arrive as JSON. */
const lists = ["impersonateServiceAccountDelegates"] as const;

/**
 * @param values Under their full keys, such as `gcp:project`. Those of another namespace are passed over.
 */
export function checkGcpValues(values: Iterable<readonly [fullKey: string, value: StackValue]>): Problem[] {
  const found = new Map(values);
  const problems: Problem[] = [];
  for (const key of credentials) {
    const value = found.get(`gcp:${key}`);
    if (value === undefined || value.isSecret || value.text.trim() === "") continue;
    // The path of a file gives nothing away.
    if (existsSync(value.text.trim())) continue;
    problems.push({
      path: [key],
      message: `is a credential in plain text, which the stack's state would hold; revoke it, then write another one as a secret, \`pulumi config set --secret gcp:${key}\`, or none: the Application Default Credentials are used`,
    });
  }
  for (const key of flags) {
    const value = found.get(`gcp:${key}`);
    if (value === undefined || ["true", "false", ""].includes(value.text)) continue;
    problems.push({ path: [key], message: `${show(value.text)} is not true or false; write true or false` });
  }
  for (const key of lists) {
    const value = found.get(`gcp:${key}`);
    if (value === undefined || value.text === "" || isListOfTexts(value.text)) continue;
    const got = value.isSecret ? "its value" : show(value.text);
    problems.push({
      path: [key],
      message: `${got} is not a list of texts; write ["name@project-id.iam.gserviceaccount.com"]`,
    });
  }
  return problems;
}

function isListOfTexts(json: string): boolean {
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) && list.every((element) => typeof element === "string" && element.trim() !== "");
  } catch {
    return false;
  }
}
