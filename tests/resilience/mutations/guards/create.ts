/** The guards of a case's creation: it is found before it is created, and is its own. */
import { guardsOf } from "../mutation.ts";
import type { Mutation } from "../mutation.ts";

const create = guardsOf("components/supportCase/create.ts");
const find = guardsOf("components/supportCase/find.ts");
const own = guardsOf("components/supportCase/own.ts");

export const createGuards: readonly Mutation[] = [
  // create: look, create, settle
  create(
    "one looks before one creates",
    'chooseCase(await findOwnCases(inputs, api, "none", seen), inputs)',
    "chooseCase([], inputs)",
  ),
  create(
    "one looks as long as the search lags where a former update may have created it",
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
  create(
    "no case is created next to an open one of another life",
    "if (others.length > 0) throw new Error(anotherLifeProblem(others));",
    "",
  ),
  create(
    "two updates at once keep one case",
    "chooseCase([created, ...twins], inputs)",
    "chooseCase([created, ...twins.slice(0, 0)], inputs)",
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
  create(
    "the cases of former lives are looked for before another is created",
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
  find("a case that is found is read again", "    else found.set(name, now);", ""),
  find(
    "a case that is found and gone is not taken",
    "if (now === undefined) found.delete(name);\n    else found.set(name, now);",
    "if (now !== undefined) found.set(name, now);",
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
  // adopt
  create(
    "the inputs of a case to adopt must match it",
    "fieldsToChange(found, inputs)",
    "fieldsToChange(found, {...inputs, displayName: undefined, priority: undefined, subscriberEmailAddresses: undefined})",
  ),
  create(
    "another stack's case is not adopted",
    "if (owner !== undefined && !isOfOwner(found, inputs.owner ?? ownerIn(inputs.marker)))",
    "if (found.name === '')",
  ),
  create(
    "a case that is not there is not adopted",
    "if (found === undefined)",
    "if (found === undefined && inputs.adopt === '')",
  ),
];
