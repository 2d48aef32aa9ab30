/**
 * IAM Service Account Credentials v1: access tokens for callers that can impersonate a service account.
 * https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts
 */
import { z } from "zod";
import { hasPermission, variable } from "./api.ts";
import type { Api, Call } from "./api.ts";
import { findPrincipal, mintAccessToken, tokenLifetimeSeconds } from "./authentication.ts";
import { timestamp } from "./clock.ts";
import { ApiError, errorInfo, invalidArgument } from "./errors.ts";
import { parseMessage } from "./message.ts";
import { serviceTitle } from "./serviceCatalogue.ts";
import type { Principal } from "./state.ts";

const service = "iamcredentials.googleapis.com";
const permission = "iam.serviceAccounts.getAccessToken";

const accessTokenRequest = z.object({
  scope: z.array(z.string()).min(1, "at least one scope"),
  delegates: z.array(z.string()).default([]),
  lifetime: z
    .string()
    .regex(/^\d+s$/, "not a duration")
    .default(`${tokenLifetimeSeconds}s`),
});

/** The service account with a name, if the caller can get tokens for it. */
function impersonate(call: Call, caller: Principal, name: string): Principal {
  const email = name.split("/").at(-1) ?? "";
  const account = call.context.state.serviceAccounts.get(email);
  const principal = findPrincipal(call.context.state, `serviceAccount:${email}`);
  if (account === undefined || principal === undefined || !hasPermission(call.context, caller, permission, account))
    throw new ApiError("PERMISSION_DENIED", `Permission '${permission}' denied on resource (or it may not exist).`, {
      details: [errorInfo("IAM_PERMISSION_DENIED", "iam.googleapis.com", { permission })],
    });
  return principal;
}

function generateAccessToken(call: Call): object {
  const { delegates, lifetime } = parseMessage(accessTokenRequest, call.body);
  const seconds = Number(lifetime.slice(0, -1));
  if (seconds === 0 || seconds > tokenLifetimeSeconds)
    throw invalidArgument("lifetime", `from 1s to ${tokenLifetimeSeconds}s`);
  const chain = [...delegates, variable(call, "name")];
  const principal = chain.reduce((caller, name) => impersonate(call, caller, name), call.principal);
  return {
    accessToken: mintAccessToken(call.context, principal, seconds),
    expireTime: timestamp(call.context.clock.now() + seconds * 1000),
  };
}

export const iamCredentials: Api = {
  service,
  title: serviceTitle(service),
  package: "google.iam.credentials.v1",
  prefix: "iamcredentials",
  access: "credential",
  methods: [
    {
      rpc: "IAMCredentials.GenerateAccessToken",
      handle: generateAccessToken,
    },
  ],
};
