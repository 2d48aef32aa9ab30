/** Asks Google what the program's preview asks of a test case that is not made yet. It only reads. */
import { ClassificationNotFound, findClassification } from "../../components/internal.ts";
import { supportApi } from "../../google/index.ts";
import type { Transport } from "../../google/index.ts";
import { testCaseDefaults } from "../../guide/index.ts";
import { casesOutsideState } from "../case/leftBehind.ts";
import { read } from "../google/reading.ts";
import type { StackReading } from "../stack/readStack.ts";
import type { StatesReading } from "../stack/states.ts";
import type { GoogleReading } from "./readGoogle.ts";
import { newAt } from "./readings.ts";
import type { TestCaseReading } from "./readings.ts";

/** Nothing is asked where the state has the case, or where one is adopted. */
export async function readTestCase(
  { name, project }: Pick<StackReading, "name" | "project">,
  states: StatesReading,
  { places }: GoogleReading,
  transport: Transport,
): Promise<TestCaseReading | undefined> {
  const at = places.find((one) => newAt(one, states).testCase !== undefined);
  const asked = at?.place.testCase;
  // Where the cases cannot be had, another finding tells why.
  if (at === undefined || asked === undefined || asked.adopt !== undefined || at.cases?.error !== undefined)
    return undefined;
  const { resource } = at.place;
  const api = supportApi(transport);
  const about = { where: resource, service: "cloudsupport.googleapis.com", permission: "cloudsupport.techCases.list" };
  const [classification, others] = await Promise.all([
    read({ what: "the classifications", ...about }, () =>
      findClassification(api, asked.classification ?? testCaseDefaults.classification, resource).then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof ClassificationNotFound) return error.message;
          throw error;
        },
      ),
    ),
    read({ what: "the open cases", ...about }, async () => {
      const configured = { project, parents: [resource], ignored: asked.ignoreCases ?? [] };
      const found = await casesOutsideState(api, name, configured, states.cases);
      return found.filter(({ doubt }) => doubt !== undefined);
    }),
  ]);
  return { resource, classification, others };
}
