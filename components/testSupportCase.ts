import { basename } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { consoleLinks, testCaseDefaults } from "../guide/index.ts";
import { ConfigError, known, modelOf, readAttachment, testCaseOfArgs } from "../onboarding/index.ts";
import type { Problem, ScopeArgs, TestCaseArgs } from "../onboarding/index.ts";
import { caseLife, markedStack } from "./caseLife.ts";
import { claim } from "./claims.ts";
import { refuseLosses } from "./names.ts";
import { scopeOf } from "./places.ts";
import type { LocatedPlace } from "./places.ts";
import { waitForPropagation } from "./propagation.ts";
import { refuseWhereNotReady, whenPlaceReady } from "./readiness.ts";
import { currentRun } from "./run.ts";
import { SupportCase } from "./dynamicCase.ts";
import type { MakeCase } from "./dynamicCase.ts";
import { fixed, markerOf, ownerOf, sha256, version } from "./supportCase/index.ts";
import type { AttachmentFile, DefaultedField } from "./supportCase/index.ts";
import { madeOf } from "./supportCase/own.ts";
import { lifeType, supportCaseTypes } from "./supportCase/properties.ts";

export interface TestSupportCaseArgs
  extends Omit<ScopeArgs, "folderId">, Omit<TestCaseArgs, "project" | "organization"> {}

/**
 * The guide's test case (row G4): made once with exactly the form's words, then closed, or kept open until it is
 * destroyed. A test case unless `realCase` is true.
 */
export class TestSupportCase extends pulumi.ComponentResource {
  /** `projects/P/cases/C` or `organizations/O/cases/C`. */
  readonly caseName: pulumi.Output<string>;
  /** Such as `CLOSED`. */
  readonly state: pulumi.Output<string>;
  /** Where the console shows it. */
  readonly consoleLink: pulumi.Output<string>;

  constructor(name: string, args: TestSupportCaseArgs, opts?: pulumi.ComponentResourceOptions) {
    const run = currentRun();
    // Below a CustomerCare, all was checked.
    const place = modelOf<LocatedPlace>(args);
    const scope = place?.scope ?? scopeOf(name, args);
    if (scope.level === "folder")
      throw new pulumi.RunError(
        `${name}: a case is for a project or an organization; write projectId or organizationId in place of folderId`,
      );
    const { organizationId: _organizationId, projectId: _projectId, ...asked } = args;
    const checked = place?.testCase ?? testCaseOfArgs(name, asked, run.namedMembersKey);
    super("customer-care:index:TestSupportCase", name, {}, opts);
    refuseLosses(run);
    const ready = whenPlaceReady(run, name, this, args, { testCase: checked }, opts);
    const attachments = attachmentFiles(name, ["attachments"], checked.attachments ?? []);
    const made = checked.adopt === undefined ? form(checked) : undefined;
    const life = caseLife(
      run,
      name,
      { place: scope.resourceName, fixed: whatIsFixed(checked), made: made && madeOf(made) },
      // The case waits for its life.
      { parent: this, ...(ready && { dependsOn: ready }) },
    );
    const stack = markedStack();
    const { comments, escalation } = checked;
    const inputs = {
      version,
      parent: scope.resourceName,
      marker: life.id.apply((id) => markerOf(stack, name, id)),
      owner: ownerOf(stack, name),
      isFirstAttempt: life.isNew,
      keepOpen: checked.keepOpen ?? false,
      comments,
      attachments,
      escalation,
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
      );
    else claim(run, claimant, "adoptedCase", pulumi.output(`the case ${checked.adopt}`));
    const caseType = run.makeCase === undefined ? supportCaseTypes.dynamic : supportCaseTypes.packaged;
    const supportCase = (run.makeCase ?? makeDynamicCase)(
      name,
      {
        ...inputs,
        formerLives,
        urns: pulumi.all([caseType, lifeType].map((type) => pulumi.createUrn(name, type, this))),
        ...(checked.adopt === undefined ? form(checked) : adopted(checked, checked.adopt)),
      },
      { parent: this, hooks: { ...waitForPropagation(run, name), ...refuseWhereNotReady(run, name) } },
    );
    this.caseName = supportCase.name;
    this.state = supportCase.state;
    this.consoleLink = scope.resourceName.apply((resourceName) => consoleLinks.cases(resourceName));
    this.registerOutputs({ caseName: this.caseName, state: this.state, consoleLink: this.consoleLink });
  }
}

const makeDynamicCase: MakeCase = (name, inputs, opts) => new SupportCase(name, inputs, opts);

/**
 * The files to attach, by their content.
 *
 * @param name The component's.
 * @param key Where the paths stand in its args.
 * @param paths Relative to the program's directory.
 * @throws with each file that cannot be attached
 */
function attachmentFiles(name: string, key: readonly string[], paths: readonly string[]): AttachmentFile[] {
  const problems: Problem[] = [];
  const files = paths.flatMap((path, index) => {
    const content = readAttachment(path);
    if (typeof content !== "string") return [{ path, filename: basename(path), sha256: sha256(content) }];
    problems.push({ path: [...key, index], message: `${JSON.stringify(path)} ${content}` });
    return [];
  });
  if (problems.length > 0) throw new pulumi.RunError(new ConfigError(name, problems).message);
  return files;
}

/** The guide's form, in the guide's words where the config has none. */
function form(args: TestCaseArgs) {
  const fields = { ...testCaseDefaults, ...known(args) };
  return {
    classification: fields.classification,
    displayName: fields.displayName,
    description: fields.description,
    errorMessage: fields.errorMessage,
    businessImpact: fields.businessImpact,
    vmInstances: fields.vmInstances,
    thirdPartyAuthorization: fields.thirdPartyAuthorization,
    channel: fields.channel,
    language: fields.language,
    priority: fields.priority,
    timeZone: args.timeZone,
    subscriberEmailAddresses: [...(args.subscriberEmailAddresses ?? [])].sort(),
    testCase: !(args.realCase ?? false),
    leftOut: (Object.keys(testCaseDefaults) as DefaultedField[]).filter((field) => args[field] === undefined),
    ignoreCases: args.ignoreCases,
  };
}

/** A case that is there already, and what is to be otherwise with it. */
function adopted(args: TestCaseArgs, adopt: string) {
  const { displayName, priority, subscriberEmailAddresses, closeOnDestroy } = args;
  return {
    adopt,
    closeOnDestroy: closeOnDestroy ?? false,
    displayName,
    priority,
    subscriberEmailAddresses: subscriberEmailAddresses && [...subscriberEmailAddresses].sort(),
  };
}

/** The guide's words in 0.1.0. States have a trigger that was made with them: they stay, whatever the words of today are. */
const firstDefaults: Readonly<Record<string, unknown>> = {
  classification: "Technical Issue > Compute > Compute Engine",
  description: "Test issue",
  errorMessage: "Test message",
  channel: "email",
  language: "en",
  businessImpact: "Other",
  vmInstances: "none",
  thirdPartyAuthorization: true,
};

/**
 * What only another case can have, as far as it is written and differs from the guide's first words: a default that is
 * written out, or another one of a later release, begins no new life.
 */
function whatIsFixed(args: TestCaseArgs): string {
  const fields: Record<string, unknown> = { ...known(args), testCase: args.realCase ? false : undefined };
  const different = fixed.filter(
    (key) => key !== "parent" && fields[key] !== undefined && fields[key] !== firstDefaults[key],
  );
  return JSON.stringify(different.map((key) => [key, fields[key]]));
}
