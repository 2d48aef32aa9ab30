/**
 * The output of `--json` for each command: the source of docs/reference/care.schema.json. Tests validate the output of the commands.
 * New versions can add keys, which a program must ignore. A key or a value that is removed or changes its meaning changes `version`.
 */
import { z } from "zod";
import { findingIds } from "../onboarding/index.ts";
import { statuses } from "./adopt/outcome.ts";
import type { AttachmentRecord, CommentRecord, Sent } from "./case/record.ts";
import { groupNames } from "./diff/change.ts";
import { changeKindNames } from "./diff/kinds.ts";
import type { DiffJson } from "./diff/json.ts";
import { findingLevels } from "./doctor/finding.ts";
import type { jsonOf as doctorJson } from "./doctor/examine.ts";
import { operations } from "./fleet/stackOperation.ts";
import type { FleetJson } from "./fleet/summary.ts";
import type { Report } from "./report/report.ts";

const text = z.string();
const texts = z.array(text).readonly();
const orNull = text.nullable();
const count = z.int().min(0);
const versionOf = <Number extends number>(number: Number) =>
  z.literal(number).describe("Changes if a key or a value is removed or changes its meaning.");
const version = versionOf(1);

const finding = z.looseObject({
  id: z.enum(Object.keys(findingIds) as [keyof typeof findingIds]),
  level: z.enum(findingLevels),
  where: text.describe("`organizations/NUMBER`, `folders/NUMBER`, `projects/ID`, a stack, or a key of the config."),
  what: text,
  remedy: text.describe("A command, a link into the console, or a sentence."),
  acknowledged: orNull.describe("The reason in the config, if it acknowledges the finding."),
});

const doctor = z.looseObject({
  version: versionOf(2),
  stack: text,
  project: text,
  caller: orNull,
  quotaProject: orNull,
  findings: z.array(finding),
}) satisfies z.ZodType<ReturnType<typeof doctorJson>>;

const adopt = z.looseObject({
  version,
  stack: text,
  project: text,
  resources: z.array(
    z.looseObject({
      status: z.enum(Object.keys(statuses) as [keyof typeof statuses]),
      where: text,
      what: text,
      type: text,
      name: text,
      id: orNull,
      differences: z.array(z.enum(["categories", "order", "language", "label"])).readonly(),
      remark: orNull,
      remedy: orNull,
    }),
  ),
  deletions: z.array(
    z.looseObject({ where: text, what: text, type: text, name: text, urn: text, remark: text, remedy: orNull }),
  ),
  left: z
    .array(
      z.discriminatedUnion("kind", [
        z.looseObject({
          kind: z.literal("grant"),
          where: text,
          role: text,
          member: text,
          condition: text.exactOptional(),
        }),
        z.looseObject({ kind: z.literal("contact"), where: text, email: text, name: text }),
        z.looseObject({ kind: z.literal("alerts"), where: text, name: text, displayName: text }),
        z.looseObject({ kind: z.literal("channel"), where: text, name: text, displayName: text, email: text }),
      ]),
    )
    .readonly(),
  notRead: z.array(z.looseObject({ what: text, where: text, permission: orNull, error: text })),
  cases: z.array(z.looseObject({ name: text, displayName: text, madeBy: orNull, remark: text, commands: texts })),
  commands: texts,
});

const diff = z.looseObject({
  version,
  kinds: z.partialRecord(z.enum(changeKindNames as [(typeof changeKindNames)[number]]), count),
  stacks: z
    .array(
      z.looseObject({
        stack: text,
        project: orNull,
        failed: z.boolean(),
        errors: texts,
        warnings: texts,
        resources: z.record(text, count),
        changes: z
          .array(
            z.looseObject({
              group: z.enum(groupNames as [(typeof groupNames)[number]]),
              operation: text,
              kinds: z.array(z.enum(changeKindNames as [(typeof changeKindNames)[number]])).readonly(),
              place: orNull,
              text,
              links: texts,
              urns: texts,
            }),
          )
          .readonly(),
      }),
    )
    .readonly(),
}) satisfies z.ZodType<DiffJson>;

