/** The version of the plugin that this one stands in for. */
export const version = "9.35.0";

/** What the stand-in says of anything that it has not been taught: a guess could differ from the real plugin. */
export function refusal(what: string): string {
  return `${what}. The real plugin is needed for it: pulumi plugin install resource gcp ${version}`;
}
