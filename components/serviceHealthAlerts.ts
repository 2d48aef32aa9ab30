import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { alertChannelFor, alertContent, alertPolicyFor } from "../guide/index.ts";
import {
  checkedId,
  doubtfulFilterRemedy,
  doubtfulFilters,
  lateUserError,
  serviceHealthOfArgs,
  withoutUndefined,
} from "../onboarding/index.ts";
import type { AcknowledgingArgs, AlertFilterArgs, ServiceHealthAlerts as Alerts } from "../onboarding/index.ts";
import { rememberAcknowledged, warn } from "./acknowledge.ts";
import { claim } from "./claims.ts";
import { preventLosses } from "./endOfProgram.ts";
import { alertChannelThing, alertPolicyThing } from "./formerState.ts";
import { componentTypes } from "./supportCase/componentTypes.ts";
import { alertPolicyType, channelType } from "./gcpTypes.ts";
import { formerNames } from "./names.ts";
import { valueOf } from "./outputs.ts";
import { withProjectId } from "./places.ts";
import type { ChildOptions, LocatedPlace } from "./places.ts";
import { propagationHooks } from "./propagation.ts";
import { readinessHooks, whenPlaceReady } from "./readiness.ts";
import type { Ready } from "./readiness.ts";
import { currentRun } from "./run.ts";
import { printsAdvice } from "./operation.ts";
import type { RunContext } from "./run.ts";
import { whenPendingRead } from "./unrecordedAlerts.ts";

const type = componentTypes.serviceHealthAlerts;

type AlertsOfArgs = Alerts<pulumi.Input<string>>;

export interface ServiceHealthAlertsArgs extends AlertFilterArgs, AcknowledgingArgs {
  /** The project's ID. */
  readonly projectId: pulumi.Input<string>;
  /** Who is notified: e-mail addresses, and names of existing notification channels of the project. */
  readonly notify: readonly pulumi.Input<string>[];
}

/**
 * Notifies people of the incidents that Service Health reports for a project (guide row G6 Service Health): a notification channel
 * for each e-mail address, and one alert policy. The project needs the services Service Health, Cloud Logging and Cloud Monitoring.
 */
export class ServiceHealthAlerts extends pulumi.ComponentResource {
  readonly projectId: pulumi.Output<string>;
  /** The alert policy: `projects/ID/alertPolicies/NUMBER`. */
  readonly alertPolicy: pulumi.Output<string>;

  constructor(name: string, args: ServiceHealthAlertsArgs, opts?: pulumi.ComponentResourceOptions) {
    const run = currentRun();
    const { projectId, ...asked } = withoutUndefined(args);
    const alerts = serviceHealthOfArgs(name, asked);
    const ofProject = pulumi.output(withProjectId(run, `${name}:projectId`, checkedId(name, "projectId", projectId)));
    super(type, name, {}, opts);
    rememberAcknowledged(run, this, asked.acknowledge);
    preventLosses(run, this);
    this.projectId = ofProject;
    void warnOfFilters(run, name, this, alerts);
    const ready = whenPlaceReady(run, name, this, { projectId }, { alerts }, opts, []);
    const options = { parent: this, hooks: hooksOf(run, name, this) };
    this.alertPolicy = createAlerts(run, name, ofProject, alerts, ready ?? [], options).policy.name;
    this.registerOutputs({ projectId: this.projectId, alertPolicy: this.alertPolicy });
  }
}

async function warnOfFilters(run: RunContext, name: string, component: ServiceHealthAlerts, alerts: AlertsOfArgs) {
  if (!printsAdvice(run)) return;
  for (const { value, what } of doubtfulFilters(alerts)) {
    const advice = { id: "alert-filter-unknown", where: value } as const;
    await warn(run, component, advice, `${name}: ${what}; ${doubtfulFilterRemedy}`);
  }
}

/** The resources of a project's alerts. */
export interface AlertResources {
  readonly channels: readonly gcp.monitoring.NotificationChannel[];
  readonly policy: gcp.monitoring.AlertPolicy;
}