const caseState = z.enum([
  "STATE_UNSPECIFIED",
  "NEW",
  "IN_PROGRESS_GOOGLE_SUPPORT",
  "ACTION_REQUIRED",
  "SOLUTION_PROVIDED",
  "CLOSED",
]);
const stackCase = {
  resource: text,
  name: text.describe("`projects/P/cases/C` or `organizations/O/cases/C`."),
  leftBehind: z.boolean(),
};

const oneCase = z.looseObject({
  ...stackCase,
  doubt: z.enum(["anotherLife", "otherWords"]).nullable(),
  displayName: text,
  state: caseState,
  priority: text,
  escalated: z.boolean(),
  testCase: z.boolean(),
  classification: text,
  languageCode: text,
  subscriberEmailAddresses: texts,
  createTime: text,
  updateTime: text,
  consoleLink: text,
});
const goneCase = z.looseObject({ ...stackCase, state: z.null() });

const creator = z.looseObject({ displayName: text, username: text, googleSupport: z.boolean() });
const comment = z.looseObject({
  name: text,
  createTime: text,
  creator,
  body: text,
}) satisfies z.ZodType<CommentRecord>;
const attachment = z.looseObject({
  name: text,
  createTime: text,
  creator,
  filename: text,
  mimeType: text,
  sizeBytes: count,
}) satisfies z.ZodType<AttachmentRecord>;
const sent = z.boolean().describe("False if nothing was sent, because the case has it already.");
const sentComment = comment.extend({ sent }) satisfies z.ZodType<Sent<CommentRecord>>;
const sentAttachment = attachment.extend({ sent }) satisfies z.ZodType<Sent<AttachmentRecord>>;
const wholeCase = oneCase.extend({
  description: text,
  comments: z.array(comment),
  attachments: z.array(attachment),
});

const comments = z.looseObject({
  version,
  comments: z.array(
    z.looseObject({ stack: text, project: orNull, done: z.enum(["created", "edited", "unchanged"]), url: text }),
  ),
  summary: z.boolean().describe("Whether the text is in the job's summary, since the token may not comment."),
});

const fleetRun = z.looseObject({
  version,
  operation: z.enum(operations),
  seconds: z.number(),
  stacks: z
    .array(
      z.looseObject({
        stack: text,
        status: z.enum(["done", "failed", "left out"]),
        changes: z.record(text, count),
        errors: texts,
        warnings: texts,
        notes: texts,
        log: text,
      }),
    )
    .readonly(),
}) satisfies z.ZodType<FleetJson>;

const fleetPlan = z.looseObject({
  version,
  project: text,
  stacks: texts,
  looksUpProjects: z.boolean(),
  repository: orNull,
  branch: text,
  directory: text,
  organization: orNull,
});

const things = z.array(z.looseObject({}));

/** The page of the report describes its parts. */
const report = z.looseObject({
  version: versionOf(2),
  language: text,
  stack: text,
  project: text,
  madeAt: text,
  plan: z.looseObject({ name: text }),
  counts: z.record(text, count),
  findings: things,
  rows: things,
  places: things,
  cases: things,
  incidentRecipients: z.looseObject({ people: things, nobody: texts }),
  incidents: things.nullable(),
  recommendations: things.nullable(),
  insights: things.nullable(),
  notChecked: z.record(text, texts),
  links: things,
} satisfies Readonly<Record<keyof Report, z.ZodType>>);

/** By the command's words. */
const outputs = {
  adopt,
  "case attach": z.array(sentAttachment),
  "case close": oneCase.extend({ sent: z.boolean().describe("False if the case was closed already.") }),
  "case comment": sentComment,
  "case escalate": oneCase,
  "case list": z.looseObject({ stack: text, cases: z.array(z.union([oneCase, goneCase])) }),
  "case show": wholeCase,
  comment: comments,
  diff,
  doctor,
  "fleet destroy": fleetRun,
  "fleet plan": fleetPlan,
  "fleet preview": diff,
  "fleet up": fleetRun,
  report,
} as const;

/** The JSON Schema of all outputs, each under the words of its command. */
export function outputsSchema(): object {
  const definitions = Object.entries(outputs).map(([command, schema]) => {
    const { $schema: _, ...definition } = z.toJSONSchema(schema);
    return [command.replace(" ", "-"), { title: `care ${command} --json`, ...definition }] as const;
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "What care writes with --json",
    description: "A definition for each command, such as #/$defs/case-list. New versions can add keys.",
    $defs: Object.fromEntries(definitions),
  };
}
