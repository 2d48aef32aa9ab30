/** The npm package: compiled from the sources, packed from a folder of its own. */
export { apiReports } from "./apiReports.ts";
export { peerDependencies, sourceManifest } from "./manifest.ts";
export { pack } from "./pack.ts";
export type { Tarball } from "./pack.ts";
