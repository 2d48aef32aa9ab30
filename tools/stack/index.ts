/** Stacks of the program on the local Google Cloud, for the quickstart and the tests. */
export { holdingsAsked, holdingsOf } from "./holdings.ts";
export type { Holdings } from "./holdings.ts";
export { createLocalStack, localSettings, pluginsOf, writeConfig } from "./localStack.ts";
