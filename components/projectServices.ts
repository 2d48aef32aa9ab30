import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { defaultServices } from "../guide/index.ts";
import type { ServiceName } from "../guide/index.ts";
import { projectServicesType, servicesThing } from "./formerState.ts";
import { checkedId, checkedLevelArgs, known } from "./inputs.ts";
import { formerNames, refuseLosses } from "./names.ts";
import { rememberService } from "./propagation.ts";
import { refuseWhereNotReady, whenPlaceReady } from "./readiness.ts";

export interface ProjectServicesArgs {
  /** The project's ID. */
  readonly projectId: pulumi.Input<string>;
  /** The services to enable. @default Cloud Support, Essential Contacts and Service Health */
  readonly services?: readonly ServiceName[] | undefined;
}

/**
 * The services of a project that Customer Care needs (guide row G2 services). None is ever disabled: whoever came
 * later may count on it.
 */
export class ProjectServices extends pulumi.ComponentResource {
  readonly projectId: pulumi.Output<string>;
  /** The services that are enabled, sorted. */
  readonly services: pulumi.Output<string[]>;
  /** @internal Each service's own resource, for what needs that one alone. */
  readonly enabled: ReadonlyMap<string, gcp.projects.Service>;

  constructor(name: string, args: ProjectServicesArgs, opts?: pulumi.ComponentResourceOptions) {
    const { projectId, ...asked } = known(args);
    const { services = defaultServices } = checkedLevelArgs(name, "project", asked, ["services"]);
    const checkedProjectId = checkedId(name, "projectId", projectId);
    const ofProject = pulumi.output(checkedProjectId);
    const named = { name, type: projectServicesType, parent: opts?.parent };
    const aliases = [...(opts?.aliases ?? []), ...formerNames(named, ofProject.apply(servicesThing))];
    super(projectServicesType, name, {}, { ...opts, aliases });
    refuseLosses();
    this.projectId = ofProject;
    const names = [...services].sort();
    const ready = whenPlaceReady(name, args, opts);
    const options = { parent: this, hooks: refuseWhereNotReady(name), ...(ready && { dependsOn: ready }) };
    for (const service of names) rememberService(service, this.projectId);
    this.enabled = new Map(
      names.map((service) => [
        service,
        new gcp.projects.Service(
          `${name}/${service}`,
          { project: this.projectId, service, disableOnDestroy: false },
          options,
        ),
      ]),
    );
    this.services = pulumi.output([...this.enabled.values()].map(({ service }) => service));
    this.registerOutputs({ projectId: this.projectId, services: this.services });
  }
}
