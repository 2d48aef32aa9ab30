/** What a folder and a project of one config both have: whether the folder holds the project, the config does not say. */
import { contactsByAddress } from "../onboarding/index.ts";
import { roleNames } from "../guide/index.ts";
import { namedMembers } from "./inputs.ts";
import type { ConfigLevel, ConfigLevels } from "./levels.ts";

/** What to say of it, each with the project that it is about. What is known only later is not compared. */
export function claimedTwiceNotes({ folders, projects }: ConfigLevels): { level: ConfigLevel; note: string }[] {
  return [...projects.values()].flatMap((level) => {
    const own = claimsOf(level);
    return [...folders].flatMap(([folder, above]) => {
      const claims = claimsOf(above);
      const both = own.filter((claim) => claims.includes(claim));
      if (both.length === 0) return [];
      const note = `folders.${folder} has ${both.join(", ")} too; if that folder holds the project, leave out one of the two`;
      return [{ level, note }];
    });
  });
}

/** Such as `editors: user:ada@example.com` and `contacts.security: security@example.com`. */
function claimsOf({ args }: ConfigLevel): string[] {
  const grants = roleNames.flatMap((role) =>
    namedMembers(args[role]).flatMap(({ member }) => (typeof member === "string" ? [`${role}: ${member}`] : [])),
  );
  const contacts = contactsByAddress(args.contacts).flatMap(({ email, categories }) =>
    categories.map((category) => `contacts.${category}: ${email}`),
  );
  return [...grants, ...contacts];
}
