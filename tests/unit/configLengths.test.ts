/** Values that are too long: the error contains the length, and whether it shows only the beginning of the value. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { contactKeyProblem } from "../../onboarding/contactKeys.ts";
import { domainProblem, emailAddressProblem } from "../../onboarding/emailAddress.ts";
import { memberProblem } from "../../onboarding/members.ts";
import { show } from "../../onboarding/problems.ts";

const letters = (count: number) => "a".repeat(count);
/** A domain of 250 characters whose parts have 49 each. */
const longDomain = Array.from({ length: 5 }, () => letters(49)).join(".");

/** Each kind of value that contains an address or a domain, with its check. */
const checks: Readonly<Record<string, (address: string) => string | undefined>> = {
  "a user": (address) => memberProblem(`user:${address}`),
  "a group": (address) => memberProblem(`group:${address}`),
  "an address": emailAddressProblem,
  "a key of contacts": (address) => contactKeyProblem(["contacts", address]).message,
};

describe("an address that is too long", () => {
  for (const [what, check] of Object.entries(checks))
    it(`is refused with its length in ${what}`, () => {
      for (const [address, reason] of [
        [`${letters(65)}@example.com`, "has a part before the @ of 65 characters, and 64 is the maximum"],
        [`${letters(1000)}@example.com`, "has a part before the @ of 1000 characters, and 64 is the maximum"],
        [`ada@${letters(64)}.com`, "has a part of the domain of 64 characters, and 63 is the maximum"],
        [`ada@${longDomain}.abcdefgh`, "has a domain of 258 characters, and 253 is the maximum"],
        [`adalovelace@${longDomain}`, "has an e-mail address of 261 characters, and 254 is the maximum"],
      ] as const) {
        const problem = check(address) ?? "";
        assert.ok(problem.includes(reason), problem);
        assert.doesNotMatch(problem, /has no e-mail|is not an e-mail|nor an e-mail/);
      }
    });

  it("is a domain", () => {
    assert.match(
      domainProblem(`${longDomain}.example`) ?? "",
      /has a domain of 257 characters, and 253 is the maximum;/,
    );
    assert.match(domainProblem(`${letters(64)}.com`) ?? "", /has a part of the domain of 64 characters/);
  });
});

describe("a value in an error", () => {
  it("is whole, or with the number of its characters", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: "grapheme" }), (text) => {
        const whole = show(text);
        const [, shown = "", first, all] = /^(.*)\.\.\. \(the first (\d+) of (\d+) characters\)$/su.exec(whole) ?? [];
        if (first === undefined) return assert.ok([...whole].length <= 120);
        assert.equal([...shown].length, Number(first));
        assert.ok(Number(all) > Number(first));
        assert.ok(shown.isWellFormed());
      }),
    );
  });
});
