/** Facts about Google, the package and the guide that the sources contain once. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "../../tools/setup/bootstrap/places.mjs";

const sources = ["care", "components", "google", "guide", "onboarding", "plugin", "policy"]
  .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))
  .map((path) => path.replaceAll("\\", "/"));

/** The texts, patterns and numbers of a source that are code: no comments and no types. */
function literalsOf(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest);
  const literals: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isLiteralExpression(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      literals.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return literals;
}

const literals = new Map(sources.map((path) => [path, literalsOf(path)]));

const filesWith = (pattern: RegExp) =>
  [...literals].filter(([, all]) => all.some((text) => pattern.test(text))).map(([path]) => path);

describe("a fact is written once", () => {
  for (const [fact, pattern, files] of [
    ["the type of a component", /customer-care:index:(?!SupportCase)/, ["components/supportCase/componentTypes.ts"]],
    ["a service account of Google", /@system\.gserviceaccount\.com/, ["guide/services.ts"]],
    ["the limit of a comment", /^12_?800$/, ["guide/cases.ts"]],
    ["the project in a URL of the console", /\[\?&\]project=/, ["onboarding/values.ts"]],
  ] as const)
    it(`${fact}: ${String(pattern)}`, () => expect(filesWith(pattern)).toEqual(files));

  /** Roles that no permission of the program needs: a remedy in one sentence names each. */
  const inRemedies = ["roles/iam.serviceAccountTokenCreator", "roles/serviceusage.serviceUsageConsumer"];

  it("a role, with its name: guide/", () => {
    const outside = [...literals]
      .filter(([path]) => !path.startsWith("guide/"))
      .flatMap(([path, all]) =>
        all
          .flatMap((text) => text.match(/\broles\/[a-z]\w*(\.\w+)?/g) ?? [])
          .filter((role) => !inRemedies.includes(role))
          .map((role) => `${path}: ${role}`),
      );
    expect(outside).toEqual([]);
  });
});
