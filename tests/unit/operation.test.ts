/** What a command line of Pulumi does with the program (components/operation.ts). */
import assert from "node:assert/strict";
import { it } from "vitest";
import { isIncluded, operationIn, skipsPreview } from "../../components/operation.ts";

const urn = "urn:pulumi:dev::customer-care::gcp:projects/service:Service::any";

for (const [words, expected] of [
  ["up", "whole"],
  ["up --yes --skip-preview --refresh", "whole"],
  [`up --replace ${urn}`, "whole"],
  ["up --plan plan.json", "whole"],
  ["preview --stack target", "whole"],
  ["", "whole"],
  [`up --target ${urn} --target-dependents`, "partial"],
  [`preview -t ${urn}`, "partial"],
  [`up --target=${urn}`, "partial"],
  [`up --target-replace ${urn}`, "partial"],
  [`--cwd destroy up --exclude ${urn}`, "partial"],
  ["destroy --run-program --yes", "destroy"],
  [`destroy --target ${urn}`, "destroy"],
  ["-C up refresh --run-program", "refresh"],
  ["--color never destroy --run-program", "destroy"],
  ["-v 3 refresh --run-program", "refresh"],
  ["--verbose=3 --non-interactive destroy", "destroy"],
] as const)
  it(`pulumi ${words} is ${expected}`, () => {
    assert.equal(operationIn(words.split(" ")), expected);
  });

it("pulumi takes flags from the environment too", () => {
  assert.equal(operationIn(["up"], { PULUMI_OPTION_TARGET: urn }), "partial");
  assert.equal(operationIn(["up"], { PULUMI_OPTION_TARGET: "" }), "whole");
});

it("pulumi can update without a preview", () => {
  for (const words of [
    "up --yes --skip-preview",
    "up -f --yes",
    "up -yf",
    "up -fy",
    "up --skip-preview=1",
    "up --skip-preview=false -f",
    "destroy --run-program --skip-preview=true",
  ])
    assert.ok(skipsPreview(words.split(" ")), words);
  for (const words of [
    "up --yes",
    "preview",
    "up --yes --skip-preview=false",
    "up -f --skip-preview=0",
    "up -sfinance",
  ])
    assert.ok(!skipsPreview(words.split(" ")), words);
  for (const value of ["true", "1", "True"])
    assert.ok(skipsPreview(["up"], { PULUMI_OPTION_SKIP_PREVIEW: value }), value);
  assert.ok(!skipsPreview(["up", "--skip-preview=false"], { PULUMI_OPTION_SKIP_PREVIEW: "true" }));
});

const grant =
  "urn:pulumi:dev::zone::customer-care:index:SupportAccess$gcp:projects/iAMMember:IAMMember::a/projects/shop-dev/editors/user:ada@example.com";
const contact =
  "urn:pulumi:dev::zone::customer-care:index:EssentialContacts$gcp:essentialcontacts/contact:Contact::a/projects/shop-dev/ada@example.com";
const another = grant.replace("shop-dev", "pay-dev");

for (const [words, expected] of [
  [[], true],
  [["--replace", another], true],
  [["--target", grant], true],
  [["--target", another], false],
  [["--target", another, "-t", grant], true],
  [[`-t${grant}`], true],
  [[`--target-replace=${grant}`], true],
  [["--target", "**"], true],
  [["--target", "urn:pulumi:dev::zone::**::a/projects/shop-dev/**"], true],
  [["--target", "**::a/projects/pay-dev/**"], false],
  // A single asterisk matches no colon, and the member has one.
  [["--target", "**::a/projects/shop-dev/*"], false],
  // No grant depends on another grant, or on a contact. A grant can depend on any other resource.
  [["--target", another, "--target-dependents"], false],
  [["--target", contact, "--target-dependents"], false],
  [["--target", urn, "--target-dependents"], true],
  [["--target", urn], false],
  [["--exclude", grant], false],
  [["--exclude", "**::a/projects/shop-dev/**"], false],
  [["--exclude", another], true],
] as const)
  it(`pulumi up ${words.join(" ")} ${expected ? "possibly deletes" : "leaves out"} a grant of the state`, () => {
    assert.equal(isIncluded(grant, ["up", ...words]), expected);
  });

it("pulumi up --target-dependents of a grant possibly deletes what can depend on it, of a contact nothing else", () => {
  const life = "urn:pulumi:dev::zone::customer-care:index:TestSupportCase$pulumi:index:Stash::a/testCase/life";
  for (const dependent of [contact, life]) {
    assert.equal(isIncluded(dependent, ["up", "--target", grant, "--target-dependents"]), true);
    assert.equal(isIncluded(dependent, ["up", "--target", grant]), false);
  }
  for (const other of [grant, life])
    assert.equal(isIncluded(other, ["up", "--target", contact, "--target-dependents"]), false);
});

it("pulumi up --target-dependents of a grant that is not in the state deletes nothing else", () => {
  const isIncludedWith = (isInState: boolean) =>
    isIncluded(contact, ["up", "--target", grant, "--target-dependents"], {}, () => isInState);
  assert.deepEqual([isIncludedWith(true), isIncludedWith(false)], [true, false]);
});

it("flags of the environment select resources too", () => {
  assert.equal(isIncluded(grant, ["up"], { PULUMI_OPTION_TARGET: another }), false);
  assert.equal(isIncluded(grant, ["up"], { PULUMI_OPTION_EXCLUDE: grant }), false);
});
