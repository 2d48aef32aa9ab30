import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { supportEvents } from "../guide/index.ts";
import {
  checkedId,
  lateUserError,
  modelOf,
  otherProjectProblem,
  supportEventsOfArgs,
  withoutUndefined,
} from "../onboarding/index.ts";
import type { AcknowledgingArgs, SupportEventsInput, SupportEventsModel } from "../onboarding/index.ts";
import { componentTypes } from "./supportCase/componentTypes.ts";
import { rememberAcknowledged } from "./acknowledge.ts";
import { claim } from "./claims.ts";
import { preventLosses } from "./endOfProgram.ts";
import { grantThing, subscriptionThing, topicThing } from "./formerState.ts";
import { subscriptionType, topicGrantType, topicType } from "./gcpTypes.ts";
import { formerNames } from "./names.ts";
import { fullTopicName } from "./obstacles/supportEvents.ts";
import { withProjectId } from "./places.ts";
import { propagationHooks, recordService } from "./propagation.ts";
import { readinessHooks, whenEventsReady } from "./readiness.ts";
import { currentRun } from "./run.ts";
import { rememberUse } from "./usedAsExisting.ts";

export interface SupportEventsArgs extends SupportEventsInput, AcknowledgingArgs {
  /** The organization's number. */
  readonly organizationId: pulumi.Input<string>;
}

/** The args that CustomerCare has already checked. */
export interface CheckedEvents {
  readonly organizationId: pulumi.Output<string>;
  readonly events: SupportEventsModel<pulumi.Input<string>>;
  /** Whether the config of the topic's project enables the Pub/Sub API. */
  readonly isEnabled: boolean;
  /** The config's key of the events, for errors. */
  readonly key: string;
}

/** What must exist for events to be published. An existing topic is not a resource of the component. */
export interface EventResources {
  readonly topics: readonly gcp.pubsub.Topic[];
  readonly grant: gcp.pubsub.TopicIAMMember;
  readonly subscription: gcp.cloudsupport.SupportEventSubscription;
}

/**
 * Publishes the events of all support cases of an organization to a Pub/Sub topic: enables the Pub/Sub API, creates the topic,
 * lets Google publish to it, and subscribes the topic to the events. An existing topic, by its full name, only gets the grant and
 * the subscription, and is never deleted.
 *
 * An organization can have several such subscriptions, each with its own topic: the API lists them in pages, filters them by
 * topic, and documents no limit
 * (https://docs.cloud.google.com/support/docs/reference/rest/v2/supportEventSubscriptions/list).
 */
export class SupportEvents extends pulumi.ComponentResource {
  /** The topic: `projects/ID/topics/NAME`. */
  readonly topic: pulumi.Output<string>;
  /** The subscription: `organizations/NUMBER/supportEventSubscriptions/ID`. */
  readonly subscription: pulumi.Output<string>;
  /** @internal For the checklist. */
  readonly resources: EventResources;

