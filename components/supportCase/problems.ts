/** What an update would be refused for a test case, as far as it can be read before the update. `care doctor` uses it too. */
import { GoogleError } from "../../google/index.ts";
import type { SupportApi } from "../../google/index.ts";
import { adoptCase } from "./adopt.ts";
import { ClassificationNotFound, findClassification } from "./create.ts";
import { closedProblem, difference } from "./diff.ts";
import type { ClosedProblem } from "./diff.ts";
import { isAdopted } from "./properties.ts";
import type { SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";

/**
 * The case in the state is closed and the update changes it, or the case cannot be adopted.
 *
 * @param recorded The outputs in the state.
 * @param remedy For a case that cannot be adopted.
 */
export async function problemOfCase(
  recorded: SupportCaseOutputs | undefined,
  inputs: SupportCaseInputs,
  remedy: string,
  api: SupportApi,
): Promise<ClosedProblem | undefined> {
  const isSameCase = recorded !== undefined && difference(recorded, inputs).replaces.length === 0;
  if (isSameCase) return closedProblem(recorded, inputs, { api, log: () => undefined });
  if (!isAdopted(inputs)) return undefined;
  try {
    await adoptCase(inputs, { api });
    return undefined;
  } catch (error) {
    if (error instanceof GoogleError) throw error;
    return { problem: (error as Error).message, remedy };
  }
}

/** The error of a classification that does not exist. */
export async function problemOfClassification(
  classification: string,
  parent: string,
  api: SupportApi,
): Promise<string | undefined> {
  try {
    await findClassification(api, classification, parent);
    return undefined;
  } catch (error) {
    if (error instanceof ClassificationNotFound) return error.message;
    throw error;
  }
}
