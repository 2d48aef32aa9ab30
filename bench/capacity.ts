/** How much the local cloud can answer, to show that it is not what the contenders wait for. */
import autocannon from "autocannon";
import type { BenchCloud } from "./cloud.ts";
import { projectIds } from "./work.ts";

const seconds = 3;

/** Requests answered in a second, of the kind that both contenders send most: the list of a project's services. */
export async function capacityOf(cloud: BenchCloud): Promise<number> {
  const [project = ""] = projectIds(1);
  const { requests, non2xx, errors } = await autocannon({
    url: `${cloud.gcpConfig["serviceUsageCustomEndpoint"] ?? ""}projects/${project}/services?filter=state:ENABLED`,
    headers: { authorization: `Bearer ${cloud.environment["GOOGLE_OAUTH_ACCESS_TOKEN"] ?? ""}` },
    connections: 50,
    duration: seconds,
  });
  if (non2xx + errors > 0) throw new Error(`The local cloud refused ${String(non2xx + errors)} requests.`);
  return requests.average;
}
