/** The guards of the test case's life, each with a change that takes it out. */
import type { Mutation } from "./mutation.ts";

const of =
  (file: string) =>
  (guard: string, text: string, instead: string): Mutation => ({ guard, file, text, instead });

const adopt = of("components/supportCase/adopt.ts");
const check = of("components/supportCase/check.ts");
const close = of("components/supportCase/close.ts");
const complete = of("components/supportCase/complete.ts");
const create = of("components/supportCase/create.ts");
const diff = of("components/supportCase/diff.ts");
const find = of("components/supportCase/find.ts");
const own = of("components/supportCase/own.ts");
const properties = of("components/supportCase/properties.ts");
const provider = of("components/supportCase/provider.ts");
const read = of("components/supportCase/read.ts");
const write = of("components/supportCase/write.ts");
const transport = of("google/transport.ts");
const support = of("google/support.ts");
const pages = of("google/pages.ts");
const retries = of("google/retries.ts");
const error = of("google/error.ts");

export const mutations: readonly Mutation[] = [
  // create: look, create, settle
  create(
    "one looks before one creates",
    'chooseCase(await findOwnCases(inputs, api, "none", seen), inputs)',
    "chooseCase([], inputs)",
  ),
  create(
    "one looks as long as the search lags where a former update may have made it",
    "inputs.isFirstAttempt === true",
    "true",
  ),
  create(
    "one looks after an ambiguous reply, before one creates again",
    'const found = await findLateCase(inputs, dependencies, "it is not known whether Google has created the case");',
    "const found = undefined as Case | undefined;",
  ),
  create(
    "an ambiguous reply to the creation is settled",
    "if (!isAmbiguous(error)) throw error;\n      const found",
    "throw error;\n      const found",
  ),
  create(
    "a refusal of the creation is no reason to look or to send again",
    "if (!isAmbiguous(error)) throw error;\n      const found",
    "const found",
  ),
  create("the creation is sent again where no case was found", "const maxAttempts = 2;", "const maxAttempts = 1;"),
  create("the creation is sent twice at most", "const maxAttempts = 2;", "const maxAttempts = 9;"),
  complete("surplus cases are closed", "for (const other of surplus)", "for (const other of surplus.slice(0, 0))"),
  create(
    "no case is made next to an open one of another life",
    "if (others.length > 0) throw new Error(anotherLifeProblem(others));",
    "",
  ),
  create(
    "two updates at once keep one case",
    "chooseCase([made, ...twins], inputs)",
    "chooseCase([made, ...twins.slice(0, 0)], inputs)",
  ),
  close(
    "a closure that is refused is looked for",
    "const isRefused = error instanceof GoogleError && error.status !== undefined && !isAmbiguous(error);",
    "const isRefused = false as boolean;",
  ),
  close(
    "a refused closure of an open case is an error",
    'return found.state === "CLOSED" ? found : undefined;',
    "return found;",
  ),
  find("one looks as long as the search lags", "longest: 30_000", "longest: 15_000"),
  find(
    "the life is searched for, whatever the stack's name is",
    "api.searchCases(form.parent, lifeQuery(form.marker))",
    "api.searchCases(form.parent, ownerQuery(ownerIn(form.marker)))",
  ),
  find(
    "cases that the search does not show yet are listed",
    'listed === "none" ? [] : await api.listCases(form.parent, listed === "open" ? "state=OPEN" : "")',
    "listed === undefined ? await api.listCases(form.parent, '') : []",
  ),
  find("only its own cases are read", "if (isOwn(one, form)) found.set(one.name, one);", "found.set(one.name, one);"),
  find("the case in the state is no leftover", "(one) => one.name !== name && isOpen(one)", "(one) => isOpen(one)"),
  find("cases that the config ignores are in nobody's way", " && !ignoreCases.includes(one.name)", ""),
  find(
    "a case of another life that was closed a moment ago is in nobody's way",
    "filter((one) => one !== undefined).filter(isOther)",
    "map((_, index) => others[index]).filter((one) => one !== undefined)",
  ),
  // the cases of former lives
  close("a case of a former life is closed", "for (const { name } of own) await closeCase(name, dependencies);", ""),
  close(
    "a case of a former life in other words is an error",
    "if (others.length > 0) throw new Error(leftBehindProblem(others, inputs));",
    "",
  ),
  create(
    "the cases of former lives are looked for before another is made",
    "await closeLeftBehind(inputs, dependencies);\n  const",
    "const",
  ),
  find("a former life is looked for where it was", "{ ...made, ...life }", "{ ...life, ...made }"),
  find(
    "a case of a former life in other words is not closed",
    "others.push(...found.others",
    "own.push(...found.others",
  ),
  find(
    "a case of a former life that the config ignores is in nobody's way",
    "isOwn(one, inputs) || (inputs.ignoreCases ?? []).includes(one.name)",
    "isOwn(one, inputs)",
  ),
  find(
    "a former life's place that is gone has no case",
    "if (await isGone(error, life.parent)) return { own: [], others: [] };",
    "",
  ),
  find(
    "a failure to look for the cases of a former life is an error",
    "if (await isGone(error, life.parent)) return { own: [], others: [] };\n    throw error;",
    "return { own: [], others: [] };",
  ),
  own(
    "a case of another life is not left behind by a former one",
    "isOpen(one) && isOfLife(one, marker) && isOfOwner(one, ownerIn(marker))",
    "isOpen(one) && isOfOwner(one, ownerIn(marker))",
  ),
  own(
    "a case of a copied stack is not left behind by a former life",
    "isOfLife(one, marker) && isOfOwner(one, ownerIn(marker)) && one",
    "isOfLife(one, marker) && one",
  ),
  own("a person's quote is not left behind by a former life", " && one.testCase === true", ""),
  check(
    "the preview reports what a former life has left",
    "if (!Array.isArray(inputs.formerLives)) return [];",
    "if (Array.isArray(inputs.formerLives)) return [];",
  ),
  find("a case that is found is read again", "    else found.set(name, now);", ""),
  find(
    "a case that is found and gone is not taken",
    "if (now === undefined) found.delete(name);\n    else found.set(name, now);",
    "if (now !== undefined) found.set(name, now);",
  ),
  read(
    "a case that is not there is no error",
    "if (error instanceof GoogleError && error.status === 404) return undefined;",
    "",
  ),
  // choice
  find("others of this life are closed", "open.filter((one) => one !== kept)", "[]"),
  find("a case that is not its own is left alone", "found.filter((one) => isOwn(one, inputs))", "[...found]"),
  find(
    "a closed one of this life is the one",
    "inputs.keepOpen ? undefined : own.filter",
    "inputs.keepOpen || own.length > 0 ? undefined : own.filter",
  ),
  find("a closed one is not used where it is to stay open", "inputs.keepOpen ? undefined : own.filter", "own.filter"),
  find("the oldest is kept", "[...open].sort(byAge)[0]", "[...open].sort(byAge).at(-1)"),
  find(
    "the age is a time, and no text",
    "if (time !== 0 && !Number.isNaN(time)) return time;",
    "if (one.createTime !== other.createTime) return one.createTime < other.createTime ? -1 : 1;",
  ),
  find(
    "cases of the same age have an order",
    "return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;",
    "return 0;",
  ),
  // own
  own("a case of another life is not its own", "isOfLife(one, form.marker) &&\n    isIn", "isIn"),
  own("a case of another place is not its own", "isInParent(one, form.parent) &&", ""),
  own("a real case is not a test case", "(one.testCase ?? false) === form.testCase &&", ""),
  own(
    "a case of another classification is not its own",
    "isSameClassification(one.classification?.displayName ?? form.classification, form.classification) &&",
    "",
  ),
  own("a case with other words is not its own", "&&\n    hasSameText(one, form)\n  );", ");"),
  own("a closed case of another life is in nobody's way", "isOpen(one) && isOfOwner", "isOfOwner"),
  own("a case of another resource is in nobody's way", "isOfOwner(one, owner) && !isOfThisLife", "!isOfThisLife"),
  // left out
  check("what is left out is as the state has it", "kept[field] = value;\n      if", "if"),
  check(
    "what is taken out has the guide's words again",
    "else if (!isFixed && wereLeftOut !== undefined) takenOut.push(field);",
    "",
  ),
  diff("what is left out is no difference", 'return has("leftOut") &&', 'return has("leftOut") && has("takenOut") &&'),
  diff("what is taken out of a closed case's config is no difference", ' && valueOf(is, "state") !== "CLOSED"', ""),
  // closed
  diff(
    "a closed case is refused a change in the preview",
    "if (needed.length === 0) return undefined;",
    "if (needed.length > 0) return undefined;",
  ),
  diff("an open case is refused nothing", 'if (found.state !== "CLOSED") return undefined;', ""),
  diff(
    "what is done already is not refused",
    "needed = changesThatNeedOpenCase(news, await withUnrecordedChanges(olds, news, found, api));",
    "await withUnrecordedChanges(olds, news, found, api);",
  ),
  provider("a refresh is refused nothing", "configOfChecked(news) : undefined", "{ config: undefined } : undefined"),
  complete("a change that is refused leaves nothing behind", "throw isRefused ?", "throw isRefused && name === '' ?"),
  support(
    "a reply that is no case is an error",
    "if (Object.entries(fields).every(has)) return reply;",
    "return reply;",
  ),
  pages("a page that is no list is an error", "found === undefined && isEmpty", "found === undefined"),
  transport(
    "a reply that is no object is an error",
    'if (isObject && !("error" in data && !("name" in data))) return data;',
    "return data;",
  ),
  // marker
  own("the stack is in the marker", "`Pulumi stack ${stack}, resource", "`Pulumi stack, resource"),
  own("the resource is in the marker", ", resource ${resource}`", ", resource`"),
  own("the life is in the marker", "${ownerOf(stack, resource)}, ${life}`", "${ownerOf(stack, resource)}, life`"),
  own("a marker is a line of its own", 'text.slice(text.lastIndexOf("\\n") + 1)', "text"),
  own("a life is known by the whole of it, at the end", "markerIn(one).endsWith(life)", "markerIn(one).includes(life)"),
  own("a life is known in a marker alone", 'markerIn(one).startsWith("Pulumi stack ") && ', ""),
  own(
    "a renamed stack keeps its case",
    'markerIn(one).startsWith("Pulumi stack ") && markerIn(one).endsWith(life)',
    "markerIn(one) === marker",
  ),
  own("another stack's resource is another", "return ownerIn(markerIn(one)) === owner;", "return owner !== '';"),
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
  complete("a found case gets the fields that are asked for", "if (fields.length > 0)", "if (fields.length > 99)"),
  complete(
    "fields are looked for after an ambiguous reply",
    "return fields.every((key) => isEqual(valueOf(now, key), valueOf(changes, key))) ? now : undefined;",
    "return now;",
  ),
  complete("comments are looked for before they are made", "made = await findComment();", "made = undefined;"),
  complete(
    "a comment is settled",
    "api.createComment(name, comment), findComment);",
    "api.createComment(name, comment), async () => undefined);",
  ),
  complete(
    "a comment that is made is known",
    "return { comments: [...(outputs.comments ?? []), comment] };",
    "return {};",
  ),
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
  complete("the state says that it is closed", "return { state };", "return {};"),
  complete(
    "what is made is handed on where a later step fails",
    "partialFailure(outputs, dependencies.provider, reason);",
    "new Error(reason);",
  ),
  complete(
    "what is done is handed on where a later step fails",
    "outputs = { ...outputs, ...(await run()) };",
    "const more = await run(); queueMicrotask(() => undefined); outputs = { ...outputs, ...more, comments: [], attachments: [], escalated: false };",
  ),
  complete("the comments that are done stay known", "comments: done.comments ?? [],", "comments: [],"),
  complete("the files that are done stay known", "attachments: done.attachments ?? [],", "attachments: [],"),
  complete("the escalation that is done stays known", "escalated: done.escalated ?? false,", "escalated: false,"),
  // additions
  diff(
    "a comment that is done is not due",
    "return comments.filter((comment) => !done.comments?.some((made) => isSameText(made, comment)));",
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
    "an escalation that is still to be asked for is a difference",
    "pendingAttachments(news, olds).length > 0 ||\n    isEscalationDue(news, olds);",
    "pendingAttachments(news, olds).length > 0;",
  ),
  diff(
    "the old case is closed before the new one is made",
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
    "an adopted case keeps what nobody asks for",
    "isAdopted(asked) ? wanted === undefined : isLeftOut(key, asked, is)",
    "isLeftOut(key, asked, is)",
  ),
  // life cycle
  read("a refresh keeps what is known to be commented", "    comments,\n", ""),
  read("a refresh keeps what is known to be uploaded", "    attachments,\n", ""),
  read(
    "a refresh keeps what is known to be escalated",
    "escalated: escalated || found.escalated === true",
    "escalated: found.escalated === true",
  ),
  read("a refresh sees an escalation", "escalated: escalated || found.escalated === true", "escalated"),
  read("a refresh keeps an older version", "    version: properties.version,\n", ""),
  read("a refresh sees what fields are", "    ...fieldsOf(found, properties),\n", ""),
  read(
    "a refresh takes a case that is gone out of the state",
    "if (found === undefined) return undefined;",
    "if (found === undefined) return properties;",
  ),
  properties(
    "what is not asked of an adopted case is not read",
    "if (isAdopted(properties) && valueOf(properties, key) === undefined) continue;",
    "",
  ),
  complete(
    "an update of a case that is gone is an error",
    "throw new Error(sentenceOf(notFoundProblem(name)));",
    "return olds;",
  ),
  close(
    "a destroy closes",
    'found.state !== "CLOSED") await closeCase(name, dependencies);',
    'found.state !== "CLOSED") await getCase(api, name);',
  ),
  close(
    "a destroy closes what was left behind",
    "await closeCase(other.name, dependencies);",
    "await getCase(api, other.name);",
  ),
  complete(
    "an update closes what was left behind",
    "isAdopted(news) ? [] : await findLeftovers(name, news, api)",
    "[]",
  ),
  close("a destroy looks before it closes", 'found !== undefined && found.state !== "CLOSED"', "found !== undefined"),
  close(
    "a destroy of what is gone is fine",
    'found !== undefined && found.state !== "CLOSED"',
    'found?.state !== "CLOSED"',
  ),
  close(
    "a destroy leaves an adopted case open",
    "if (isAdopted(properties) && properties.closeOnDestroy !== true) return;",
    "",
  ),
  close(
    "a destroy that is denied is an error while its project is there",
    "if (!(await wasDeletedWithParent(error, name, dependencies))) throw error;",
    "",
  ),
  close(
    "a destroy of a case of a deleted project is fine",
    "if (!(await wasDeletedWithParent(error, name, dependencies))) throw error;",
    "throw error;",
  ),
  // adopt
  adopt(
    "what is asked for of a case to adopt must be as it is",
    "fieldsToChange(found, inputs)",
    "fieldsToChange(found, {...inputs, displayName: undefined, priority: undefined, subscriberEmailAddresses: undefined})",
  ),
  adopt(
    "another stack's case is not adopted",
    "if (maker !== undefined && !isOfOwner(found, inputs.owner ?? ownerIn(inputs.marker)))",
    "if (found.name === '')",
  ),
  adopt(
    "a case that is not there is not adopted",
    "if (found === undefined)",
    "if (found === undefined && inputs.adopt === '')",
  ),
  // parent
  read(
    "only what is denied is taken for a deleted project",
    "if (!(error instanceof GoogleError) || error.status !== 403) return false;",
    "if (!(error instanceof GoogleError)) return false;",
  ),
  read("a project that is to be deleted is not there", '.state === "ACTIVE"', " !== undefined"),
  read("a disabled API tells nothing of a project", "return isDisabled(error);", "return false;"),
  // partial failure
  write(
    "the provider's text is handed on",
    "provider === undefined ? outputs : { ...outputs, __provider: provider }",
    "outputs",
  ),
  write("a reason is handed on", "reasons: [reason]", "reasons: []"),
  write("the id is handed on", "id: outputs.name, ", ""),
  // settle
  write("an ambiguous reply is settled", "if (!isAmbiguous(error)) throw error;", "throw error;"),
  write("a refusal is no reason to look or to send again", "if (!isAmbiguous(error)) throw error;", ""),
  write(
    "one looks before one sends again",
    "const made = await look();",
    "const made = undefined as Awaited<ReturnType<typeof look>>;",
  ),
  write("what had no effect is sent again", "tries: 3,", "tries: 1,"),
  write("what had no effect is sent three times at most", "tries: 3,", "tries: 30,"),
  // the engine
  write(
    "an engine that has ended has nothing sent for it",
    'socket.once("error", fail);',
    'socket.once("error", () => resolve());',
  ),
  write(
    "the engine is looked for before each write",
    "{ beforeWrite: () => assertEngineAlive(process.argv[2]) }",
    "{}",
  ),
  check(
    "the first attempt is remembered",
    "keepOmittedFields(olds, keepFirstAttempt(olds, news))",
    "keepOmittedFields(olds, news)",
  ),
  provider("an error has no stack trace", 'error.stack = "";', ""),
  // transport, retries, errors
  transport("before a write, what forbids it is asked", "await before?.();", ""),
  transport(
    "a token that was never given out is requested again",
    "if (error instanceof GoogleError && error.wasNotSent) client = undefined;",
    "",
  ),
  transport(
    "a token has a limit of time",
    "await withTimeout(timeout, client.getRequestHeaders(url));",
    "await client.getRequestHeaders(url);",
  ),
  transport("a request has a limit of time", "    timeout,\n    retry: false", "    retry: false"),
  transport(
    "a failure to get a credential is known to be that",
    "throw withoutCredential(credentialError(`${name}, for a credential`, error, timeout));",
    "throw credentialError(`${name}, for a credential`, error, timeout);",
  ),
  transport("the library does not send again by itself", "retry: false,", "retry: true,"),
  retries("a read is tried again", 'method === "GET" ? isUnavailable : isWithoutEffect', "isWithoutEffect"),
  retries(
    "a write is not tried again while its effect is in doubt",
    'method === "GET" ? isUnavailable : isWithoutEffect',
    "isUnavailable",
  ),
  retries("Retry-After is respected", "return Math.max(own, Math.min(asked, maxWait));", "return own;"),
  retries(
    "no wait is longer than a minute",
    "return Math.max(own, Math.min(asked, maxWait));",
    "return Math.max(own, asked);",
  ),
  error("a quota that is used up has no effect", "return error.status === 429 ||", "return"),
  error(
    "a server's error is ambiguous",
    "return error.status >= 500 || error.status === 408;",
    "return error.status === 408;",
  ),
  error(
    "no reply is ambiguous",
    "if (error.status === undefined) return !(error.code !== undefined && neverSent.has(error.code));",
    "if (error.status === undefined) return false;",
  ),
  error(
    "what never left is not ambiguous",
    "if (error.status === undefined) return !(error.code !== undefined && neverSent.has(error.code));",
    "if (error.status === undefined) return true;",
  ),
  error(
    "a request without a credential is sent again",
    "if (error.wasNotSent) return [undefined, 429, 500, 502, 503, 504].includes(error.status);",
    "",
  ),
];
