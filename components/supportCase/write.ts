/**
 * What the life of a case needs of the world, and how it writes to a case: only while the engine is there; looked for where the
 * answer is unclear; handed to the engine where a later step fails.
 */
import { connect } from "node:net";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import {
  createTransport,
  isAmbiguous,
  readGoogleSettings,
  resourceManagerApi,
  supportApi,
} from "../../google/index.ts";
import type { ResourceManagerApi, SupportApi } from "../../google/index.ts";
import { sanitized } from "../../text/index.ts";
import type { SupportCaseOutputs } from "./properties.ts";

/** The stack's whole config, read by full key such as `gcp:project`. */
export interface Config {
  get(key: string): string | undefined;
}

/** What the life of a case needs of the world. */
export interface Dependencies {
  readonly api: SupportApi;
  readonly resourceManager: ResourceManagerApi;
  /** Milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** Tells what is waited for. */
  readonly say: (text: string) => void;
  /** The contents of an attachment. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** The provider's text, which a partial failure hands back. */
  readonly provider?: unknown;
}

/** Credentials are found now, at each call: another one may refresh and destroy what this one made. */
export function dependenciesOf(config: Config | undefined, provider?: unknown): Dependencies {
  ignoreClosedPipes();
  const settings = readGoogleSettings((key) => config?.get(key));
  const transport = createTransport(settings, { beforeWrite: () => assertEngineAlive(process.argv[2]) });
  return {
    api: supportApi(transport),
    resourceManager: resourceManagerApi(transport),
    sleep,
    // The engine shows it among the stack's messages.
    say: (text) => console.log(sanitized(text)),
    readFile,
    provider,
  };
}

/** How often such a write is sent in all, and the wait before it is looked for, in milliseconds. */
const writes = { tries: 3, wait: 1000 };

/**
 * A write whose answer leaves open whether it had its effect is looked for, before it is sent again or fails.
 *
 * @param write Sends the request.
 * @param look Answers what the write has made, or undefined where it has surely made nothing.
 */
export async function confirmWrite<Result>(
  { sleep }: Pick<Dependencies, "sleep">,
  write: () => Promise<Result>,
  look: () => Promise<Result | undefined>,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await write();
    } catch (error) {
      if (!isAmbiguous(error)) throw error;
      await sleep(writes.wait);
      const made = await look();
      if (made !== undefined) return made;
      if (tries === writes.tries) throw error;
    }
  }
}

/** How long the engine has to take a connection, in milliseconds. It is on the same machine. */
const limit = 10_000;

/**
 * Fails where the engine that has started this process is no longer there. A provider outlives an engine that is killed;
 * what it would still write, the next `pulumi up` may write as well.
 *
 * @param address Of the engine, as `host:port`, which it hands to every provider as its first argument. Anything else is
 *   no engine, as where the life of a case is led without one.
 */
export async function assertEngineAlive(address: string | undefined): Promise<void> {
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

/**
 * The error that hands to the engine what is already made, although a later step failed: the case is in the state, and
 * the next update goes on from there. The engine shows the reasons alone, and needs the provider's text among the
 * properties for a later refresh or destroy.
 */
export function partialFailure(outputs: SupportCaseOutputs, provider: unknown, reason: string): Error {
  const properties = provider === undefined ? outputs : { ...outputs, __provider: provider };
  return Object.assign(new Error(reason), { id: outputs.name, properties, reasons: [reason] });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
