/** Which stack `--stack` names: that of Pulumi, never a stack of the same name in another organization or project. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import { resolveStackName } from "../../care/stack/readStack.ts";

const organizations = ["acme", "bob", "acme-bob"];
const stacks = ["test", "dev", "acme"];
const project = "customer-care";

const worlds = fc.record({
  ofDefault: fc.constantFrom(...organizations),
  full: fc.uniqueArray(
    fc
      .tuple(fc.constantFrom(...organizations), fc.constantFrom(...stacks))
      .map(([org, name]) => `${org}/${project}/${name}`),
    { minLength: 1 },
  ),
});

/** As Pulumi lists a stack of this project. */
const listed = (full: string, ofDefault: string) => {
  const [organization = "", , name = ""] = full.split("/");
  return organization === ofDefault ? name : `${organization}/${name}`;
};

const named = fc
  .tuple(
    fc.constantFrom(...organizations, undefined),
    fc.constantFrom(project, "other-project", "care", undefined),
    fc.constantFrom(...stacks),
  )
  .filter(([organization, ofProject]) => organization !== undefined || ofProject === undefined);

it("resolves a name as Pulumi does", () => {
  fc.assert(
    fc.property(worlds, named, ({ ofDefault, full }, [organization, ofProject = project, stack]) => {
      const names = full.map((one) => listed(one, ofDefault));
      const given = [organization, ...(organization === undefined ? [] : [ofProject]), stack].filter(Boolean).join("/");
      const meant = full.filter((one) =>
        organization === undefined ? one.endsWith(`/${stack}`) : one === `${organization}/${ofProject}/${stack}`,
      );
      const one = meant.find((name) => name.startsWith(`${ofDefault}/`)) ?? (meant.length === 1 ? meant[0] : undefined);
      const expected = one && listed(one, ofDefault);
      assert.equal(resolveStackName(given, names, full), expected, given);
      if (organization !== undefined && ofProject === project)
        assert.equal(resolveStackName(`${organization}/${stack}`, names, full), expected, `${organization}/${stack}`);
    }),
  );
});
