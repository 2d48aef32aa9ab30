/**
 * The dependencies of the case's operations, and the rules for writes: only while the engine runs, confirmed if the response is
 * ambiguous, and reported to the engine if a later step fails.
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
  withoutDeniedQuotaProject,
} from "../../google/index.ts";
import type { ResourceManagerApi, SupportApi } from "../../google/index.ts";
import { sanitized } from "../../text/index.ts";
import type { SupportCaseOutputs } from "./properties.ts";

/** The stack's config, by full key such as `gcp:project`. */
export interface Config {
  get(key: string): string | undefined;
}

/** The dependencies of a case's operations. */
export interface Dependencies {
  readonly api: SupportApi;
  readonly resourceManager: ResourceManagerApi;
  /** Milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** Logs progress. */
  readonly log: (text: string) => void;
  /** The contents of an attachment. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** The provider's text, which a partial failure must return. */
  readonly provider?: unknown;
}

/** Finds the credentials at each call, because different callers can update and destroy the same case. */
export function dependenciesOf(config: Config | undefined, provider?: unknown): Dependencies {
  ignoreClosedPipes();
  const settings = readGoogleSettings((key) => config?.get(key));
  const transport = createTransport(settings, { beforeWrite: () => assertEngineAlive(process.argv[2]) });
  return {
    api: supportApi(transport),
    // It reports whether the project of a case was deleted, which can be the quota project too.
    resourceManager: resourceManagerApi(withoutDeniedQuotaProject(settings)),
    sleep,
    // The engine shows the output among the stack's diagnostics.
    log: (text) => console.log(sanitized(text)),
    readFile,
    provider,
  };
}

/** The maximum number of attempts, and the wait before each confirmation, in milliseconds. */
const writes = { tries: 3, wait: 1000 };

/**
 * If the response to a write is ambiguous, checks whether it had an effect before it is sent again or fails.
 *
 * @param write Sends the request.
 * @param findResult Returns the result of the write, or undefined if it had no effect.
 */
export async function confirmWrite<Result>(
  { sleep }: Pick<Dependencies, "sleep">,
  write: () => Promise<Result>,
  findResult: () => Promise<Result | undefined>,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await write();
    } catch (error) {
      if (!isAmbiguous(error)) throw error;
      await sleep(writes.wait);
      const result = await findResult();
      if (result !== undefined) return result;
      if (tries === writes.tries) throw error;
    }
  }
}

/** The timeout of a connection to the engine, in milliseconds. The engine runs on the same machine. */
const connectTimeout = 10_000;

/**
 * Fails if the engine that started this process no longer runs. A provider outlives a killed engine, and the next `pulumi up`
 * would repeat its writes.
 *
 * @param address The engine's address, `host:port`, which is the first argument of every provider. Other values mean that
 *   there is no engine, as in `care`.
 */
export async function assertEngineAlive(address: string | undefined): Promise<void> {
  const [, host, port] = /^\[?([\w.:-]+?)\]?:(\d+)$/.exec(address ?? "") ?? [];
  if (host === undefined || port === undefined) return;
  await new Promise<void>((resolve, reject) => {
    const socket = connect({ host, port: Number(port), timeout: connectTimeout });
    const fail = () => {
      socket.destroy();
      reject(
        new Error("Pulumi is no longer running, so nothing more is sent; the next `pulumi up` continues from here"),
      );
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
 * Ignores errors of closed pipes after the engine was killed. Otherwise Pulumi's provider process logs each error to the same
 * closed pipe, in an endless loop.
 */
export function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr])
    if (!stream.listeners("error").includes(ignore)) stream.on("error", ignore);
}

function ignore(): void {
  // Nothing reads the pipe now.
}

/**
 * An error that also returns the created case to the engine, although a later step failed. The case is then in the state, and
 * the next update continues from there. The engine shows only `reasons`, and needs the provider's text in the properties for a
 * later refresh or destroy.
 */
export function partialFailure(outputs: SupportCaseOutputs, provider: unknown, reason: string): Error {
  const properties = provider === undefined ? outputs : { ...outputs, __provider: provider };
  return Object.assign(new Error(reason), { id: outputs.name, properties, reasons: [reason] });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
