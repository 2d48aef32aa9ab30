/**
 * The subset of the filter language of Google's list and search methods (https://google.aip.dev/160) that the emulated APIs
 * use: `AND`, `OR`, parentheses, restrictions `field operator value` and bare text. As in AIP-160, `OR` has higher precedence
 * than `AND`. Dialects add `NOT`, and what the Logging query language has in addition.
 */
import { invalidArgument } from "./errors.ts";

export type Operator = "<=" | ">=" | "!=" | "=" | "<" | ">" | ":" | "=~" | "!~";

/** `field operator value`. */
export interface Restriction {
  readonly kind: "restriction";
  readonly field: string;
  readonly operator: Operator;
  readonly value: string;
  readonly isQuoted: boolean;
}

/** A word or a quoted phrase without a field. */
export interface Text {
  readonly kind: "text";
  readonly value: string;
  readonly isQuoted: boolean;
}

/** `sequence` is a list of terms without an operator, which means AND in some APIs and OR in others. `not` has one operand. */
export interface Combination {
  readonly kind: "and" | "or" | "sequence" | "not";
  readonly operands: readonly Expression[];
}

export type Expression = Restriction | Text | Combination;

export type Predicate<Item> = (item: Item) => boolean;

interface Token {
  readonly kind: "(" | ")" | "operator" | "word" | "string";
  readonly text: string;
}

/** What a filter can contain in addition. */
export interface Dialect {
  readonly not?: true;
  /** `=~`, `!~`, quoted parts of a field, and several values in parentheses. */
  readonly logging?: true;
}

const usualTokens = /\s*(?:([()])|(<=|>=|!=|[=<>:])|"((?:[^"\\]|\\.)*)"|((?:[^\s()=<>:!"]|!(?!=))+))/suy;

