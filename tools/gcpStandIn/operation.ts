import { minute } from "./clock.ts";
import { hasCode, rephrase } from "./googleApiError.ts";
import { isRetryable, retry } from "./retry.ts";
import { isProperties, textOf } from "./values.ts";

import type { Api } from "./configuration.ts";
import type { Provider } from "./provider.ts";
import type { Properties } from "./values.ts";

const requestTimeout = 5 * minute;
const notFoundChecks = 20;

/** The API and the timeout of an operation. */
export interface Waiting {
  api: Api;
  /** The quota project. */
  userProject?: string | undefined;
  /** What the operation does, in errors. */
  activity: string;
  timeout: number;
}

/** Waits until an operation is done. @throws Error if it fails or times out */
export async function waitForOperation(provider: Provider, operation: Properties, waiting: Waiting): Promise<void> {
  const { name } = operation;
  // Without a name, the operation is already done.
  if (typeof name !== "string" || name === "") return;
  if (operation["done"] === true) return throwError(operation);
  try {
    await poll(provider, name, waiting);
  } catch (error) {
    throw rephrase(`Error waiting for ${waiting.activity}: `, error);
  }
}

async function poll(provider: Provider, name: string, waiting: Waiting): Promise<void> {
  const { api, userProject, timeout } = waiting;
  const { apis, clock, configuration } = provider;
  const deadline = clock.now() + timeout;
  const ask = (): Promise<Properties> => apis.raw({ api, method: "GET", path: name, userProject });
  for (let notFound = 0; ;) {
    try {
      const operation = await retry(ask, { clock, timeout: requestTimeout });
      throwError(operation);
      if (operation["done"] === true) return;
      notFound = 0;
    } catch (error) {
      // A new operation can be temporarily missing.
      if (!hasCode(error, 404) && !isRetryable(error))
        throw error instanceof OperationError ? error : rephrase("error while retrieving operation: ", error);
      notFound += 1;
      if (notFound > notFoundChecks) throw new Error(`couldn't find resource (${notFound} retries)`, { cause: error });
    }
    if (clock.now() + configuration.pollInterval > deadline) {
      const limit = `${Math.round(timeout / minute)}m0s`;
      throw new Error(
        `timeout while waiting for state to become 'done: true' (last state: 'done: false', timeout: ${limit})`,
      );
    }
    await clock.sleep(configuration.pollInterval);
  }
}

class OperationError extends Error {}

function throwError(operation: Properties): void {
  const { error } = operation;
  if (!isProperties(error)) return;
  throw new OperationError(`Error code ${textOf(error["code"] ?? 0)}, message: ${textOf(error["message"])}`);
}
