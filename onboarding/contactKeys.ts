/** The keys of contacts: notification categories and addresses. */
import { notificationCategoryNames } from "../guide/index.ts";
import { hasQuotedLocalPart, lengthProblem, quotedLocalPartProblem, suggestEmailAddress } from "./emailAddress.ts";
import { hiddenCharacter, hiddenNote } from "./hiddenCharacters.ts";
import { didYouMean } from "./nearNames.ts";
import { otherCategoryNames } from "./otherNames.ts";
import { oneOf, show, showFull } from "./problems.ts";
import type { Problem } from "./problems.ts";

/** @param path Ends in a key of contacts that is neither a category nor an address. */
export function contactKeyProblem(path: readonly string[]): Problem {
  const key = path.at(-1) ?? "";
  if (hasQuotedLocalPart(key)) return { path, message: quotedLocalPartProblem(key) };
  const near = didYouMean(key, notificationCategoryNames, otherCategoryNames);
  const tooLong = key.includes("@") ? lengthProblem(key) : undefined;
  const meant = suggestEmailAddress(key);
  // A misspelled category can contain a space, an address cannot.
  const note = key.includes("@") && meant === undefined ? hiddenNote(key, hiddenCharacter(key)) : hiddenNote(key);
  const instead = meant === undefined ? "an address with its categories" : `${showFull(meant)} with its categories`;
  return {
    path,
    message: `${show(key)} ${note}${tooLong ?? `is neither a notification category nor an e-mail address${near}`}; write ${oneOf(notificationCategoryNames)}, or ${instead}`,
  };
}
