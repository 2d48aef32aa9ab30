import { GcpPluginServer } from "./server.ts";

// The engine starts the plugin with flags, which concern logs and traces, and its own address at the end.
const engine = process.argv.slice(2).find((argument) => !argument.startsWith("-"));
const server = new GcpPluginServer({ engine });

// The engine reads the port from the first line.
console.log(await server.listen());

// An engine that was killed leaves its plugins alone: this one ends then, once what is under way is done.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent && !server.isBusy) process.exit(0);
}, 1000).unref();
