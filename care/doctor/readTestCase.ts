/** Asks Google what the program's preview asks of a test case that is not made yet. It only reads. */
import { ClassificationNotFound, findClassification } from "../../components/internal.ts";
import { supportApi } from "../../google/index.ts";
import type { Transport } from "../../google/index.ts";
import { testCaseDefaults } from "../../guide/index.ts";
import { casesOutsideState } from "../case/leftBehind.ts";
import { read } from "../google/reading.ts";
import type { StackReading } from "../stack/readStack.ts";
import { programName } from "../stack/states.ts";
import type { StatesReading } from "../stack/states.ts";
import type { GoogleReading } from "./readGoogle.ts";
import { newAt } from "./readings.ts";
import type { TestCaseReading } from "./readings.ts";

/**
 * Nothing is asked where the state has the case, or where one is adopted. Where the config has none, only the cases are looked for that
 * the state alone knows of: an update would delete the record of them.
 */
export async function readTestCase(
  { name, project }: Pick<StackReading, "name" | "project">,
  states: StatesReading,
  { places }: GoogleReading,
  transport: Transport,
): Promise<TestCaseReading | undefined> {
  const api = supportApi(transport);
  if (places.every(({ place }) => place.testCase === undefined)) {
    const [life] = states.cases.lives.filter(({ isWithoutCase }) => isWithoutCase);
    if (life === undefined) return undefined;
    const where = life.place ?? states.cases.parents[0] ?? "";
    const left = await read({ what: "the open cases", ...aboutCases(where) }, async () =>
      (await casesOutsideState(api, name, undefined, states.cases)).filter(({ doubt }) => doubt !== "anotherLife"),
    );
    return { left };
  }
  const at = places.find((one) => newAt(one, states).testCase !== undefined);
  const asked = at?.place.testCase;
  // Where the cases cannot be read, another finding reports why.
  if (at === undefined || asked === undefined || asked.adopt !== undefined || at.cases?.error !== undefined)
    return undefined;
  const { resource } = at.place;
  const about = aboutCases(resource);
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
      return found.filter((one) => one.doubt !== undefined && one.resource === `${programName}/testCase`);
    }),
  ]);
  return { resource, classification, others };
}

function aboutCases(where: string) {
  return { where, service: "cloudsupport.googleapis.com", permission: "cloudsupport.techCases.list" };
}
