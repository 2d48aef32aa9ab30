/** The inputs of the case that come from the args alone: its place, life and marker come from the run. */
import { basename } from "node:path";
import { testCaseDefaults } from "../guide/index.ts";
import { readAttachment, withoutUndefined } from "../onboarding/index.ts";
import type { TestCaseArgs } from "../onboarding/index.ts";
import { keepOmittedFields } from "./supportCase/check.ts";
import { sha256 } from "./supportCase/properties.ts";
import type { AttachmentFile, DefaultedField, SupportCaseInputs } from "./supportCase/properties.ts";

export function caseInputs(args: TestCaseArgs, attachments: readonly AttachmentFile[]) {
  const { keepOpen = false, comments, escalation, adopt } = args;
  const form = adopt === undefined ? newCaseInputs(args) : adoptedCaseInputs(args, adopt);
  return { keepOpen, comments, attachments, escalation, ...form };
}

/**
 * The inputs of the next update, unless it begins a new life. An adopted case does not stay adopted if the args do not adopt it.
 *
 * @param recorded What the state has of the case; empty for a new case.
 */
export function nextCaseInputs(
  recorded: Partial<SupportCaseInputs>,
  { parent, owner }: Pick<SupportCaseInputs, "parent" | "owner">,
  args: TestCaseArgs,
  attachments: readonly AttachmentFile[],
): SupportCaseInputs {
  const { adopt: _, ...kept } = recorded;
  const news = { ...kept, parent, owner, ...caseInputs(args, attachments) } as unknown as SupportCaseInputs;
  return keepOmittedFields(recorded, news);
}

/**
 * A file to attach, or the error for it.
 *
 * @param folder The program's folder. @default the current one
 */
export function attachmentFile(path: string, folder?: string): AttachmentFile | string {
  const content = readAttachment(path, folder);
  return typeof content === "string" ? content : { path, filename: basename(path), sha256: sha256(content) };
}

/** The values of the guide's form, with defaults for omitted fields. */
export function newCaseInputs(args: TestCaseArgs) {
  const fields = { ...testCaseDefaults, ...withoutUndefined(args) };
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

/** The inputs of an adopted case. */
function adoptedCaseInputs(args: TestCaseArgs, adopt: string) {
  const { displayName, priority, subscriberEmailAddresses, closeOnDestroy } = args;
  return {
    adopt,
    closeOnDestroy: closeOnDestroy ?? false,
    displayName,
    priority,
    subscriberEmailAddresses: subscriberEmailAddresses && [...subscriberEmailAddresses].sort(),
  };
}
