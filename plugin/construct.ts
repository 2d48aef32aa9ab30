/** Creates the components that a program in another language requests. */
import type * as pulumi from "@pulumi/pulumi";
import {
  CustomerCare,
  EssentialContacts,
  ProjectServices,
  ServiceHealthAlerts,
  SupportAccess,
  SupportEvents,
  TestSupportCase,
  withEveryProject,
} from "../components/index.ts";
import { toConfig } from "./words.ts";

/** The component's outputs. */
type Outputs = Record<string, pulumi.Input<unknown>>;

type Make = (
  name: string,
  // The components check their args themselves.
  args: never,
  opts: pulumi.ComponentResourceOptions,
) => Made | Promise<Made>;

interface Made {
  readonly component: pulumi.ComponentResource;
  readonly outputs: Outputs;
}

const components: Readonly<Record<string, Make>> = {
  async CustomerCare(name, args, opts) {
    const component = new CustomerCare(name, await withEveryProject(name, args), opts);
    const { checklist, testCase, supportEvents } = component;
    const outputs = {
      checklist,
      ...(testCase && { testCase: caseOutputs(testCase) }),
      ...(supportEvents && { supportEvents: eventOutputs(supportEvents) }),
    };
    return { component, outputs };
  },
  ProjectServices(name, args, opts) {
    const component = new ProjectServices(name, args, opts);
    return { component, outputs: { projectId: component.projectId, services: component.services } };
  },
  SupportAccess(name, args, opts) {
    const component = new SupportAccess(name, args, opts);
    return { component, outputs: { resourceName: component.resourceName } };
  },
  EssentialContacts(name, args, opts) {
    const component = new EssentialContacts(name, args, opts);
    return { component, outputs: { resourceName: component.resourceName } };
  },
  ServiceHealthAlerts(name, args, opts) {
    const component = new ServiceHealthAlerts(name, args, opts);
    return { component, outputs: { projectId: component.projectId, alertPolicy: component.alertPolicy } };
  },
  SupportEvents(name, args, opts) {
    const component = new SupportEvents(name, args, opts);
    return { component, outputs: eventOutputs(component) };
  },
  TestSupportCase(name, args, opts) {
    const component = new TestSupportCase(name, args, opts);
    return { component, outputs: caseOutputs(component) };
  },
};

export async function construct(
  name: string,
  type: string,
  inputs: pulumi.Inputs,
  options: pulumi.ComponentResourceOptions,
): Promise<pulumi.provider.ConstructResult> {
  const make = components[type.split(":").at(-1) ?? ""];
  if (make === undefined) throw new Error(`customer-care has no component ${type}`);
  const { component, outputs } = await make(name, toConfig(inputs) as never, options);
  return { urn: component.urn, state: outputs };
}

function caseOutputs({ caseName, state, consoleLink }: TestSupportCase): Outputs {
  return { caseName, state, consoleLink };
}

function eventOutputs({ topic, subscription }: SupportEvents): Outputs {
  return { topic, subscription };
}
