/**
 * Advice to run `care` in errors. `care adopt` and `care doctor` read the config of this repository's program. Another program, in
 * any language, has its args in its code, so its errors advise something else.
 */
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ownClone } from "../onboarding/index.ts";
import { documentPath } from "../text/index.ts";

/** Whether the stack has the config of this repository's program, in which the plan is required. Pulumi runs a program in its folder. */
const hasConfig = () =>
  Object.hasOwn(pulumi.runtime.allConfig(), `${pulumi.getProject()}:plan`) &&
  ownClone(join(process.cwd(), "/")) !== undefined;

/** The commands that import what exists into this stack; undefined in another program. */
export const adoptCommands = () =>
  hasConfig()
    ? `care adopt --stack ${pulumi.getStack()} --file adopt.json and the pulumi import command that it prints`
    : undefined;

/** The source of the roles that the caller needs. */
export const listOfRoles = () =>
  hasConfig() ? "care doctor lists" : `${documentPath("docs/reference/credentials.md")} lists`;

/** How to grant a role that the caller lacks. */
export const withCommand = () => (hasConfig() ? " with the command that care doctor shows" : " there");
