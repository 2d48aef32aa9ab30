/**
 * Google's JSON error model: https://cloud.google.com/apis/design/errors, google/rpc/status.proto,
 * google/rpc/error_details.proto, google/api/error_reason.proto.
 */

/** The HTTP code of each google.rpc.Code (google/rpc/code.proto). */
export const httpCodes = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  OUT_OF_RANGE: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  ABORTED: 409,
  RESOURCE_EXHAUSTED: 429,
  CANCELLED: 499,
  UNKNOWN: 500,
  INTERNAL: 500,
  DATA_LOSS: 500,
  UNIMPLEMENTED: 501,
  UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
} as const;

export type Status = keyof typeof httpCodes;

/** The most common google.rpc.Code of an HTTP code. */
export function statusOfHttpCode(code: number): Status {
  if (code === 409) return "ABORTED";
  if (code === 500) return "INTERNAL";
  const found = (Object.keys(httpCodes) as Status[]).find((status) => httpCodes[status] === code);
  return found ?? (code < 500 ? "INVALID_ARGUMENT" : "UNAVAILABLE");
}

/** The default message for a status. */
const defaultMessages: Partial<Record<Status, string>> = {
  INVALID_ARGUMENT: "Request contains an invalid argument.",
  FAILED_PRECONDITION: "Precondition check failed.",
  PERMISSION_DENIED: "The caller does not have permission",
  NOT_FOUND: "Requested entity was not found.",
  ALREADY_EXISTS: "Requested entity already exists",
  ABORTED: "The operation was aborted.",
  RESOURCE_EXHAUSTED: "Resource has been exhausted (e.g. check quota).",
  INTERNAL: "Internal error encountered.",
  UNAVAILABLE: "The service is currently unavailable.",
  UNIMPLEMENTED: "Operation is not implemented, or supported, or enabled.",
  DEADLINE_EXCEEDED: "Deadline expired before operation could complete.",
};

export interface ErrorDetail {
  readonly "@type": string;
  readonly [field: string]: unknown;
}

/** One entry of `errors`, which Google's older APIs return in addition to `details`. */
export interface LegacyError {
  readonly message: string;
  readonly domain: string;
  readonly reason: string;
}

export interface ErrorExtras {
  readonly code?: number;
  readonly details?: readonly ErrorDetail[];
  readonly errors?: readonly LegacyError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error that is returned in Google's format. */
export class ApiError extends Error {
  readonly code: number;
  readonly status: Status;
  readonly extras: ErrorExtras;

  constructor(status: Status, message?: string, extras: ErrorExtras = {}) {
    super(message ?? defaultMessages[status] ?? status);
    this.name = "ApiError";
    this.status = status;
    this.code = extras.code ?? httpCodes[status];
    this.extras = extras;
  }

  /** The reply's body. */
  body(): Record<string, unknown> {
    const { details, errors } = this.extras;
    return {
      error: {
        code: this.code,
        message: this.message,
        ...(errors === undefined ? {} : { errors }),
        status: this.status,
        ...(details === undefined ? {} : { details }),
      },
    };
  }
}

/** A google.rpc.ErrorInfo. */
export function errorInfo(reason: string, domain: string, metadata: Record<string, string>): ErrorDetail {
  return { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason, domain, metadata };
}

/** 400 with the field, as google.rpc.BadRequest. */
export function invalidArgument(field: string, description: string): ApiError {
  return new ApiError("INVALID_ARGUMENT", `Invalid value at '${field}': ${description}`, {
    details: [{ "@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations: [{ field, description }] }],
  });
}

/** 400 for an operation that the resource's state does not allow. */
export function failedPrecondition(message: string): ApiError {
  return new ApiError("FAILED_PRECONDITION", message);
}

export function notFound(): ApiError {
  return new ApiError("NOT_FOUND");
}

/** 403 of Resource Manager, which does not reveal whether the resource exists. */
export function callerDoesNotHavePermission(): ApiError {
  return new ApiError("PERMISSION_DENIED");
}

/** 403 of most other APIs. */
export function permissionDenied(service: string, permission: string, resource: string): ApiError {
  const message = `Permission '${permission}' denied on resource '//${service}/${resource}' (or it may not exist).`;
  return new ApiError("PERMISSION_DENIED", message, {
    details: [errorInfo("IAM_PERMISSION_DENIED", service, { permission, resource })],
  });
}

/** Cloud Monitoring's 400 for a missing field. */
export function missingField(field: string): ApiError {
  return new ApiError("INVALID_ARGUMENT", `Request was missing field ${field}.`);
}

/** Cloud Monitoring's 400 for a value. */
export function invalidField(field: string, value: string, reason: string): ApiError {
  return new ApiError("INVALID_ARGUMENT", `Field ${field} had an invalid value of "${value}": ${reason}`);
}

/** 501 for what Google has and the local cloud does not implement. */
export function notEmulated(what: string): ApiError {
  return new ApiError("UNIMPLEMENTED", `The local cloud does not emulate ${what}`);
}

/** 400 for an API key. The local cloud has none, and Google checks a key also next to an access token. */
export function invalidApiKey(): ApiError {
  return new ApiError("INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", {
    details: [errorInfo("API_KEY_INVALID", "googleapis.com", {})],
  });
}

/** 409 for a conflicting read-modify-write. */
export function concurrentPolicyChanges(requested: string, current: string): ApiError {
  const message =
    "There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff. " +
    `The request's ETag '${requested}' did not match the current policy's ETag '${current}'.`;
  return new ApiError("ABORTED", message, { errors: [{ message, domain: "global", reason: "aborted" }] });
}
