// The entry point for Pulumi's Node host: starts the provider for programs in other languages. It is CommonJS, so that an old
// version of Node can load it and report a one-line error.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18) || (major === 23 && minor < 6)) {
  console.error(
    `customer-care requires Node 22.18 or later, and the node on PATH is ${process.versions.node}; install a later version`,
  );
  process.exit(1);
}
module.exports = Promise.all([import("@pulumi/pulumi"), import("./provider.ts")]).then(
  ([{ provider }, { CustomerCareProvider }]) => provider.main(new CustomerCareProvider(), process.argv.slice(2)),
  (error) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND" || !/Cannot find package/.test(error.message)) throw error;
    console.error(
      `customer-care: the dependencies of the component package are not installed; run npm install --prefix ${__dirname}`,
    );
    process.exit(1);
  },
);
