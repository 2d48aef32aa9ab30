/** The documents of the repository, read as Markdown. */
import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import GithubSlugger from "github-slugger";
import type { Heading, Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { toString } from "mdast-util-to-string";
import { root } from "../../tools/setup/bootstrap/places.mjs";

export interface Document {
  /** Relative to the clone, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly CodeBlock[];
  readonly inlineCode: readonly string[];
  /** Pictures and the definitions of links among them. */
  readonly links: readonly { readonly url: string; readonly line: number }[];
  readonly anchors: ReadonlySet<string>;
  /** The text that is neither code nor a comment. */
  readonly prose: string;
}

export interface CodeBlock {
  /** Such as `README.md:12`. */
  readonly place: string;
  readonly language: string;
  readonly text: string;
  /** Why it is not executed, from the `<!-- not executed: REASON -->` before it. */
  readonly notExecuted: string | undefined;
}

export const pathOf = (path: string) => join(root, path);

export const documents: readonly Document[] = ["*.md", "care/*.md", "docs/**/*.md", "examples/*/*.md"]
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .map((path) => path.split(sep).join("/"))
  // Generated from the public types.
  .filter((path) => !path.startsWith("docs/reference/api/"))
  .sort()
  .map(read);

export const blocks = documents.flatMap((document) => document.blocks);

/** The blocks of some languages that are to be executed or checked. */
export function blocksOf(...languages: readonly string[]): readonly CodeBlock[] {
  return blocks.filter(({ language, notExecuted }) => languages.includes(language) && notExecuted === undefined);
}

/** A program in YAML, which is no config. */
export const isYamlProgram = ({ language, text }: CodeBlock): boolean =>
  language === "yaml" && /^runtime: yaml$/m.test(text);

function read(path: string): Document {
  const text = readFileSync(pathOf(path), "utf8");
  const nodes = [...everyNode(fromMarkdown(text))];
  const slugger = new GithubSlugger();
  return {
    path,
    text,
    blocks: nodes.flatMap((node, index) => (node.type === "code" ? [blockOf(path, node, nodes[index - 1])] : [])),
    inlineCode: nodes.flatMap((node) => (node.type === "inlineCode" ? [node.value] : [])),
    links: nodes.flatMap((node) => urlsOf(node).map((url) => ({ url, line: lineOf(node) }))),
    anchors: new Set(
      nodes.filter((node): node is Heading => node.type === "heading").map((node) => slugger.slug(toString(node))),
    ),
    prose: nodes.flatMap((node) => (node.type === "text" ? [node.value] : [])).join("\n"),
  };
}

/** Also those of HTML, such as a picture with a width. */
function urlsOf(node: Nodes): string[] {
  if (node.type === "html") return [...node.value.matchAll(/\b(?:href|src)="([^"]*)"/g)].map(([, url = ""]) => url);
  return node.type === "link" || node.type === "image" || node.type === "definition" ? [node.url] : [];
}

function* everyNode(node: Nodes): Generator<Nodes> {
  yield node;
  if ("children" in node) for (const child of node.children) yield* everyNode(child);
}

function lineOf(node: Nodes): number {
  return node.position?.start.line ?? 0;
}

function blockOf(path: string, node: Extract<Nodes, { type: "code" }>, before: Nodes | undefined): CodeBlock {
  const comment = before?.type === "html" ? before.value : "";
  return {
    place: `${path}:${String(lineOf(node))}`,
    language: node.lang ?? "",
    text: node.value,
    notExecuted: /^<!-- not executed: (.+) -->$/.exec(comment)?.[1],
  };
}
