/** Expressions of a workflow, evaluated by GitHub's own library. */
import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import type { FunctionDefinition } from "@actions/expressions/funcs/info";
import { truthy } from "@actions/expressions/result";

export type Contexts = Readonly<Record<string, unknown>>;

/** Whether the job's steps, or the jobs that it needs, have failed so far. */
export interface Status {
  readonly failed: boolean;
}

/** A condition as `if` has it. Without a function that reads the status, a failure before it makes it false. */
export function isTrue(condition: string | undefined, contexts: Contexts, status: Status): boolean {
  const bare = (condition ?? "true").replace(/^\$\{\{(.*)\}\}$/s, "$1").trim();
  if (!/\b(success|failure|always|cancelled)\(\)/.test(bare) && status.failed) return false;
  return truthy(evaluated(bare, contexts, status));
}

/** A text with `${{ }}` in it. */
export function filled(text: string, contexts: Contexts, status: Status): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, inner: string) =>
    evaluated(inner.trim(), contexts, status).coerceString(),
  );
}

function evaluated(expression: string, contexts: Contexts, { failed }: Status): data.ExpressionData {
  const statusFunctions = { success: !failed, failure: failed, always: true, cancelled: false };
  const functions = Object.entries(statusFunctions).map(([name, value]): [string, FunctionDefinition] => [
    name,
    { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) },
  ]);
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(
    tokens,
    Object.keys(contexts),
    functions.map(([, info]) => info),
  ).parse();
  return new Evaluator(tree, dataOf(contexts) as data.Dictionary, new Map(functions)).evaluate();
}

function dataOf(value: unknown): data.ExpressionData {
  return JSON.parse(JSON.stringify(value ?? null), data.reviver) as data.ExpressionData;
}
