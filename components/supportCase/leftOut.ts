/**
 * A newer release replaces nothing: a field that the config leaves out is as it was when the case was made, whatever words the
 * guide has today.
 */
import { lifeIn } from "./marker.ts";
import { fixed, isAdopted, valueOf } from "./properties.ts";
import type { DefaultedField, SupportCaseInputs } from "./properties.ts";

/**
 * The inputs with the values of the state for what the config leaves out.
 *
 * @param olds The inputs in the state; empty where a case is made.
 * @param news The program's, which have the guide's words of today for what is left out.
 */
export function withLeftOut(olds: Partial<SupportCaseInputs>, news: SupportCaseInputs): SupportCaseInputs {
  if (isAdopted(news) || news.leftOut === undefined) return news;
  const isSameLife = lifeIn(olds.marker) !== undefined && lifeIn(olds.marker) === lifeIn(news.marker);
  const wereLeftOut = valueOf(olds, "leftOut") as readonly DefaultedField[] | undefined;
  const wereTakenOut = (valueOf(olds, "takenOut") ?? []) as readonly DefaultedField[];
  const kept: Record<string, unknown> = {};
  const takenOut: DefaultedField[] = [];
  for (const field of news.leftOut) {
    const value = valueOf(olds, field);
    if (value === undefined) continue;
    const isFixed = (fixed as readonly string[]).includes(field);
    // A state of 0.1.0 does not say what the config had: whatever it was, it is no difference.
    if (wereLeftOut?.includes(field) ?? isSameLife) {
      kept[field] = value;
      if (wereTakenOut.includes(field)) takenOut.push(field);
    } else if (isFixed && isSameLife) kept[field] = value;
    else if (!isFixed && wereLeftOut !== undefined) takenOut.push(field);
  }
  return { ...news, ...kept, ...(takenOut.length === 0 ? {} : { takenOut }) };
}
