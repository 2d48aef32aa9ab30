/** A stack's file, judged as an editor judges it and as the program does. */
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { check } from "../../onboarding/onboarding.ts";
import { formatPath } from "../../onboarding/problems.ts";
import { pathOf } from "./documents.ts";

const schemaText = readFileSync(pathOf("onboarding/stack.schema.json"), "utf8");

/** An editor's own keyword: its message where a pattern does not match. */
const editorKeyword = "patternErrorMessage";

const ajv = new Ajv({ allErrors: true, strictTypes: false, strictRequired: false });
ajv.addKeyword(editorKeyword);
const validate = ajv.compile(JSON.parse(schemaText) as object);

export interface StackFile {
  readonly config?: Readonly<Record<string, unknown>>;
}

export const readStackFile = (text: string) => parse(text) as StackFile;

/** What an editor finds wrong. */
export function editorProblems(file: unknown): string[] {
  validate(file);
  return (validate.errors ?? []).map(({ instancePath, message = "" }) => `${instancePath} ${message}`);
}

/** The config that the program gets: its own keys without their namespace. */
export function ownConfig({ config = {} }: StackFile): Record<string, unknown> {
  const namespace = "customer-care:";
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => key.startsWith(namespace))
      .map(([key, value]) => [key.slice(namespace.length), value]),
  );
}

/** What the program finds wrong. */
export function configProblems(file: StackFile): string[] {
  return check(ownConfig(file)).problems.map(({ path, message }) => `${formatPath(path)}: ${message}`);
}
