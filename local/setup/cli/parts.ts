import { join } from "node:path";
import { root } from "../bootstrap/places.mjs";

/** The oldest Pulumi that the program is tested with, and the one that Go builds. */
export const minimumVersion = "3.259.0";

export const languageHost = "pulumi-language-nodejs";

/** Starts the dynamic provider. The engine warns when it is not beside its own binary. */
export const shim = "pulumi-resource-pulumi-nodejs";
export const shimInPackage = join(root, "node_modules", "@pulumi", "pulumi", shim);
