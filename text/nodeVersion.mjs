/** The oldest Node that runs the program, because Node strips the types. An old Node must be able to load this file. */

/**
 * Whether a Node runs TypeScript without a flag.
 *
 * @param {string} version for example "22.18.0"
 */
export function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}

/**
 * The error for a Node that is too old; undefined if it is new enough.
 *
 * @param {string} program
 * @param {string} version
 */
export function nodeProblem(program, version) {
  return runsTypeScript(version)
    ? undefined
    : `${program} needs Node 22.18 or later, and this is Node ${version}; install a later one from https://nodejs.org`;
}
