/** The guards of a case's update: differences, additions and refusals. */
import { guardsOf } from "../mutation.ts";
import type { Mutation } from "../mutation.ts";

const check = guardsOf("components/supportCase/check.ts");
const complete = guardsOf("components/supportCase/complete.ts");
const diff = guardsOf("components/supportCase/diff.ts");
const properties = guardsOf("components/supportCase/properties.ts");
const provider = guardsOf("components/supportCase/provider.ts");

export const updateGuards: readonly Mutation[] = [
  // create: look, create, settle
  complete("surplus cases are closed", "for (const other of surplus)", "for (const other of surplus.slice(0, 0))"),
  // the cases of former lives
  check(
    "the preview reports what a former life has left",
    "if (!Array.isArray(inputs.formerLives)) return [];",
    "if (Array.isArray(inputs.formerLives)) return [];",
  ),
  // left out
  check("an omitted field keeps its value in the state", "kept[field] = value;\n      if", "if"),
  check(
    "a removed field gets the guide's words again",
    "else if (!isFixed && wereLeftOut !== undefined) takenOut.push(field);",
    "",
  ),
  diff("an omitted field is no difference", 'return has("leftOut") &&', 'return has("leftOut") && has("takenOut") &&'),
  diff(
    "a field removed from a closed case's config is no difference",
    ' && valueOf(current, "state") !== "CLOSED"',
    "",
  ),
  // closed
  diff(
    "a closed case is refused a change in the preview",
    "if (needed.length === 0) return undefined;",
    "if (needed.length > 0) return undefined;",
  ),
  diff("an open case is refused nothing", 'if (found.state !== "CLOSED") return undefined;', ""),
  diff(
    "a completed change is not refused",
    "needed = changesThatNeedOpenCase(news, await withUnrecordedChanges(olds, news, found, api));",
    "await withUnrecordedChanges(olds, news, found, api);",
  ),
  provider("a refresh is refused nothing", "configOfChecked(news) : undefined", "{ config: undefined } : undefined"),
  complete("a change that is refused leaves nothing behind", "throw isRefused ?", "throw isRefused && name === '' ?"),
  // complete
  complete(
    "a change of a closed case is reported",
    "      assertOpen();\n      return changeFields",
    "      return changeFields",
  ),
  complete(
    "a comment on a closed case is reported",
    "        assertOpen();\n        await confirmWrite(dependencies, () => api.createComment",
    "        await confirmWrite(dependencies, () => api.createComment",
  ),
  complete(
    "an attachment to a closed case is reported",
    "        assertOpen();\n        await uploadFile",
    "        await uploadFile",
  ),
  complete(
    "an escalation of a closed case is reported",
    "        assertOpen();\n        const { reason",
    "        const { reason",
  ),
  complete("a found case gets the configured fields", "if (fields.length > 0)", "if (fields.length > 99)"),
  complete(
    "fields are looked for after an ambiguous reply",
    "return fields.every((key) => isEqual(valueOf(now, key), valueOf(changes, key))) ? now : undefined;",
    "return now;",
  ),
  complete("comments are looked for before they are made", "existing = await findComment();", "existing = undefined;"),
  complete(
    "a comment is settled",
    "api.createComment(name, comment), findComment);",
    "api.createComment(name, comment), async () => undefined);",
  ),
  complete("an added comment is known", "return { comments: [...(outputs.comments ?? []), comment] };", "return {};"),
  complete(
    "files are looked for before they are uploaded",
    "if ((await findAttachment(name, file, api)) === undefined) {",
    "{",
  ),
  complete("an upload is settled", "() => findAttachment(name, file, dependencies.api),", "async () => undefined,"),
  complete(
    "a file that is uploaded is known",
    "return { attachments: [...(outputs.attachments ?? []), { filename, sha256 }] };",
    "return {};",
  ),
  diff("an attachment is known by its name", "attachment.filename === file.filename && ", ""),
  diff(
    "an attachment is known by its content",
    " && sha256(await api.downloadAttachment(attachment)) === file.sha256",
    "",
  ),
  complete(
    "a file that has changed since the preview is not uploaded",
    "if (sha256(bytes) !== file.sha256) throw",
    "if (bytes.length < 0) throw",
  ),
  complete(
    "an escalated case is not escalated again",
    "if (found.escalated !== true && (await escalated()) === undefined) {",
    "{",
  ),
  complete("an escalation is settled", "return now.escalated === true ? now : undefined;", "return undefined;"),
  complete("an escalation is known", "return { escalated: true };", "return {};"),
  complete("a case is closed once it has all", "if (mustBeClosed(inputs, outputs))", "if (outputs.name === '')"),
  complete("the state records that it is closed", "return { state };", "return {};"),
  complete(
    "the created case is returned where a later step fails",
    "partialFailure(outputs, dependencies.provider, reason);",
    "new Error(reason);",
  ),
  complete(
    "completed steps are returned where a later step fails",
    "outputs = { ...outputs, ...(await run()) };",
    "const more = await run(); queueMicrotask(() => undefined); outputs = { ...outputs, ...more, comments: [], attachments: [], escalated: false };",
  ),
  complete("the comments that are done stay known", "comments: done.comments ?? [],", "comments: [],"),
  complete("the files that are done stay known", "attachments: done.attachments ?? [],", "attachments: [],"),
  complete("the escalation that is done stays known", "escalated: done.escalated ?? false,", "escalated: false,"),
  // additions
  diff(
    "a comment that is done is not due",
    "return comments.filter((comment) => !done.comments?.some((added) => isSameText(added, comment)));",
    "return [...comments];",
  ),
  diff(
    "a file that is done is not due",
    "return attachments.filter((file) => !done.attachments?.some((uploaded) => isSameContent(uploaded, file)));",
    "return [...attachments];",
  ),
  diff("an escalation that is done is not due", "escalation !== undefined && !escalated", "escalation !== undefined"),
  diff("blanks of a comment do not count", 'text.trim().replace(/\\s+/g, " ")', "text"),
  diff("another content is another file", " && one.sha256 === other.sha256", ""),
  diff("another name is another file", "one.filename === other.filename && ", ""),
  // difference
  diff("a state of an older version is updated", "olds.version !== version ||", ""),
  diff("keepOpen is a difference", '["adopt", "keepOpen"]', '["adopt"]'),
  diff("adopt is a difference", '["adopt", "keepOpen"]', '["keepOpen"]'),
  diff("closeOnDestroy is a difference", "isClosedOnDestroy(olds) !== isClosedOnDestroy(news) ||", ""),
  diff("a case that is still to be closed is a difference", "mustBeClosed(news, olds) ||", ""),
  diff("fields that are still to be changed are a difference", "fieldsToChange(olds, news).length > 0 ||", ""),
  diff("comments that are still to be made are a difference", "pendingComments(news, olds).length > 0 ||", ""),
  diff("files that are still to be uploaded are a difference", "pendingAttachments(news, olds).length > 0 ||", ""),
  diff(
    "an escalation that is not yet requested is a difference",
    "pendingAttachments(news, olds).length > 0 ||\n    isEscalationDue(news, olds);",
    "pendingAttachments(news, olds).length > 0;",
  ),
  diff(
    "the old case is closed before the new one is created",
    "return { changes, replaces, deleteBeforeReplace: true };",
    "return { changes, replaces, deleteBeforeReplace: false as true };",
  ),
  diff(
    "a closed case that is to stay open is replaced",
    'if (news.keepOpen && !olds.keepOpen && olds.state === "CLOSED") replaces.push("keepOpen");',
    "",
  ),
  diff(
    "a case that was kept open and closed by somebody is not replaced",
    'if (news.keepOpen && !olds.keepOpen && olds.state === "CLOSED")',
    'if (news.keepOpen && olds.state === "CLOSED")',
  ),
  diff(
    "the resource's own case may be adopted",
    '[olds.name, olds.adopt].includes(news.adopt) ? [] : ["adopt"]',
    '["adopt"]',
  ),
  diff("another case to adopt is a replacement", '[olds.name, olds.adopt].includes(news.adopt) ? [] : ["adopt"]', "[]"),
  diff("an adopted case is not closed by an update", "!isAdopted(inputs) && !inputs.keepOpen", "!inputs.keepOpen"),
  diff(
    "an adopted case keeps the fields that are not configured",
    "isAdopted(asked) ? wanted === undefined : isLeftOut(key, asked, current)",
    "isLeftOut(key, asked, current)",
  ),
  // life cycle
  properties(
    "the unconfigured fields of an adopted case are not read",
    "if (isAdopted(properties) && valueOf(properties, key) === undefined) continue;",
    "",
  ),
  complete(
    "an update of a case that is gone is an error",
    "throw new Error(sentenceOf(notFoundProblem(name)));",
    "return olds;",
  ),
  complete(
    "an update closes what was left behind",
    "isAdopted(news) ? [] : await findLeftovers(name, news, api)",
    "[]",
  ),
  // the engine
  check(
    "the first attempt is remembered",
    "keepOmittedFields(olds, keepFirstAttempt(olds, news))",
    "keepOmittedFields(olds, news)",
  ),
  provider("an error has no stack trace", 'error.stack = "";', ""),
];
