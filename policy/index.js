// JavaScript, because the engine's ts-node does not support imports with .ts. Node strips the types of the imported files.
import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies.ts";

// The constructor starts the pack. To use only the policies, import policies.ts.
new PolicyPack("customer-care", { policies });