/** The alerts of all projects, in one component for the same reason as SupportAccessOfPlaces. */
export class ServiceHealthAlertsOfPlaces extends pulumi.ComponentResource {
  readonly of: (place: LocatedPlace) => AlertResources | undefined;

  /** @param neededBy The resources that the alerts of a place depend on. */
  constructor(
    run: RunContext,
    name: string,
    places: readonly LocatedPlace[],
    neededBy: (place: LocatedPlace) => readonly pulumi.Resource[],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super(type, name, {}, opts);
    const options = { parent: this, hooks: hooksOf(run, name, this) };
    const resources = new Map(
      places.flatMap((place) => {
        if (place.alerts === undefined) return [];
        const { name: placeName, scope, alerts } = place;
        return [[place, createAlerts(run, placeName, scope.id, alerts, neededBy(place), options)] as const];
      }),
    );
    this.of = (place) => resources.get(place);
    this.registerOutputs();
  }
}

function hooksOf(run: RunContext, name: string, component: pulumi.Resource): pulumi.ResourceHookBinding {
  return {
    ...propagationHooks(run, `${name}/alerts`, { component }),
    ...readinessHooks(run, `${name}/alerts`, component),
  };
}

function createAlerts(
  run: RunContext,
  placeName: string,
  project: pulumi.Output<string>,
  alerts: AlertsOfArgs,
  needed: Ready | readonly pulumi.Resource[],
  { parent, ...options }: ChildOptions,
): AlertResources {
  const where = pulumi.interpolate`projects/${project}`;
  const channelName = (email: string) => `${placeName}/alerts/${email}`;
  const policyName = `${placeName}/alerts/serviceHealth`;
  const pending = whenPendingRead(run, [
    { name: policyName, type: alertPolicyType, parent },
    ...alerts.addresses.map((email) => ({ name: channelName(email), type: channelType, parent })),
  ]);
  const recipients = alerts.channels.map((channel) => requireSameProject(run, policyName, channel, project));
  // A wrong one fails before an e-mail channel is created.
  const checked = run.isMocked ? undefined : valueOf(pulumi.all(recipients));
  const optionsOf = (name: string, resourceType: string, thing: pulumi.Output<string>) => ({
    ...options,
    parent,
    dependsOn: Promise.all([needed, pending, checked]).then(([one, other]) => [...one, ...other]),
    aliases: formerNames(run, { name, type: resourceType, parent }, thing),
  });
  const channels = alerts.addresses.map((email) => {
    const name = channelName(email);
    const thing = where.apply((place) => alertChannelThing(email, place));
    return new gcp.monitoring.NotificationChannel(
      name,
      { project, ...alertChannelFor(email) },
      optionsOf(name, channelType, thing),
    );
  });
  const thing = where.apply(alertPolicyThing);
  claim(run, { name: policyName, parent }, "alerts", thing, where);
  // Pulumi updates the policy before it deletes a channel that the policy no longer has.
  const policy = new gcp.monitoring.AlertPolicy(
    policyName,
    {
      project,
      ...alertPolicyFor(alerts),
      documentation: { content: project.apply(alertContent) },
      notificationChannels: [...channels.map((channel) => channel.name), ...recipients],
    },
    optionsOf(policyName, alertPolicyType, thing),
  );
  return { channels, policy };
}

/** The channel. An Output fails if it is a channel of another project, which Google would reject. */
function requireSameProject(
  run: RunContext,
  name: string,
  channel: pulumi.Input<string>,
  project: pulumi.Output<string>,
): pulumi.Input<string> {
  if (run.isMocked) return channel;
  return pulumi.all([channel, project]).apply(([value, id]) => {
    if (value.startsWith(`projects/${id}/`)) return value;
    throw lateUserError(
      `${name}: ${JSON.stringify(value)} belongs to another project, and a policy of ${id} can use only channels of ${id}; write the name of one of its channels, or an e-mail address`,
      "config",
    );
  });
}
