/** Long-running operations (google/longrunning/operations.proto). Their effect is immediate. */
import type { Context } from "./api.ts";
import { notFound } from "./errors.ts";
import { nextNumber } from "./state.ts";
import type { Operation, ResourceName } from "./state.ts";

export interface OperationResult {
  readonly service: string;
  /** The prefix of the operation's name: `operations/cp.`. */
  readonly prefix: string;
  /** The resource on which reading it requires a permission. */
  readonly resource: ResourceName;
  /** The type of the response, such as `google.api.serviceusage.v1.EnableServiceResponse`. */
  readonly type: string;
  readonly response: object;
}

/** Starts an operation, which is done immediately, or after the number of polls in the settings. */
export function startOperation({ state, faults }: Context, result: OperationResult): object {
  const operation: Operation = {
    name: `${result.prefix}${nextNumber(state, "operations", 7000001)}`,
    service: result.service,
    resource: result.resource,
    pollsLeft: faults.settings.operationPolls,
    response: { "@type": `type.googleapis.com/${result.type}`, ...result.response },
  };
  state.operations.set(operation.name, operation);
  return operationMessage(operation);
}

/** One poll of an operation. */
export function pollOperation(operation: Operation): object {
  operation.pollsLeft = Math.max(0, operation.pollsLeft - 1);
  return operationMessage(operation);
}

/** An operation of that service, or 404. */
export function findOperation({ state }: Context, service: string, name: string): Operation {
  const operation = state.operations.get(name);
  if (operation?.service !== service) throw notFound();
  return operation;
}

/** An operation as it is now, without a poll. */
export function operationMessage({ name, pollsLeft, response }: Operation): object {
  return pollsLeft > 0 ? { name } : { name, done: true, response };
}