const loggingTokens =
  /\s*(?:([()])|(=~|!~|<=|>=|!=|[=<>:])|"((?:[^"\\]|\\.)*)"|((?:\."(?:[^"\\]|\\.)*"|[^\s()=<>:!"]|!(?![=~]))+))/suy;

function tokens(source: string, { logging }: Dialect): Token[] {
  const found: Token[] = [];
  const pattern = new RegExp(logging === true ? loggingTokens : usualTokens);
  while (pattern.lastIndex < source.trimEnd().length) {
    const start = pattern.lastIndex;
    const match = pattern.exec(source);
    if (match === null) throw syntaxError(`unexpected character at ${start}`);
    const [, parenthesis, operator, string, word] = match;
    if (parenthesis !== undefined) found.push({ kind: parenthesis as "(" | ")", text: parenthesis });
    else if (operator !== undefined) found.push({ kind: "operator", text: operator });
    else if (string !== undefined) found.push({ kind: "string", text: string.replace(/\\(.)/gsu, "$1") });
    else found.push({ kind: "word", text: word ?? "" });
  }
  return found;
}

/** The maximum nesting of parentheses. */
const mostNested = 100;

function syntaxError(description: string): Error {
  return invalidArgument("filter", description);
}

/** Parses a filter; undefined if it is empty. */
export function parseFilter(source: string, dialect: Dialect = {}): Expression | undefined {
  const input = tokens(source, dialect);
  if (input.length === 0) return undefined;
  let position = 0;
  let depth = 0;

  const at = (kind: Token["kind"], text?: string): boolean => {
    const token = input[position];
    return token?.kind === kind && (text === undefined || token.text === text);
  };

  function expression(): Expression {
    return combine(
      "and",
      list(sequence, () => at("word", "AND") && ++position > 0),
    );
  }

  function sequence(): Expression {
    return combine(
      "sequence",
      list(factor, () => position < input.length && !at(")") && !at("word", "AND")),
    );
  }

  function factor(): Expression {
    return combine(
      "or",
      list(term, () => at("word", "OR") && ++position > 0),
    );
  }

  function term(): Expression {
    if (at("(")) {
      position++;
      if (++depth > mostNested) throw syntaxError(`more than ${String(mostNested)} parentheses are within each other`);
      const inner = expression();
      depth--;
      if (!at(")")) throw syntaxError("a parenthesis is not closed");
      position++;
      return inner;
    }
    if (at("word", "AND") || at("word", "OR")) throw syntaxError("a term is missing next to AND or OR");
    if (at("word", "NOT")) {
      if (dialect.not !== true) throw syntaxError("NOT is not supported");
      position++;
      if (++depth > mostNested) throw syntaxError(`more than ${String(mostNested)} NOTs are within each other`);
      const operands = [term()];
      depth--;
      return { kind: "not", operands };
    }
    const first = operand();
    if (!at("operator")) return textOf(first);
    if (first.kind === "string") throw syntaxError(`not a field: "${first.text}"`);
    const operator = input[position++]?.text as Operator;
    const values = dialect.logging === true && at("(") ? term() : textOf(operand());
    return withField(values, first.text, operator);
  }

  function operand(): Token {
    const token = input[position++];
    if (token?.kind !== "word" && token?.kind !== "string") throw syntaxError("a value is missing");
    return token;
  }

  const parsed = expression();
  if (position < input.length) throw syntaxError(`unexpected "${input[position]?.text}"`);
  return parsed;
}

function textOf({ kind, text }: Token): Text {
  return { kind: "text", value: text, isQuoted: kind === "string" };
}

/** The restriction of a field to a value, or to several of them, such as `field = ("a" OR "b")`. */
function withField(values: Expression, field: string, operator: Operator): Expression {
  if (values.kind === "restriction") throw syntaxError(`a comparison is within the values of ${field}`);
  if (values.kind === "text") return { ...values, kind: "restriction", field, operator };
  return { ...values, operands: values.operands.map((value) => withField(value, field, operator)) };
}

function list(operand: () => Expression, more: () => boolean): Expression[] {
  const operands = [operand()];
  while (more()) operands.push(operand());
  return operands;
}

function combine(kind: Combination["kind"], operands: Expression[]): Expression {
  return operands.length === 1 && operands[0] !== undefined ? operands[0] : { kind, operands };
}

export interface FilterRules<Item> {
  /** The predicate of a restriction. Throws for an unsupported field or operator. */
  restriction(restriction: Restriction): Predicate<Item>;
  /** The predicate of bare text. Without it, bare text is an error. */
  text?(value: string): Predicate<Item>;
  /** The operator of terms in a sequence. */
  readonly sequence?: "and" | "or";
  readonly dialect?: Dialect;
}

/** Compiles a filter, so that unsupported terms are errors even if there is nothing to filter. */
export function compileFilter<Item>(source: string, rules: FilterRules<Item>): Predicate<Item> {
  const parsed = parseFilter(source, rules.dialect);
  return parsed === undefined ? () => true : compile(parsed, rules);
}

function compile<Item>(expression: Expression, rules: FilterRules<Item>): Predicate<Item> {
  switch (expression.kind) {
    case "restriction":
      return rules.restriction(expression);
    case "text":
      if (rules.text === undefined) throw syntaxError(`"${expression.value}" needs a field`);
      return rules.text(expression.value);
    default: {
      const operands = expression.operands.map((operand) => compile(operand, rules));
      if (expression.kind === "not") return (item) => !operands.some((operand) => operand(item));
      const any = expression.kind === "or" || (expression.kind === "sequence" && rules.sequence === "or");
      return any
        ? (item) => operands.some((operand) => operand(item))
        : (item) => operands.every((operand) => operand(item));
    }
  }
}

/** The error for a restriction that an API does not support. */
export function unsupportedRestriction({ field, operator, value }: Restriction): Error {
  return invalidArgument("filter", `${field} ${operator} "${value}" is not supported`);
}

/** A case-insensitive comparison in which `*` matches any text. */
export function glob(pattern: string): Predicate<string> {
  const [first = "", ...rest] = pattern.toLowerCase().split("*");
  const last = rest.pop();
  return (text) => {
    const given = text.toLowerCase();
    if (last === undefined) return given === first;
    if (!given.startsWith(first) || !given.endsWith(last)) return false;
    const end = given.length - last.length;
    // Match each part at its first position after the previous part, without backtracking, so that no pattern is slow.
    let from = first.length;
    for (const part of rest) {
      const at = given.indexOf(part, from);
      if (at < 0) return false;
      from = at + part.length;
    }
    return from <= end;
  };
}

/** A comparison of times written as RFC 3339 or in milliseconds. */
export function compareTimes({ operator, value, field }: Restriction): Predicate<string | undefined> {
  const bound = Date.parse(value);
  if (Number.isNaN(bound)) throw invalidArgument("filter", `${field}: not a time: ${value}`);
  const compare: Partial<Record<Operator, (time: number) => boolean>> = {
    "=": (time) => time === bound,
    "<": (time) => time < bound,
    "<=": (time) => time <= bound,
    ">": (time) => time > bound,
    ">=": (time) => time >= bound,
  };
  const chosen = compare[operator];
  if (chosen === undefined) throw invalidArgument("filter", `${field}: operator ${operator} is not supported`);
  return (text) => text !== undefined && chosen(Date.parse(text));
}
