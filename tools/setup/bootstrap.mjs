// `node bootstrap.mjs COMMAND [arguments]`: installs what a command needs, then runs it.
// An old Node must be able to parse this file. Everything else is loaded after the version check.
const major = Number(process.versions.node.split(".")[0]);

if (major < 18) {
  console.error(
    "customer-care needs Node 22.18 or later (18 or later to fetch that by itself); this is Node " +
      process.versions.node +
      ". Get one from https://nodejs.org.",
  );
  process.exitCode = 1;
} else {
  import("./bootstrap/main.mjs").then((bootstrap) => bootstrap.main(process.argv.slice(2)));
}
