/** The npm packages: compiled from the sources, each packed from a folder of its own. */
export { apiReports } from "./apiReports.ts";
export { care, components, peerDependencies } from "./manifest.ts";
export { pack } from "./pack.ts";
export { packPlugin } from "./plugin.ts";
export type { Tarball } from "./pack.ts";
