/** Reads from Google what the preview reads for the test case. */
import {
  attachmentFile,
  nextCaseInputs,
  ownerOf,
  problemOfCase,
  problemOfClassification,
} from "../../components/internal.ts";
import type { MadeCaseInputs, SupportCaseInputs } from "../../components/internal.ts";
import { supportApi } from "../../google/index.ts";
import type { Transport } from "../../google/index.ts";
import { readRequests, testCaseDefaults } from "../../guide/index.ts";
import type { TestCaseArgs } from "../../onboarding/index.ts";
import { casesOutsideState } from "../case/leftBehind.ts";
import { read } from "../google/reading.ts";
import type { StackReading } from "../stack/readStack.ts";
import { programName } from "../stack/states.ts";
import type { StatesReading } from "../stack/states.ts";
import type { GoogleReading } from "./readGoogle.ts";
import { newAt } from "./readings.ts";
import type { TestCaseReading } from "./readings.ts";

type Stack = Pick<StackReading, "name" | "project" | "workDir">;

/**
 * For a case in the state, checks what a closed case would refuse, and looks for others that a concurrent update created. If
 * the config has no test case, only reads the cases that the state has a record of, which an update would delete.
 */
export async function readTestCase(
  stack: Stack,
  states: StatesReading,
  { places }: GoogleReading,
  transport: Transport,
): Promise<TestCaseReading | undefined> {
  const { name, project } = stack;
  const api = supportApi(transport);
  const at = places.find(({ place }) => place.testCase !== undefined);
  const asked = at?.place.testCase;
  if (at === undefined || asked === undefined) {
    const [life] = states.cases.lives.filter(({ isWithoutCase }) => isWithoutCase);
    if (life === undefined) return undefined;
    const where = life.place ?? states.cases.parents[0] ?? "";
    const left = await read({ what: "the open cases", ...aboutCases(where) }, async () =>
      (await casesOutsideState(api, name, undefined, states.cases)).filter(({ doubt }) => doubt !== "anotherLife"),
    );
    return { left };
  }
  // If the cases cannot be read, another finding reports why.
  if (at.cases?.error !== undefined) return undefined;
  const { resource } = at.place;
  const about = aboutCases(resource);
  const news = inputsOf(stack, states, resource, asked);
  if (news === undefined) return undefined;
  const problem = await read({ what: "the test case", ...about }, () =>
    problemOfCase(states.testCase?.outputs, news, `correct ${project}:testCase.adopt`, api),
  );
  if (asked.adopt !== undefined) return { resource, problem };
  const isNew = newAt(at, states).testCase !== undefined;
  const [classification, others] = await Promise.all([
    isNew
      ? read({ what: "the classifications", ...about }, () =>
          problemOfClassification(asked.classification ?? testCaseDefaults.classification, resource, api),
        )
      : undefined,
    read({ what: "the open cases", ...about }, async () => {
      const configured = { project, parents: [resource], ignored: asked.ignoreCases ?? [] };
      const known = isNew ? casesForNew(states, resource, news) : states.cases;
      const found = await casesOutsideState(api, name, configured, known);
      return found.filter((one) => one.doubt !== undefined && one.resource === `${programName}/testCase`);
    }),
  ]);
  return { resource, problem, ...(classification && { classification }), others, isNew };
}

/**
 * A case that will be created at another place than the one in the state gets a new life, so the life in the state is not its own. Its
 * text is that of the config.
 */
function casesForNew({ cases }: StatesReading, resource: string, news: SupportCaseInputs): StatesReading["cases"] {
  const form = { ...(news as MadeCaseInputs), marker: `${news.owner ?? ""}, new` };
  return {
    ...cases,
    forms: [...cases.forms.filter(({ parent }) => parent === resource), form],
    lives: cases.lives.filter(({ isWithoutCase, place }) => isWithoutCase || place === resource),
  };
}

/** The inputs of the case, but for its life. Undefined if a file cannot be attached, which the config's check reports. */
function inputsOf(
  { name, project, workDir }: Stack,
  { testCase: recorded, cases }: StatesReading,
  parent: string,
  asked: TestCaseArgs,
): SupportCaseInputs | undefined {
  const attachments = attachmentsIn(asked, workDir);
  if (attachments === undefined) return undefined;
  const organization = cases.stacks[0]?.split("/")[0] ?? "organization";
  const owner = ownerOf(`${organization}/${project}/${name.split("/").at(-1) ?? name}`, `${programName}/testCase`);
  return nextCaseInputs(recorded?.inputs ?? {}, { parent, owner }, asked, attachments);
}

/** Undefined if a file cannot be attached, which the config's check reports. */
function attachmentsIn({ attachments = [] }: TestCaseArgs, folder: string) {
  const files = attachments.map((path) => attachmentFile(path, folder));
  return files.every((file) => typeof file !== "string") ? files : undefined;
}

function aboutCases(where: string) {
  return { where, ...readRequests.cases };
}
