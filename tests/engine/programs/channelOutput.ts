/** Alerts whose notification channel is an Output that is known already. */
import * as pulumi from "@pulumi/pulumi";
import { ServiceHealthAlerts } from "../../../components/index.ts";

const channel = pulumi.output(new pulumi.Config("own").require("channel"));

new ServiceHealthAlerts("alerts", { projectId: "shop-dev", notify: [channel] });
