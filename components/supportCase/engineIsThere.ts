import { connect } from "node:net";

/** How long the engine has to take a connection, in milliseconds. It is on the same machine. */
const limit = 10_000;

/**
 * Fails where the engine that has started this process is no longer there. A provider outlives an engine that is killed;
 * what it would still write, the next `pulumi up` may write as well.
 *
 * @param address Of the engine, as `host:port`, which it hands to every provider as its first argument. Anything else is
 *   no engine, as where the life of a case is led without one.
 */
export async function engineIsThere(address: string | undefined): Promise<void> {
  const [, host, port] = /^\[?([\w.:-]+?)\]?:(\d+)$/.exec(address ?? "") ?? [];
  if (host === undefined || port === undefined) return;
  await new Promise<void>((resolve, reject) => {
    const socket = connect({ host, port: Number(port), timeout: limit });
    const fail = () => {
      socket.destroy();
      reject(new Error("Pulumi has ended meanwhile; nothing more is sent, and the next `pulumi up` goes on from here"));
    };
    socket.once("connect", () => {
      socket.destroy();
      resolve();
    });
    socket.once("error", fail);
    socket.once("timeout", fail);
  });
}

/**
 * Lets a message fail where the engine is killed, and nothing reads it. Otherwise Pulumi's provider process writes the error of
 * that message to the same pipe, whose error it writes again, without an end.
 */
export function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr])
    if (!stream.listeners("error").includes(ignore)) stream.on("error", ignore);
}

function ignore(): void {
  // Who would read it is gone.
}
