/**
 * The case's description: the console's form has fields for which the API has none, and writes them here (guide row G4 test case).
 */
import type { CaseChannel } from "../../guide/index.ts";
import type { CaseForm, MadeCaseInputs } from "./properties.ts";

const channels: Record<CaseChannel, string> = { email: "E-mail", chat: "Live chat" };

export function caseDescription(inputs: CaseForm & Pick<MadeCaseInputs, "marker">): string {
  return [caseText(inputs), "", inputs.marker].join("\n");
}

/** All but the marker. */
export function caseText(inputs: CaseForm): string {
  return [
    inputs.description,
    "",
    `Error message: ${inputs.errorMessage}`,
    `Business impact: ${inputs.businessImpact}`,
    `VM instances: ${inputs.vmInstances}`,
    `Third-party support authorization: ${inputs.thirdPartyAuthorization ? "Yes" : "No"}`,
    `Preferred channel: ${channels[inputs.channel]}`,
  ].join("\n");
}