  constructor(name: string, args: SupportEventsArgs, opts?: pulumi.ComponentResourceOptions) {
    const run = currentRun();
    const { organizationId: givenNumber, ...asked } = withoutUndefined(args);
    const { organizationId, events, isEnabled, key } = modelOf<CheckedEvents>(args) ?? {
      organizationId: pulumi.output(checkedId(name, "organizationId", givenNumber)),
      events: supportEventsOfArgs(name, asked),
      isEnabled: false,
      key: undefined,
    };
    const keyOfTopic = key === undefined ? `${name}:topic` : `${key}.topic`;
    super(componentTypes.supportEvents, name, {}, opts);
    rememberAcknowledged(run, this, args.acknowledge);
    preventLosses(run, this);
    const ready = whenEventsReady(run, name, this, givenNumber, events, opts);
    const { service, publisher, publisherRole } = supportEvents;
    const { topic, existingIn } = events;
    if (existingIn !== undefined) {
      const where = `projects/${existingIn}`;
      const message = (own: pulumi.URN) =>
        `${keyOfTopic}: this stack has created ${fullTopicName(where, topic)}, and would delete it if it used it as an existing topic (${own}); write topic: ${topic}`;
      rememberUse(run, { thing: topicThing(topic, where), message });
    }
    const project = pulumi
      .output(withProjectId(run, `${name}:project`, events.project))
      .apply((id) => (run.isMocked ? id : requireTopicProject(keyOfTopic, events, id)));
    // The names contain what identifies the resources, unless it is known only later.
    const prefix = `${name}/${existingIn ?? (typeof events.project === "string" ? events.project : "project")}`;
    const organization = pulumi.interpolate`organizations/${organizationId}`;
    const place = pulumi.interpolate`projects/${project}`;
    const topicName = place.apply((where) => fullTopicName(where, topic));
    const parent = this as pulumi.Resource;
    const hooks = {
      ...propagationHooks(run, `${name}/supportEvents`, { component: this }),
      ...readinessHooks(run, `${name}/supportEvents`, this),
    };
    const dependsOn = ready ?? [];
    const optionsOf = (own: string, type: string, thing: pulumi.Output<string>) => {
      const aliases = formerNames(run, { name: own, type, parent }, thing);
      // With `pulumi up --replace`, the new resource would find the former one in place.
      return { parent, hooks, dependsOn, aliases, deleteBeforeReplace: true };
    };

    let created: gcp.pubsub.Topic | undefined;
    if (existingIn === undefined) {
      if (!isEnabled) recordService(run, service, project);
      const enabled = isEnabled
        ? undefined
        : new gcp.projects.Service(
            `${prefix}/${service}`,
            { project, service, disableOnDestroy: false },
            { parent, hooks: readinessHooks(run, `${name}/services`, this), dependsOn },
          );
      const ownName = `${prefix}/${topic}`;
      const thing = place.apply((where) => topicThing(topic, where));
      claim(run, { name: ownName, parent }, "topic", thing, place);
      const options = optionsOf(ownName, topicType, thing);
      created = new gcp.pubsub.Topic(
        ownName,
        { project, name: topic },
        { ...options, dependsOn: enabled === undefined ? dependsOn : after(ready, [enabled]) },
      );
    }
    const grantName = `${prefix}/${topic}/publisher`;
    const granted = topicName.apply((where) => grantThing(publisherRole, publisher, where));
    claim(run, { name: grantName, parent }, "grant", granted, place);
    const grant = new gcp.pubsub.TopicIAMMember(
      grantName,
      { project, topic: created?.name ?? topic, role: publisherRole, member: publisher },
      optionsOf(grantName, topicGrantType, granted),
    );

    // A change of the topic updates the subscription in place, so that no event is lost.
    const subscriptionName = `${name}/subscription`;
    const subscribed = pulumi.all([organization, topicName]).apply(([where, to]) => subscriptionThing(where, to));
    claim(run, { name: subscriptionName, parent }, "subscription", subscribed, organization);
    const subscription = new gcp.cloudsupport.SupportEventSubscription(
      subscriptionName,
      // Known in the preview, so that the checks find the subscription.
      { organization: organizationId, pubSubTopic: topicName },
      { ...optionsOf(subscriptionName, subscriptionType, subscribed), dependsOn: after(ready, [grant]) },
    );
    this.topic = topicName;
    this.resources = { topics: created === undefined ? [] : [created], grant, subscription };
    this.subscription = subscription.id;
    this.registerOutputs({ topic: this.topic, subscription: this.subscription });
  }
}

/** The resources to depend on, once the checks are done. */
function after(ready: Promise<pulumi.Resource[]> | undefined, needed: pulumi.Resource[]) {
  return ready?.then(() => needed) ?? needed;
}

/** The ID of the project. An Output fails if the full name of an existing topic has another project. */
function requireTopicProject(key: string, { topic, existingIn }: SupportEventsModel<unknown>, id: string): string {
  const problem =
    existingIn === undefined ? undefined : otherProjectProblem(fullTopicName(`projects/${existingIn}`, topic), id);
  if (problem !== undefined) throw lateUserError(`${key}: ${problem}`, "config");
  return id;
}
