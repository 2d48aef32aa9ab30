/** What `care` writes with `--json`, judged by the published schema. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { pathOf } from "./documents.ts";

interface Schema {
  readonly $defs: Readonly<Record<string, object>>;
}

const schema = JSON.parse(readFileSync(pathOf("docs/reference/care.schema.json"), "utf8")) as Schema;

/** The commands that the schema has, such as `case list`. */
export const commandsWithSchema = Object.keys(schema.$defs).map((name) => name.replace("-", " "));

const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
ajv.addSchema(schema, "care");

/** The commands of which an output was judged in this process. */
export const judged = new Set<string>();

/** Asserts that the output matches the schema, if the arguments request JSON and there is an output. */
export function assertPublished(words: readonly string[], stdout: string): void {
  const command = [words.slice(0, 2).join(" "), words[0] ?? ""].find((name) => commandsWithSchema.includes(name));
  if (command === undefined || stdout.trim() === "" || !words.includes("--json")) return;
  const validate = ajv.getSchema(`care#/$defs/${command.replace(" ", "-")}`);
  assert.ok(validate, command);
  const output: unknown = JSON.parse(stdout);
  assert.ok(validate(output), `${command}: ${JSON.stringify(validate.errors, undefined, 2)}\n${stdout}`);
  judged.add(command);
}
