/**
 * Words that readers stop at, each with a plain alternative. ESLint checks comments and texts for them, and the tests
 * the documents.
 */
/** @type {readonly (readonly [words: RegExp, instead: string])[]} */
const awkward = [
  [/\banew\b/i, "again"],
  [/\bmend(s|ed|ing)?\b/i, "fix"],
  [/\bputs? (up|(it|them|this|that|an?|the)( \w+)? up)\b/i, "deploy"],
  [/\bin so many words\b/i, "explicitly"],
  [/(?<!["`.])\b(told|tells?)\b/i, "report, or say who reports what"],
  [/\bsays?\b/i, "report, show or contain"],
  [/\bholds?\b/i, "have, contain or apply"],
  [/\b(be|is|are) had\b/i, "is available"],
  [/\bbesides?\b/i, "next to, or in addition to"],
  [/\bgo(es)? on\b/i, "continue"],
  [/\bspeaks? of\b/i, "describe"],
  [/\bsa(y|ys|id|ying) so\b/i, "report it"],
  [/\bstands?\b(?!-)/i, "be, or represent"],
  [/\btak(e|es|en|ing) away\b/i, "remove, or delete"],
  [/\bgo(es)? wrong\b/i, "fail"],
];

/**
 * @param {string} text
 * @returns {{ index: number, found: string, instead: string }[]}
 */
export function awkwardWords(text) {
  return awkward.flatMap(([words, instead]) =>
    [...text.matchAll(new RegExp(words, "gi"))].map(({ index, 0: found }) => ({ index, found, instead })),
  );
}

/** @type {import("eslint").Rule.RuleModule} */
export const plainEnglish = {
  meta: { messages: { awkward: '"{{found}}": write plain English ({{instead}})' }, schema: [] },
  create(context) {
    const { sourceCode } = context;
    /** @param {{ range?: [number, number] }} node */
    const check = ({ range: [start, end] = [0, 0] }) => {
      for (const { index, found, instead } of awkwardWords(sourceCode.text.slice(start, end))) {
        const loc = {
          start: sourceCode.getLocFromIndex(start + index),
          end: sourceCode.getLocFromIndex(start + index + found.length),
        };
        context.report({ loc, messageId: "awkward", data: { found, instead } });
      }
    };
    return {
      Program: () => sourceCode.getAllComments().forEach(check),
      Literal: (node) => void (typeof node.value === "string" && check(node)),
      TemplateElement: check,
    };
  },
};
