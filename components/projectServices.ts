import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { ServiceName } from "../guide/index.ts";
import type { AcknowledgingArgs } from "../onboarding/index.ts";
import { checkedId, modelOf, placeOfArgs, withoutUndefined } from "../onboarding/index.ts";
import { rememberAcknowledged } from "./acknowledge.ts";
import { componentTypes } from "./supportCase/componentTypes.ts";
import { preventLosses } from "./endOfProgram.ts";
import { servicesThing } from "./formerState.ts";
import { formerNames } from "./names.ts";
import { withProjectId } from "./places.ts";
import type { LocatedPlace } from "./places.ts";
import { recordService } from "./propagation.ts";
import { readinessHooks, whenPlaceReady } from "./readiness.ts";
import { currentRun } from "./run.ts";

export interface ProjectServicesArgs extends AcknowledgingArgs {
  /** The project's ID. */
  readonly projectId: pulumi.Input<string>;
  /** The services to enable. The component never disables one. @default Cloud Support, Essential Contacts and Service Health */
  readonly services?: readonly ServiceName[] | undefined;
}

/**
 * Enables the services of a project that Customer Care needs (guide row G2 services). It never disables a service, because
 * others may use it by then.
 */
export class ProjectServices extends pulumi.ComponentResource {
  readonly projectId: pulumi.Output<string>;
  /** The enabled services, sorted. */
  readonly services: pulumi.Output<string[]>;
  /** @internal The resource of each service, for dependencies on a single one. */
  readonly enabled: ReadonlyMap<string, gcp.projects.Service>;
  /** Whether it is one of many in a CustomerCare. */
  private readonly isPart: boolean;

  constructor(name: string, args: ProjectServicesArgs, opts?: pulumi.ComponentResourceOptions) {
    const run = currentRun();
    // CustomerCare has already checked the args of its children.
    const place = modelOf<LocatedPlace>(args);
    const { projectId, ...asked } = withoutUndefined(args);
    const { services } = place ?? placeOfArgs(name, "project", asked, ["services"], run.namedMembersKey);
    const ofProject =
      place?.scope.id ??
      pulumi.output(withProjectId(run, `${name}:projectId`, checkedId(name, "projectId", projectId)));
    const named = { name, type: componentTypes.projectServices, parent: opts?.parent };
    const aliases = [...(opts?.aliases ?? []), ...formerNames(run, named, ofProject.apply(servicesThing))];
    super(componentTypes.projectServices, name, {}, { ...opts, aliases });
    this.isPart = place !== undefined;
    rememberAcknowledged(run, this, asked.acknowledge);
    preventLosses(run, this);
    this.projectId = ofProject;
    const names = [...services].sort();
    const ready = whenPlaceReady(run, name, this, { projectId }, { services }, opts);
    const options = { parent: this, hooks: readinessHooks(run, name, this), ...(ready && { dependsOn: ready }) };
    for (const service of names) recordService(run, service, this.projectId);
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

  /**
   * Only registers outputs of a component that a program creates itself: the engine would write the whole state once more for each
   * project. The SDK also calls this, without outputs.
   */
  protected override registerOutputs(outputs?: pulumi.Inputs): void {
    if (!this.isPart) super.registerOutputs(outputs);
  }
}
