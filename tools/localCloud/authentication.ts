/** Finds the caller from the request's access token. */
import type { Context } from "./api.ts";
import { ApiError, errorInfo } from "./errors.ts";
import { nextNumber } from "./state.ts";
import type { Principal, State } from "./state.ts";

/** The default lifetime of Google's access tokens is one hour. */
export const tokenLifetimeSeconds = 3600;

const invalidCredentials =
  "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid " +
  "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.";

const missingCredentials =
  "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid " +
  "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.";

/** As for the methods of other APIs that act for a principal: https://discuss.ai.google.dev/t/where-can-i-find-the-error-format-doc/115017 */
const apiKeysUnsupported =
  "API keys are not supported by this API. Expected OAuth2 access token or other authentication credentials that " +
  "assert a principal. See https://cloud.google.com/docs/authentication";

/** The principal of an Authorization header, or 401. */
export function authenticate(
  { state, clock }: Context,
  authorization: string | undefined,
  target: { readonly service: string; readonly method: string },
  { hasApiKey }: { readonly hasApiKey: boolean },
): Principal {
  const [, token] = /^Bearer (\S+)$/i.exec(authorization ?? "") ?? [];
  if (token === undefined)
    throw unauthenticated(hasApiKey ? apiKeysUnsupported : missingCredentials, "CREDENTIALS_MISSING", target);
  const known = state.accessTokens.get(token);
  const principal = known === undefined ? undefined : state.principals.get(known.principal);
  if (known === undefined || principal === undefined)
    throw unauthenticated(invalidCredentials, "ACCESS_TOKEN_TYPE_UNSUPPORTED", target);
  if (known.expiresAt !== undefined && clock.now() >= known.expiresAt)
    throw unauthenticated(invalidCredentials, "ACCESS_TOKEN_EXPIRED", target);
  return principal;
}

function unauthenticated(message: string, reason: string, target: { service: string; method: string }): ApiError {
  return new ApiError("UNAUTHENTICATED", message, { details: [errorInfo(reason, "googleapis.com", target)] });
}

/** A new access token for the principal. */
export function mintAccessToken({ state, clock }: Context, principal: Principal, lifetimeSeconds: number): string {
  const token = `ya29.local-${nextNumber(state, "accessTokens")}`;
  state.accessTokens.set(token, {
    principal: principal.principal,
    expiresAt: clock.now() + lifetimeSeconds * 1000,
  });
  return token;
}

/** A seeded principal by its name in a policy or by its e-mail address. */
export function findPrincipal(state: State, name: string): Principal | undefined {
  return (
    state.principals.get(name) ?? state.principals.get(`serviceAccount:${name}`) ?? state.principals.get(`user:${name}`)
  );
}
