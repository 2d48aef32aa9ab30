/** Keeps what V8 has compiled: most of a preview's start is the compiling of Pulumi's and the gcp provider's packages. */
import { enableCompileCache } from "node:module";

// Beside the packages, not in Node's own default: to that folder each user of the machine can write.
enableCompileCache(`${import.meta.dirname}/node_modules/.cache/customer-care`);
