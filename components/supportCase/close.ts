/** Closes cases: after creation, on destroy, or because an interrupted update left them open. */
import { GoogleError, isAmbiguous } from "../../google/index.ts";
import type { Case, CaseState } from "../../google/index.ts";
import { findLeftBehind, findLeftovers, getCase, goneWithParent, leftBehindProblem } from "./find.ts";
import type { Form } from "./own.ts";
import { isAdopted } from "./properties.ts";
import type { SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";
import { confirmWrite, messageOf } from "./write.ts";
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
  properties: (
    Form | (Pick<SupportCaseOutputs, "parent"> & { readonly adopt: string; readonly closeOnDestroy?: boolean })
  ) & {
    readonly state?: CaseState;
  },
  dependencies: Dependencies,
): Promise<void> {
  if (isAdopted(properties) && properties.closeOnDestroy !== true) return;
  const { api } = dependencies;
  try {
    const found = await getCase(api, name);
    if (found !== undefined && found.state !== "CLOSED") await closeCase(name, dependencies);
  } catch (error) {
    const isTest = !isAdopted(properties) && properties.testCase;
    if (!(await isGone(error, name, dependencies, isTest, properties.state))) throw error;
    return;
  }
  if (isAdopted(properties)) return;
  for (const other of await findLeftovers(name, properties, api)) await closeCase(other.name, dependencies);
}

/**
 * Whether the case counts as deleted with its project. A project that the caller cannot see counts as deleted, so that its stack
 * can be destroyed. Not for an open case that somebody at Google works on.
 *
 * @param recorded The state of the case in the stack's state.
 */
async function isGone(
  error: unknown,
  name: string,
  dependencies: Dependencies,
  isTest: boolean,
  recorded?: CaseState,
): Promise<boolean> {
  const gone = await goneWithParent(error, name, dependencies);
  if (gone !== "hidden" || recorded === "CLOSED") return gone !== undefined;
  const cause = `case ${name} could not be closed, because the caller cannot see its project, which was deleted, or to which the caller has lost access: ${messageOf(error)}`;
  if (!isTest)
    throw new Error(
      `${cause}. The case may still be open: if the project still exists, grant the role Tech Support Editor there; if not, run \`pulumi state delete\` on this resource`,
      { cause: error },
    );
  dependencies.log(`${cause}. It counts as deleted. If the project still exists, close the case in the console`);
  return true;
}

/**
 * Closes the cases that updates of former lives have left open, before a new case is created.
 *
 * @throws Error with the cases that this resource must not close
 */
export async function closeLeftBehind(inputs: SupportCaseInputs, dependencies: Dependencies): Promise<void> {
  const { own, others } = await findLeftBehind(inputs, dependencies.api, (error, parent) =>
    isGone(error, `${parent}/cases`, dependencies, true),
  );
  if (others.length > 0) throw new Error(leftBehindProblem(others, inputs));
  for (const { name } of own) await closeCase(name, dependencies);
}
