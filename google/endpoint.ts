/**
 * The base URL of an API. The gcp provider requires a version at the end of a custom endpoint. This ignores that version,
 * because it can differ (v2beta for the provider's own Cloud Support resource).
 */
export function apiBaseUrl(api: string, version: string, universeDomain = "googleapis.com", customEndpoint?: string) {
  const root = (customEndpoint ?? `https://${api}.${universeDomain}/`).replace(/(\/v\d[^/]*)?\/*$/, "");
  return `${root}/${version}/`;
}
