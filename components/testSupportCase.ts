import * as pulumi from "@pulumi/pulumi";
import { consoleLinks, formerTestCaseDefaults } from "../guide/index.ts";
import { ConfigError, messageOfErrors, modelOf, testCaseOfArgs, withoutUndefined } from "../onboarding/index.ts";
import type { AcknowledgingArgs, Problem, ScopeArgs, TestCaseArgs } from "../onboarding/index.ts";
import { componentTypes } from "./supportCase/componentTypes.ts";
import { rememberAcknowledged } from "./acknowledge.ts";
import { attachmentFile, caseInputs, newCaseInputs } from "./caseInputs.ts";
import { noteOtherCaller } from "./caseCaller.ts";
import { caseLife, markedStack } from "./caseLife.ts";
import { claim } from "./claims.ts";
import { preventLosses } from "./endOfProgram.ts";
import { scopeOf } from "./places.ts";
import type { LocatedPlace } from "./places.ts";
import { requireInProgram, requireNode } from "./programDependency.ts";
import { propagationHooks } from "./propagation.ts";
import { readinessHooks, whenPlaceReady } from "./readiness.ts";
import { withSection } from "../text/index.ts";
import { currentRun } from "./run.ts";
import { SupportCase } from "./dynamicCase.ts";
import type { CreateCaseResource } from "./dynamicCase.ts";
import { fixed, markerOf, ownerOf, version } from "./supportCase/index.ts";
import type { AttachmentFile } from "./supportCase/index.ts";
import { fingerprintOf } from "./supportCase/own.ts";
import { lifeType, supportCaseTypes } from "./supportCase/properties.ts";

export interface TestSupportCaseArgs
  extends Omit<ScopeArgs, "folderId">, Omit<TestCaseArgs, "project" | "organization">, AcknowledgingArgs {}

/**
 * Creates the guide's test case (row G4) once, with the values of the guide's form, and then closes it. With `keepOpen`, the
 * case stays open until the stack is destroyed. It is a test case unless `realCase` is true.
 */
export class TestSupportCase extends pulumi.ComponentResource {
  /** `projects/P/cases/C` or `organizations/O/cases/C`. */
  readonly caseName: pulumi.Output<string>;
  /** The state of the case, such as `CLOSED`. */
  readonly state: pulumi.Output<string>;
  /** A link to the case in the console. */
  readonly consoleLink: pulumi.Output<string>;

  constructor(name: string, args: TestSupportCaseArgs, opts?: pulumi.ComponentResourceOptions) {
    const run = currentRun();
    // CustomerCare has already checked the args of its children.
    const place = modelOf<LocatedPlace>(args);
    const scope = place?.scope ?? scopeOf(run, name, args);
    if (scope.level === "folder")
      throw new pulumi.RunError(
        withSection(
          `${name}: a case belongs to a project or an organization; write projectId or organizationId instead of folderId`,
          "config",
        ),
      );
    const { organizationId: _organizationId, projectId: _projectId, ...asked } = args;
    const checked = place?.testCase ?? testCaseOfArgs(name, asked, run.namedMembersKey);
    if (run.createCaseResource === undefined) requireNode(name);
    if (!run.isMocked && run.createCaseResource === undefined) requireInProgram(name);
    super(componentTypes.testSupportCase, name, {}, opts);
    rememberAcknowledged(run, this, asked.acknowledge);
    preventLosses(run, this);
    noteOtherCaller(run, name, this);
    const ready = whenPlaceReady(run, name, this, args, { testCase: checked }, opts);
    const attachments = attachmentFiles(name, ["attachments"], checked.attachments ?? []);
    const fingerprint = checked.adopt === undefined ? fingerprintOf(newCaseInputs(checked)) : undefined;
    const life = caseLife(
      run,
      name,
      { place: scope.resourceName, fixedFields: fixedFieldsOf(checked), fingerprint },
      // The case waits for its life.
      { parent: this, ...(ready && { dependsOn: ready }) },
    );
    const stack = markedStack(run);
    const inputs = {
      version,
      parent: scope.resourceName,
      marker: life.id.apply((id) => markerOf(stack, name, id)),
      owner: ownerOf(stack, name),
      isFirstAttempt: life.isNew,
    };
    const formerLives = life.withoutCase.apply((lives) =>
      lives.length === 0
        ? undefined
        : lives.map(({ id, place, ...one }) => ({ marker: markerOf(stack, name, id), parent: place, ...one })),
    );
    const claimant = { name, parent: this };
    if (checked.adopt === undefined)
      claim(
        run,
        claimant,
        "markedCase",
        pulumi.interpolate`a case of ${scope.resourceName} that is marked as ${name}'s`,
        scope.resourceName,
      );
    else claim(run, claimant, "adoptedCase", pulumi.output(`the case ${checked.adopt}`), pulumi.output(checked.adopt));
    const caseType = run.createCaseResource === undefined ? supportCaseTypes.dynamic : supportCaseTypes.packaged;
    const supportCase = (run.createCaseResource ?? createDynamicCase)(
      name,
      {
        ...inputs,
        formerLives,
        urns: pulumi.all([caseType, lifeType].map((type) => pulumi.createUrn(name, type, this))),
        ...caseInputs(checked, attachments),
      },
      {
        parent: this,
        hooks: { ...propagationHooks(run, name, {}), ...readinessHooks(run, name, this) },
      },
    );
    this.caseName = supportCase.name;
    this.state = supportCase.state;
    if (run.isMocked) {
      // Mocks usually return the inputs only.
      const name = pulumi.all([supportCase.name as pulumi.Output<string | undefined>, scope.resourceName]);
      this.caseName = name.apply(([caseName, where]) => caseName ?? `${where}/cases/mocked`);
      const state = supportCase.state as pulumi.Output<string | undefined>;
      this.state = state.apply((value) => value ?? (checked.keepOpen === true ? "NEW" : "CLOSED"));
    }
    this.consoleLink = scope.resourceName.apply((resourceName) => consoleLinks.cases(resourceName));
    this.registerOutputs({ caseName: this.caseName, state: this.state, consoleLink: this.consoleLink });
  }
}

const createDynamicCase: CreateCaseResource = (name, inputs, opts) => new SupportCase(name, inputs, opts);

/**
 * Reads the files to attach.
 *
 * @param name The component's name.
 * @param key The path of the list in the args.
 * @param paths Relative to the program's directory.
 * @throws RunError with each file that cannot be attached
 */
function attachmentFiles(name: string, key: readonly string[], paths: readonly string[]): AttachmentFile[] {
  const problems: Problem[] = [];
  const files = paths.flatMap((path, index) => {
    const file = attachmentFile(path);
    if (typeof file !== "string") return [file];
    problems.push({ path: [...key, index], message: `${JSON.stringify(path)} ${file}` });
    return [];
  });
  if (problems.length > 0) throw new pulumi.RunError(messageOfErrors([new ConfigError(name, problems)]));
  return files;
}

const firstReleaseDefaults: Readonly<Record<string, unknown>> = formerTestCaseDefaults["0.1.0"];

/**
 * The values that require a new case, without those that are omitted or equal to the defaults of 0.1.0. So writing a default
 * explicitly, or a new default in a later release, begins no new life.
 */
function fixedFieldsOf(args: TestCaseArgs): string {
  const fields: Record<string, unknown> = { ...withoutUndefined(args), testCase: args.realCase ? false : undefined };
  const different = fixed.filter(
    (key) => key !== "parent" && fields[key] !== undefined && fields[key] !== firstReleaseDefaults[key],
  );
  return JSON.stringify(different.map((key) => [key, fields[key]]));
}
