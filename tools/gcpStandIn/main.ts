import { GcpPluginServer } from "./server.ts";

// The engine starts the plugin with flags for logs and traces, and with its own address as the last argument.
const engine = process.argv.slice(2).find((argument) => !argument.startsWith("-"));
const server = new GcpPluginServer({ engine });

// The engine reads the port from the first line.
console.log(await server.listen());

// If the engine was killed, stop once running calls are finished.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent && !server.isBusy) process.exit(0);
}, 1000).unref();
