/** The guards of a case's end, and of reading it. */
import { guardsOf } from "../mutation.ts";
import type { Mutation } from "../mutation.ts";

const close = guardsOf("components/supportCase/close.ts");
const find = guardsOf("components/supportCase/find.ts");

export const closeGuards: readonly Mutation[] = [
  // create: look, create, settle
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
  // the cases of former lives
  close("a case of a former life is closed", "for (const { name } of own) await closeCase(name, dependencies);", ""),
  close(
    "a case of a former life in other words is an error",
    "if (others.length > 0) throw new Error(leftBehindProblem(others, inputs));",
    "",
  ),
  find(
    "a case that is not there is no error",
    "if (error instanceof GoogleError && error.status === 404) return undefined;",
    "",
  ),
  // life cycle
  find("a refresh keeps the known comments", "    comments,\n", ""),
  find("a refresh keeps the known uploads", "    attachments,\n", ""),
  find(
    "a refresh keeps the known escalation",
    "escalated: escalated || found.escalated === true",
    "escalated: found.escalated === true",
  ),
  find("a refresh sees an escalation", "escalated: escalated || found.escalated === true", "escalated"),
  find("a refresh keeps an older version", "    version: properties.version,\n", ""),
  find("a refresh sees what fields are", "    ...fieldsOf(found, properties),\n", ""),
  find(
    "a refresh takes a case that is gone out of the state",
    "if (found === undefined) return undefined;",
    "if (found === undefined) return properties;",
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
  close("a destroy looks before it closes", 'found !== undefined && found.state !== "CLOSED"', "found !== undefined"),
  close(
    "a destroy of a missing case succeeds",
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
    "if (!(await isGone(error, name, dependencies, isTest, properties.state))) throw error;",
    "",
  ),
  close(
    "a destroy of a case of a deleted project is fine",
    "if (!(await isGone(error, name, dependencies, isTest, properties.state))) throw error;",
    "throw error;",
  ),
  // parent
  find(
    "only a denied request counts as a deleted project",
    "if (!(error instanceof GoogleError) || error.status !== 403) return undefined;",
    "if (!(error instanceof GoogleError)) return undefined;",
  ),
  find("a project that is to be deleted is not there", '.state !== "ACTIVE"', " === undefined"),
  find("a disabled API proves nothing about a project", " || isUnanswered(error)", ""),
  find("a denied organization is not deleted", 'collection === "organizations" || isUnanswered', "isUnanswered"),
  close("a real case is not lost with a project that is not visible", "if (!isTest)", "if (false)"),
];
