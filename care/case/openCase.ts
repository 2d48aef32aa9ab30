import { GoogleError } from "../../google/index.ts";
import type { Case, SupportApi } from "../../google/index.ts";
import { UserError } from "../userError.ts";
import { inWords } from "./stackCase.ts";
import type { StackCase } from "./stackCase.ts";

/** The case as Google has it now; undefined if it is gone. */
export async function findCase(api: SupportApi, { name }: StackCase): Promise<Case | undefined> {
  try {
    return await api.getCase(name);
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return undefined;
    throw error;
  }
}

/** @throws UserError if it is gone */
export async function getCase(api: SupportApi, one: StackCase): Promise<Case> {
  const found = await findCase(api, one);
  if (found !== undefined) return found;
  throw new UserError(`case ${inWords(one)} is gone; \`pulumi refresh\` removes it from the state`);
}

/**
 * @param purpose What the caller wants to do with it, such as `take a comment`.
 * @throws UserError if it is gone or closed
 */
export async function getOpenCase(api: SupportApi, one: StackCase, purpose: string): Promise<Case> {
  const found = await getCase(api, one);
  if (found.state !== "CLOSED") return found;
  throw new UserError(
    `case ${inWords(one)} is closed, and a closed case cannot ${purpose}; nothing was sent. ` +
      "The API cannot reopen a case: create another one",
  );
}
