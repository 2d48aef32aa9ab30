// The engine compiles an index.ts by its own ts-node, which knows no imports with .ts. From here on, Node strips the types itself.
import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies.ts";

// It serves as soon as it is made: whoever wants the policies alone imports policies.ts.
new PolicyPack("customer-care", { policies });
