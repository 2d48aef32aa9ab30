// What Pulumi's Node host requires: CommonJS, which each Node can read, so that one that is too old is told of in one line.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `customer-care needs Node 22.18 or above, and the node on PATH is ${process.versions.node}; install a later one`,
  );
  process.exit(1);
}
module.exports = import("./main.ts").then(() => undefined);
