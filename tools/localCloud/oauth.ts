/**
 * Issues access tokens: the Security Token Service and Google's OAuth 2 token endpoint. It verifies nothing, and trusts that
 * the credential belongs to the seeded principal in it.
 *
 * Sources: https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token (RFC 8693),
 * https://developers.google.com/identity/protocols/oauth2 (RFC 6749, RFC 7523).
 */
import { z } from "zod";
import type { Api, Call } from "./api.ts";
import { findPrincipal, mintAccessToken, tokenLifetimeSeconds } from "./authentication.ts";
import { ApiError } from "./errors.ts";
import type { Principal } from "./state.ts";

const tokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange";
const jwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const accessTokenType = "urn:ietf:params:oauth:token-type:access_token";

/** An error in OAuth's format, which differs from Google's. */
class OAuthError extends ApiError {
  readonly #error: string;

  constructor(error: string, description: string) {
    super("INVALID_ARGUMENT", description);
    this.#error = error;
  }

  override body(): Record<string, unknown> {
    return { error: this.#error, error_description: this.message };
  }
}

const formSchema = z.record(z.string(), z.string());

/** The request's parameters, from a form or from JSON. */
function parameters({ contentType, bytes }: Call): Record<string, string> {
  const text = bytes.toString("utf8");
  if (!/^application\/json\b/i.test(contentType)) return Object.fromEntries(new URLSearchParams(text));
  try {
    return formSchema.parse(JSON.parse(text));
  } catch {
    throw new OAuthError("invalid_request", "The body is not a JSON object of strings.");
  }
}

function principalNamed(call: Call, name: string): Principal {
  const principal = findPrincipal(call.context.state, name);
  if (principal === undefined) throw new OAuthError("invalid_grant", `The credential names no principal: ${name}`);
  return principal;
}

/** The issuer of a JSON Web Token, or the principal that it acts for. */
function jwtSubject(assertion: string): string {
  const claims = z.object({ iss: z.string(), sub: z.string().optional() });
  try {
    const payload = Buffer.from(assertion.split(".")[1] ?? "", "base64url").toString("utf8");
    const { iss, sub } = claims.parse(JSON.parse(payload));
    return sub ?? iss;
  } catch {
    throw new OAuthError("invalid_grant", "The assertion is not a JSON Web Token.");
  }
}

function exchangeToken(call: Call): object {
  const { grantType = "", subjectToken = "" } = camelCaseParameters(call);
  if (grantType !== tokenExchange) throw new OAuthError("unsupported_grant_type", `Not a token exchange: ${grantType}`);
  const principal = principalNamed(call, subjectToken.trim());
  return {
    access_token: mintAccessToken(call.context, principal, tokenLifetimeSeconds),
    issued_token_type: accessTokenType,
    token_type: "Bearer",
    expires_in: tokenLifetimeSeconds,
  };
}

/** The Security Token Service accepts both spellings. */
function camelCaseParameters(call: Call): { grantType?: string | undefined; subjectToken?: string | undefined } {
  const given = parameters(call);
  return {
    grantType: given["grant_type"] ?? given["grantType"],
    subjectToken: given["subject_token"] ?? given["subjectToken"],
  };
}

function token(call: Call): object {
  const { grant_type: grantType = "", refresh_token: refreshToken = "", assertion = "" } = parameters(call);
  const named =
    grantType === "refresh_token" ? refreshToken : grantType === jwtBearer ? jwtSubject(assertion) : undefined;
  if (named === undefined) throw new OAuthError("unsupported_grant_type", `Invalid grant_type: ${grantType}`);
  const principal = principalNamed(call, named);
  return {
    access_token: mintAccessToken(call.context, principal, tokenLifetimeSeconds),
    expires_in: tokenLifetimeSeconds,
    scope: "https://www.googleapis.com/auth/cloud-platform",
    token_type: "Bearer",
  };
}

/**
 * The principal of an access token, with an address only if it has one. Source: OAuth2Client.getTokenInfo of
 * google-auth-library
 */
function tokenInfo({ authorization = "", context: { state, clock } }: Call): object {
  const [, accessToken = ""] = /^Bearer (\S+)$/i.exec(authorization) ?? [];
  const known = state.accessTokens.get(accessToken);
  if (known === undefined || (known.expiresAt !== undefined && clock.now() >= known.expiresAt))
    throw new OAuthError("invalid_token", "Invalid Value");
  const [, email] = /^(?:user|serviceAccount):(.+)$/.exec(known.principal) ?? [];
  const expiresIn = known.expiresAt === undefined ? tokenLifetimeSeconds : (known.expiresAt - clock.now()) / 1000;
  return {
    scope: "https://www.googleapis.com/auth/cloud-platform",
    expires_in: String(Math.floor(expiresIn)),
    ...(email === undefined ? {} : { email, email_verified: "true" }),
    access_type: "online",
  };
}

export const securityTokenService: Api = {
  service: "sts.googleapis.com",
  title: "Security Token Service API",
  package: "google.identity.sts.v1",
  prefix: "sts",
  access: "open",
  methods: [{ rpc: "SecurityTokenService.ExchangeToken", http: ["POST /v1/token"], handle: exchangeToken }],
};

export const oauth2: Api = {
  service: "oauth2.googleapis.com",
  title: "Google OAuth 2.0",
  package: "google.oauth2",
  prefix: "oauth2",
  access: "open",
  methods: [
    { rpc: "OAuth2.Token", http: ["POST /token"], handle: token },
    { rpc: "OAuth2.TokenInfo", http: ["POST /tokeninfo"], handle: tokenInfo },
  ],
};
