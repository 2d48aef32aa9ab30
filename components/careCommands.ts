/**
 * Advice to run `care` in errors. `care adopt` and `care doctor` read the config of this repository's program. Another program, in
 * any language, has its args in its code, so its errors advise something else.
 */
import { existsSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { documentPath } from "../text/index.ts";

/** Whether the stack has the config of this repository's program, in which the plan is required. */
const hasConfig = () => Object.hasOwn(pulumi.runtime.allConfig(), `${pulumi.getProject()}:plan`) && isInRepository();

/** Pulumi runs a program in its folder. */
function isInRepository(): boolean {
  const manifest = findPackageJSON(".", pathToFileURL(join(process.cwd(), "/")));
  return manifest !== undefined && existsSync(join(dirname(manifest), "onboarding", "stackConfig.ts"));
}

/**
 * How to import what exists into this stack.
 *
 * @param instead The advice for another program.
 * @param before The words before the command.
 * @param after The words after it.
 */
export function adoptOr(instead: string, before = "run ", after = ""): string {
  return hasConfig()
    ? `${before}care adopt --stack ${pulumi.getStack()} --file adopt.json and the pulumi import command that it prints${after}`
    : instead;
}

/** The source of the roles that the caller needs. */
export const listOfRoles = () =>
  hasConfig() ? "care doctor lists" : `${documentPath("docs/reference/credentials.md")} lists`;

/** How to grant a role that the caller lacks. */
export const withCommand = () => (hasConfig() ? " with the command that care doctor shows" : " there");
