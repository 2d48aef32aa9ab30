/**
 * The errors of the test case, for a preview that fails because of a place. The case itself is not registered then, so its own
 * check would report them only in the next preview.
 */
import { checkUpTransport, GoogleError, supportApi } from "../google/index.ts";
import { testCaseDefaults } from "../guide/index.ts";
import { ConfigError } from "../onboarding/index.ts";
import type { TestCaseArgs } from "../onboarding/index.ts";
import { attachmentFile, nextCaseInputs } from "./caseInputs.ts";
import { markedStack } from "./caseLife.ts";
import { nameIn } from "./formerState.ts";
import type { FormerState } from "./formerState.ts";
import { stackSettings } from "./googleSettings.ts";
import type { RunContext } from "./run.ts";
import { sentenceOf } from "./supportCase/diff.ts";
import { ownerOf } from "./supportCase/own.ts";
import { problemOfCase, problemOfClassification } from "./supportCase/check.ts";
import { isSupportCaseType, valueOf } from "./supportCase/properties.ts";
import type { SupportCaseInputs, SupportCaseOutputs } from "./supportCase/properties.ts";

/**
 * @param component The component's name, the prefix of error messages.
 * @param resource The name of the case in the state.
 * @param path The path of the case in the args.
 * @param parent `projects/P` or `organizations/O`.
 */
export async function caseProblems(
  run: RunContext,
  component: string,
  resource: string,
  path: readonly string[],
  parent: string,
  args: TestCaseArgs,
  state: FormerState,
): Promise<string[]> {
  const recorded = Object.entries(state.resources).find(
    ([urn, { type }]) => isSupportCaseType(type) && nameIn(urn) === resource,
  )?.[1].outputs as SupportCaseOutputs | undefined;
  const attachments = (args.attachments ?? []).map((file) => attachmentFile(file));
  // Invalid files are errors of the component.
  const files = attachments.filter((file) => typeof file !== "string");
  const owner = ownerOf(markedStack(run), resource);
  const inputs = nextCaseInputs((recorded ?? {}) as Partial<SupportCaseInputs>, { parent, owner }, args, files);
  try {
    const api = supportApi(checkUpTransport(stackSettings()));
    const { classification = testCaseDefaults.classification } = args;
    const isChecked = args.adopt !== undefined || valueOf(recorded ?? {}, "classification") === classification;
    const [unknown, problem] = await Promise.all([
      isChecked ? undefined : problemOfClassification(classification, parent, api),
      problemOfCase(recorded, inputs, `correct ${[...path, "adopt"].join(".")}`, api),
    ]);
    return [
      ...(unknown === undefined ? [] : [{ path: [...path, "classification"], message: unknown }]),
      ...(problem === undefined ? [] : [{ path, message: sentenceOf(problem) }]),
    ].map((one) => new ConfigError(component, [one]).message);
  } catch (error) {
    // Without an answer, the check of the case reports it.
    if (error instanceof GoogleError) return [];
    throw error;
  }
}
