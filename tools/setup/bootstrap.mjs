// `node bootstrap.mjs COMMAND [arguments]`: finds or fetches what a command needs, then runs it.
// The only file that an old Node must be able to read: all else is loaded once the version is known to do.
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
