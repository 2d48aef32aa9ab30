/** The entry points of an installed repository load their sources with this. The packed package has compiled files instead. */
const { version } = require("../package.json");

const problem = `customer-care was installed from its repository without being compiled, and Node runs no TypeScript in node_modules. Install customer-care-${version}.tgz of the release instead, or let npm, pnpm or Yarn run the package's script "prepare", as node_modules/customer-care/docs/how-to/landingZone.md#install describes.`;

/**
 * @template Source
 * @param {() => Source} load
 * @returns {Source}
 * @throws RunError if Node does not strip the types
 */
exports.loaded = (load) => {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING"))
      throw error;
    const { RunError } = require("@pulumi/pulumi");
    throw new RunError(problem);
  }
};
