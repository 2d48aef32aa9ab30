/** Steps of a preview's JSON as the engine writes them, for what no recording shows. */

type Properties = Readonly<Record<string, unknown>>;

export interface WrittenStep {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: WrittenState;
  readonly newState?: WrittenState;
  readonly replaceReasons?: readonly string[];
}

export interface WrittenState {
  readonly custom: boolean;
  readonly type: string;
  readonly inputs: Properties;
  readonly outputs?: Properties;
  readonly parent?: string;
  readonly retainOnDelete?: boolean;
}

export const types = {
  organizationGrant: "gcp:organizations/iAMMember:IAMMember",
  folderGrant: "gcp:folder/iAMMember:IAMMember",
  projectGrant: "gcp:projects/iAMMember:IAMMember",
  contact: "gcp:essentialcontacts/contact:Contact",
  service: "gcp:projects/service:Service",
  channel: "gcp:monitoring/notificationChannel:NotificationChannel",
  alertPolicy: "gcp:monitoring/alertPolicy:AlertPolicy",
  topic: "gcp:pubsub/topic:Topic",
  topicGrant: "gcp:pubsub/topicIAMMember:TopicIAMMember",
  subscription: "gcp:cloudsupport/supportEventSubscription:SupportEventSubscription",
  supportCase: "pulumi-nodejs:dynamic/customercare:SupportCase",
};

export interface StepOptions {
  readonly before?: Properties;
  readonly beforeOutputs?: Properties;
  readonly after?: Properties;
  readonly name?: string;
  readonly stack?: string;
  readonly retainOnDelete?: boolean;
  readonly replaceReasons?: readonly string[];
}

export function step(op: string, type: string, options: StepOptions): WrittenStep {
  const { before, beforeOutputs = {}, after, name = "it", stack = "test", retainOnDelete = false } = options;
  return {
    op,
    urn: `urn:pulumi:${stack}::customer-care::${type}::${name}`,
    ...(before && { oldState: { custom: true, type, inputs: before, outputs: beforeOutputs, retainOnDelete } }),
    ...(after && { newState: { custom: true, type, inputs: after } }),
    ...(options.replaceReasons && { replaceReasons: options.replaceReasons }),
  };
}

/** The document, as `pulumi preview --json` prints it: the stack's own step is always there. */
export function document(steps: readonly WrittenStep[], rest: Properties = {}): string {
  const [{ urn } = { urn: "urn:pulumi:test::customer-care::" }] = steps;
  const stack = urn.replace(/^(urn:pulumi:.*?::.*?::).*$/s, "$1pulumi:pulumi:Stack::customer-care-test");
  return written([{ op: "same", urn: stack }, ...steps], rest);
}

/** The document with these steps and no other. */
export function written(steps: readonly unknown[], rest: Properties = {}): string {
  return `${JSON.stringify({ steps, ...rest }, undefined, 4)}\n`;
}
