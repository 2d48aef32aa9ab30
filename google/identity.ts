/**
 * Whose credential it is, as Google's OAuth 2 token endpoint tells it.
 *
 * Source: OAuth2Client.getTokenInfo of google-auth-library, which asks the same
 */
import type { Transport } from "./transport.ts";

/**
 * The principal as a policy names it, such as `user:ada@example.com`. Undefined where the token tells no address: a
 * federated principal has none, and a person may have withheld hers.
 *
 * @throws GoogleError
 */
export async function callerPrincipal(transport: Transport): Promise<string | undefined> {
  const { oauth2CustomEndpoint, universeDomain = "googleapis.com" } = transport.settings;
  const { email } = await transport.request<{ email?: string }>({
    method: "POST",
    baseUrl: oauth2CustomEndpoint ?? `https://oauth2.${universeDomain}/`,
    path: "tokeninfo",
    isRead: true,
  });
  if (email === undefined) return undefined;
  return `${email.endsWith(".gserviceaccount.com") ? "serviceAccount" : "user"}:${email.toLowerCase()}`;
}
