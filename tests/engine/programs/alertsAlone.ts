/** A program with ServiceHealthAlerts alone; its config has how the APIs are enabled, and what the component gets. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { ProjectServices, ServiceHealthAlerts } from "../../../components/index.ts";
import { alertServices } from "../../../guide/index.ts";

const config = new pulumi.Config("alone");
const project = config.require("projectId");
const services = config.get("services");

const alerts = new ServiceHealthAlerts(
  "alerts",
  {
    projectId: config.get("isOutput") === "true" ? pulumi.output(project) : project,
    notify: ["one@example.com"],
    acknowledge: config.getObject<Record<string, string>>("acknowledge") ?? {},
  },
  // A component that depends on others is not checked before.
  config.get("isDependent") === "true" ? { dependsOn: new pulumi.Stash("other", { input: "" }) } : {},
);
if (services === "component") new ProjectServices("services", { projectId: project, services: [...alertServices] });
if (services === "plain" || services === "later")
  for (const service of alertServices)
    new gcp.projects.Service(
      service,
      { project, service, disableOnDestroy: false },
      services === "later" ? { dependsOn: [alerts] } : {},
    );
