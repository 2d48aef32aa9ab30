import * as pulumi from "@pulumi/pulumi";
import { ConfigError, everyProjectFolders } from "../onboarding/index.ts";
import type { RoleName, ServiceName } from "../guide/index.ts";
import type { CustomerCareArgs } from "./args.ts";
import { checklist, technicalIncidentsNote } from "./checklist.ts";
import type { ChecklistRow, Place } from "./checklist.ts";
import { claimedTwiceNotes } from "./claimedTwice.ts";
import { EssentialContactsOfLevels } from "./essentialContacts.ts";
import { checkedArgsAndFiles, userError } from "./inputs.ts";
import { configLevels, hasContacts, hasMembers } from "./levels.ts";
import type { ConfigLevel } from "./levels.ts";
import { logInfo } from "./log.ts";
import { refuseLosses } from "./names.ts";
import { ProjectServices } from "./projectServices.ts";
import { whenReady } from "./readiness.ts";
import { repeatedGrantNotes } from "./repeatedGrants.ts";
import { scopeOf } from "./scope.ts";
import { SupportAccessOfLevels } from "./supportAccess.ts";
import { TestSupportCase } from "./testSupportCase.ts";

/**
 * Google Cloud's guide "Customer Care onboarding", carried out: the services of projects, who may manage support and
 * work on cases, who is told what, and the test case. A part that is absent makes nothing.
 *
 * @throws RunError that names each problem of the args, before anything is created
 */
export class CustomerCare extends pulumi.ComponentResource {
  /** The guide's checklist, row by row, with the console's links. Unknown in a preview: it tells what exists. */
  readonly checklist: pulumi.Output<ChecklistRow[]>;
  /** The test case. Absent without one. */
  readonly testCase: TestSupportCase | undefined;

  constructor(name: string, args: CustomerCareArgs, opts?: pulumi.ComponentResourceOptions) {
    const config = checkedArgsAndFiles(name, args);
    refuseUnresolved(name, config);
    const ready = whenReady(name, config, opts);
    super("customer-care:index:CustomerCare", name, {}, opts);
    refuseLosses();
    const parent = this as pulumi.Resource;
    const waiting = ready === undefined ? { parent } : { parent, dependsOn: ready };
    const levels = configLevels(name, config, parent);
    const { organization, folders, projects, all } = levels;
    for (const { level, note } of claimedTwiceNotes(levels)) void logInfo(`${level.name}: ${note}`, this);

    const services = new Map<ConfigLevel, ProjectServices>();
    for (const level of projects.values()) {
      const { projectId = "" } = level.scope;
      services.set(level, new ProjectServices(level.name, { projectId, services: level.args.services }, waiting));
    }

    // The grants and the contacts stand in components of this one's name: an alias of it is handed down only to a name that
    // starts with its parent's.
    const withMembers = all.filter(hasMembers);
    const access = withMembers.length === 0 ? undefined : new SupportAccessOfLevels(name, withMembers, waiting);

    for (const note of repeatedGrantNotes(projects.values())) void logInfo(note, this);

    // A call about a project needs its own service; one about a level above may use the quota of any project. The grant
    // that allows it may be the caller's own, and above.
    const neededBy = (level: ConfigLevel, service: ServiceName, roleName: RoleName): pulumi.Resource[] => {
      const own = services.get(level);
      const enabled = (own === undefined ? [...services.values()] : [own]).flatMap(
        (one) => one.enabled.get(service) ?? [],
      );
      const above = own === undefined ? [organization] : [organization, ...folders.values()];
      const grants = [...new Set([level, ...above])].flatMap((one) => access?.of(one, roleName) ?? []);
      return [...enabled, ...grants];
    };

    const withContacts = all.filter(hasContacts);
    const contactsNeed = (level: ConfigLevel) =>
      neededBy(level, "essentialcontacts.googleapis.com", "contactAdministrators");
    const contacts =
      withContacts.length === 0 ? undefined : new EssentialContactsOfLevels(name, withContacts, contactsNeed, waiting);
    for (const level of withContacts) {
      const note = technicalIncidentsNote(level.args.contacts);
      if (note !== undefined) void logInfo(`${level.name}: ${note}`, this);
    }

    const { testCase: { project, organization: isForOrganization, ...fields } = {} } = config;
    const testCaseLevel = isForOrganization ? organization : projects.get(project ?? "");
    if (testCaseLevel !== undefined) {
      const needed = neededBy(testCaseLevel, "cloudsupport.googleapis.com", "editors");
      const dependsOn = ready?.then(() => needed) ?? needed;
      const testCaseArgs = { ...testCaseLevel.scope, ...fields };
      this.testCase = new TestSupportCase(`${name}/testCase`, testCaseArgs, { parent, dependsOn });
    }

    const placeOf = (key: string, level: ConfigLevel): Place => ({
      key,
      scope: scopeOf(name, level.scope),
      args: level.args,
      services: [...(services.get(level)?.enabled.values() ?? [])],
      grants: (roleName) => access?.of(level, roleName) ?? [],
      contacts: contacts?.of(level) ?? [],
    });
    const keyed = [
      ...(organization === undefined ? [] : [["organization", organization] as const]),
      ...[...folders].map(([key, level]) => [`folders.${key}`, level] as const),
      ...[...projects].map(([key, level]) => [`projects.${key}`, level] as const),
    ];
    const places = new Map(keyed.map(([key, level]) => [level, placeOf(key, level)]));
    const ofCase = this.testCase && {
      resource: this.testCase,
      place: testCaseLevel && places.get(testCaseLevel),
    };
    this.checklist = checklist(config, [...places.values()], ofCase);
    // The checklist is long: where a program exports it, the state has it once.
    this.registerOutputs();
  }
}

/** What is below a folder takes a request to find out, for which a constructor cannot wait. */
function refuseUnresolved(name: string, args: CustomerCareArgs): void {
  const problems = [...everyProjectFolders(args).keys()].map((key) => ({
    path: ["folders", key, "everyProject"],
    message: `is looked up before the component is made; write new CustomerCare(${JSON.stringify(name)}, await withEveryProject(${JSON.stringify(name)}, args))`,
  }));
  if (problems.length > 0) throw userError(new ConfigError(name, problems));
}
