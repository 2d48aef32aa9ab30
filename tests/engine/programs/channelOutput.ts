/** Alerts whose notification channel is an Output: one that is known already, or only in the update. */
import * as pulumi from "@pulumi/pulumi";
import { ServiceHealthAlerts } from "../../../components/index.ts";

const config = new pulumi.Config("own");
const channel = config.require("channel");
const isLater = config.get("isLater") === "true";
const { output } = new pulumi.Stash("later", { input: pulumi.runtime.isDryRun() ? pulumi.runtime.unknownValue : "1" });

new ServiceHealthAlerts("alerts", {
  projectId: "shop-dev",
  notify: [
    ...(config.getObject<string[]>("addresses") ?? []),
    isLater ? output.apply(() => channel) : pulumi.output(channel),
  ],
});
