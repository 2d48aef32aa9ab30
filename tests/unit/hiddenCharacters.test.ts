/** Characters that a reader does not see, in the names of a config (onboarding/hiddenCharacters.ts): no name is corrected into another. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { check } from "../../onboarding/index.ts";
import { hiddenCharacter } from "../../onboarding/hiddenCharacters.ts";
import { visible } from "../../text/index.ts";

/** All blanks and all characters without a width that Unicode has, and two halves of characters. */
const characters = Array.from({ length: 0x110000 }, (_, codePoint) => codePoint)
  .map((codePoint) => String.fromCodePoint(codePoint))
  .filter((character) => /\s|[\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u.test(character))
  .concat("\ud800", "\udfff");

/** Those of which each block has one, so that each place can be tried with each. */
const some = characters.filter((character, index) => (character.codePointAt(0) ?? 0) < 0x10000 || index % 200 === 0);

const pool = "iam.googleapis.com/locations/global/workforcePools/staff";

interface Name {
  readonly name: string;
  readonly config: (name: string) => unknown;
  /** Whether a plain blank within can be a part of the name. */
  readonly hasBlanks?: boolean;
  /** Whether another error comes first. */
  readonly isBareText?: boolean;
  /** Whether the name is one of a list, of which a near one may be suggested. */
  readonly isListed?: boolean;
}

const organization = { domain: "corp.example" };

const names: Readonly<Record<string, Name>> = {
  "a user": {
    name: "user:ada@corp.example",
    config: (name) => ({ plan: "basic", organization: { ...organization, editors: [name] } }),
  },
  "a group outside of a list": {
    name: "group:sre@corp.example",
    config: (name) => ({ plan: "basic", organization: { ...organization, administrators: name } }),
    isBareText: true,
  },
  "a service account": {
    name: "serviceAccount:bot@pay-dev.iam.gserviceaccount.com",
    config: (name) => ({ plan: "basic", projects: { "pay-dev": { contactViewers: [name] } } }),
  },
  "a federated identity": {
    name: `principal://${pool}/subject/ada`,
    config: (name) => ({ plan: "basic", organization: { ...organization, editors: [name] } }),
    hasBlanks: true,
  },
  "a federated group": {
    name: `principalSet://${pool}/group/Leads`,
    config: (name) => ({ plan: "basic", organization: { ...organization, editors: name } }),
    hasBlanks: true,
    isBareText: true,
  },
  "an address": {
    name: "ciso@corp.example",
    config: (name) => ({ plan: "basic", organization: { ...organization, contacts: { security: [name] } } }),
  },
  "an address as a key": {
    name: "ciso@corp.example",
    config: (name) => ({
      plan: "basic",
      organization: { ...organization, contacts: { [name]: { categories: ["security"] } } },
    }),
  },
  "an address with other letters": {
    name: "ciso@bücher.example",
    config: (name) => ({ plan: "basic", organization: { ...organization, contacts: { security: [name] } } }),
  },
  "a subscriber": {
    name: "ciso@corp.example",
    config: (name) => ({
      plan: "enhanced",
      projects: { "pay-dev": {} },
      testCase: { project: "pay-dev", subscriberEmailAddresses: [name] },
    }),
  },
  "a domain": { name: "corp.example", config: (name) => ({ plan: "basic", organization: { domain: name } }) },
  "a domain with other letters": {
    name: "bücher.example",
    config: (name) => ({ plan: "basic", organization: { domain: name } }),
  },
  "a project ID": {
    name: "pay-dev",
    config: (name) => ({ plan: "basic", projects: { shop: { projectId: name } } }),
  },
  "a project ID as a key": { name: "pay-dev", config: (name) => ({ plan: "basic", projects: { [name]: {} } }) },
  "a case": {
    name: "projects/pay-dev/cases/43595344",
    config: (name) => ({
      plan: "enhanced",
      projects: { "pay-dev": {} },
      testCase: { project: "pay-dev", adopt: name },
    }),
  },
  "a category": {
    name: "security",
    config: (name) => ({
      plan: "basic",
      organization: { ...organization, contacts: { "ciso@corp.example": { categories: [name] } } },
    }),
    isListed: true,
  },
  "a category as a key": {
    name: "security",
    config: (name) => ({
      plan: "basic",
      organization: { ...organization, contacts: { [name]: ["ciso@corp.example"] } },
    }),
    isListed: true,
  },
  "a service": {
    name: "cloudsupport.googleapis.com",
    config: (name) => ({ plan: "basic", projects: { "pay-dev": { services: [name] } } }),
    isListed: true,
  },
  "a plan": { name: "enhanced", config: (name) => ({ plan: name }), isListed: true },
};

const codePointOf = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** The text after `write` in an error. */
const advice = (message: string) => /; write (.*)$/s.exec(message)?.[1] ?? "";

describe("a name with a character that a reader does not see", () => {
  for (const [what, { name, config, hasBlanks = false, isBareText = false, isListed = false }] of Object.entries(
    names,
  )) {
    const colon = name.indexOf(":") + 1;
    const places = new Set([0, colon, Math.floor((colon + name.length) / 2), name.length - 1, name.length]);
    it(`is refused with the character's code point, and never corrected: ${what}`, () => {
      let tried = 0;
      for (const place of places)
        for (const character of place === colon ? characters : some) {
          const written = name.slice(0, place) + character + name.slice(place);
          const isWithin = place > colon && place < name.length;
          if (character === " " && isWithin && (hasBlanks || isListed)) continue;
          tried += 1;
          const { problems } = check(config(written));
          const where = `${JSON.stringify(written)} ${codePointOf(character)}`;
          assert.ok(problems.length > 0, `${where} is accepted`);
          const messages = problems.map(({ message }) => message);
          assert.ok(
            isBareText || messages.some((message) => message.includes(`(${codePointOf(character)})`)),
            `${where}: ${messages.join("\n")}`,
          );
          for (const message of messages) {
            assert.equal(message, visible(message), where);
            // A reader sees where the spaces around a name end.
            const isCorrected = character === " " && !isWithin;
            if (!isListed && !isCorrected) assert.ok(!advice(message).includes(name), `${where}: ${message}`);
            if (!isCorrected) assert.ok(!/write .*xn--/.test(message), `${where}: ${message}`);
          }
        }
      assert.ok(tried > 500);
    });
  }

  it("is none where the character can be seen", () => {
    for (const text of ["ada@corp.example", "Support-Leads_(EMEA)", "Équipe", "例え", "Team ❤️"])
      assert.equal(hiddenCharacter(text.replaceAll(" ", "")), undefined);
    assert.deepEqual(
      check({
        plan: "basic",
        organization: { ...organization, editors: [`principalSet://${pool}/group/Team ❤️ EMEA`] },
      }).problems,
      [],
    );
  });
});
