/** The whole examination: reads the stack, then Google, then runs the checks. */
import { checkUpTransport, GoogleError, readGoogleSettings } from "../../google/index.ts";
import type { Counts } from "../../google/index.ts";
import { isCredentialProblem } from "../google/credentials.ts";
import { readStack } from "../stack/readStack.ts";
import { readStates } from "../stack/states.ts";
import { configFindings, findingsOf } from "./checks/index.ts";
import { credentialsFinding } from "./checks/notRead.ts";
import { machineNode, toolFindings } from "./checks/tools.ts";
import type { Finding } from "./finding.ts";
import { readDeletions } from "./readDeletions.ts";
import { readGoogle } from "./readGoogle.ts";
import { readTestCase } from "./readTestCase.ts";
import type { Caller } from "./readGoogle.ts";

export interface Examination {
  readonly stack: string;
  readonly project: string;
  /** Undefined if Google was not asked. */
  readonly caller: Caller | undefined;
  readonly findings: readonly Finding[];
}

/** @throws UsageError if the stack cannot be read */
export async function examine(
  command: string,
  workDir: string,
  stackName: string | undefined,
  counts: Counts,
): Promise<Examination> {
  const stack = await readStack(command, workDir, stackName);
  const { name, project, checked, errors, workspace, requiredPulumi } = stack;
  const ofTools = toolFindings({ node: machineNode(), pulumi: workspace.pulumiVersion, requiredPulumi });
  const ended = (findings: readonly Finding[]): Examination => ({
    stack: name,
    project,
    caller: undefined,
    findings: [...ofTools, ...findings],
  });
  const { config } = checked;
  if (config === undefined || errors.length > 0) return ended(configFindings(errors, name));
  try {
    const transport = checkUpTransport(readGoogleSettings(stack.config), counts);
    const [states, google] = await Promise.all([readStates(stack), readGoogle(config, transport)]);
    const [testCase, deletions] = await Promise.all([
      readTestCase(stack, states, google, transport),
      readDeletions(states, google, transport),
    ]);
    const findings = [...ofTools, ...findingsOf({ stack, states, config, google, testCase, deletions })];
    return { stack: name, project, caller: google.caller, findings };
  } catch (error) {
    if (!(error instanceof GoogleError) || !isCredentialProblem(error)) throw error;
    return ended([credentialsFinding(error)]);
  }
}

/** The examination as JSON. docs/reference/doctor.md describes its shape. */
export function jsonOf({ stack, project, caller, findings }: Examination) {
  return {
    version: 2,
    stack,
    project,
    caller: caller?.principal ?? null,
    quotaProject: caller?.quotaProject ?? null,
    findings: findings.map(({ id, level, where, what, remedy, acknowledged = null }) => ({
      id,
      level,
      where,
      what,
      remedy,
      acknowledged,
    })),
  };
}
