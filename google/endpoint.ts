/**
 * The base URL of an API. A custom endpoint ends in a version, as the gcp provider demands, which may be of another
 * resource of the API (v2beta for the provider's own Cloud Support resource): only what is before it counts.
 */
export function apiBaseUrl(api: string, version: string, universeDomain = "googleapis.com", customEndpoint?: string) {
  const root = (customEndpoint ?? `https://${api}.${universeDomain}/`).replace(/(\/v\d[^/]*)?\/*$/, "");
  return `${root}/${version}/`;
}
