/** Closes cases: after creation, on destroy, or because an interrupted update left them open. */
import { GoogleError, isAmbiguous } from "../../google/index.ts";
import type { Case } from "../../google/index.ts";
import { findLeftBehind, findLeftovers, getCase, leftBehindProblem, wasDeletedWithParent } from "./find.ts";
import type { Form } from "./own.ts";
import { isAdopted } from "./properties.ts";
import type { SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";
import { confirmWrite } from "./write.ts";
import type { Dependencies } from "./write.ts";

/** Closes the case. If Google refuses because somebody else has already closed it, that counts as success. */
export async function closeCase(name: string, dependencies: Dependencies): Promise<Case> {
  const { api } = dependencies;
  const closed = async () => {
    const found = await api.getCase(name);
    return found.state === "CLOSED" ? found : undefined;
  };
  return confirmWrite(
    dependencies,
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

/** Closes the case, and other open cases of its life, from interrupted or concurrent updates. */
export async function deleteCase(
  name: string,
  properties:
    Form | (Pick<SupportCaseOutputs, "parent"> & { readonly adopt: string; readonly closeOnDestroy?: boolean }),
  dependencies: Dependencies,
): Promise<void> {
  if (isAdopted(properties) && properties.closeOnDestroy !== true) return;
  const { api } = dependencies;
  try {
    const found = await getCase(api, name);
    if (found !== undefined && found.state !== "CLOSED") await closeCase(name, dependencies);
  } catch (error) {
    if (!(await wasDeletedWithParent(error, name, dependencies))) throw error;
    return;
  }
  if (isAdopted(properties)) return;
  for (const other of await findLeftovers(name, properties, api)) await closeCase(other.name, dependencies);
}

/**
 * Closes the cases that updates of former lives have left open, before a new case is created.
 *
 * @throws Error with the cases that this resource must not close
 */
export async function closeLeftBehind(inputs: SupportCaseInputs, dependencies: Dependencies): Promise<void> {
  const { own, others } = await findLeftBehind(inputs, dependencies.api, (error, parent) =>
    wasDeletedWithParent(error, `${parent}/cases`, dependencies),
  );
  if (others.length > 0) throw new Error(leftBehindProblem(others, inputs));
  for (const { name } of own) await closeCase(name, dependencies);
}
