/** Closes the case, once: of its own accord, with its resource, or as what a killed update has left open. */
import { GoogleError, isAmbiguous } from "../../google/index.ts";
import type { Case } from "../../google/index.ts";
import { findLeftBehind, findLeftovers, leftBehindProblem } from "./find.ts";
import type { Form } from "./own.ts";
import { isAdopted } from "./properties.ts";
import type { SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";
import { getCase, isGoneWithItsParent } from "./read.ts";
import { settled } from "./write.ts";
import type { Surroundings } from "./write.ts";

/** Closes the case. One that somebody else has closed meanwhile is fine: Google refuses to close it again. */
export async function closeCase(name: string, surroundings: Surroundings): Promise<Case> {
  const { api } = surroundings;
  const closed = async () => {
    const found = await api.getCase(name);
    return found.state === "CLOSED" ? found : undefined;
  };
  return settled(
    surroundings,
    async () => {
      try {
        return await api.closeCase(name);
      } catch (error) {
        const isRefused = error instanceof GoogleError && error.status !== undefined && !isAmbiguous(error);
        const done = isRefused ? await closed().catch(() => undefined) : undefined;
        if (done === undefined) throw error;
        return done;
      }
    },
    closed,
  );
}

/** Closes the case, and others of its life that an update which was killed, or one at the same time, has left open. */
export async function deleteCase(
  name: string,
  properties:
    Form | (Pick<SupportCaseOutputs, "parent"> & { readonly adopt: string; readonly closeOnDestroy?: boolean }),
  surroundings: Surroundings,
): Promise<void> {
  if (isAdopted(properties) && properties.closeOnDestroy !== true) return;
  const { api } = surroundings;
  try {
    const found = await getCase(api, name);
    if (found !== undefined && found.state !== "CLOSED") await closeCase(name, surroundings);
  } catch (error) {
    if (!(await isGoneWithItsParent(error, name, surroundings))) throw error;
    return;
  }
  if (isAdopted(properties)) return;
  for (const other of await findLeftovers(name, properties, api)) await closeCase(other.name, surroundings);
}

/**
 * Closes what updates of former lives have left open, before another case is made.
 *
 * @throws with the cases that may not be closed from here
 */
export async function closeLeftBehind(inputs: SupportCaseInputs, surroundings: Surroundings): Promise<void> {
  const { own, others } = await findLeftBehind(inputs, surroundings.api, (error, parent) =>
    isGoneWithItsParent(error, `${parent}/cases`, surroundings),
  );
  if (others.length > 0) throw new Error(leftBehindProblem(others, inputs));
  for (const { name } of own) await closeCase(name, surroundings);
}
