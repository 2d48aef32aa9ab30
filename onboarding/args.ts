/** The arguments of the components: the config's shape, with Inputs where a landing zone has Outputs. */
import type { Input } from "@pulumi/pulumi";
import type { RoleName } from "../guide/index.ts";
import type { ServiceHealthConfig } from "./alertsSchema.ts";
import type { Acknowledgements } from "./findings.ts";
import type { Contacts, ReadonlyLists, TestCaseArgs } from "./places.ts";
import type {
  CustomerCareConfig,
  EveryProjectConfig,
  FolderConfig,
  OrganizationConfig,
  ProjectConfig,
} from "./schema.ts";

/**
 * The members of a role, such as `group:support@example.com`. For a member that is an Output, use a map. The key names
 * the grant in the state: `{ deployer: pulumi.interpolate`serviceAccount:${account.email}` }`.
 */
export type Members = readonly string[] | Readonly<Record<string, Input<string>>>;

export interface AcknowledgingArgs {
  /**
   * Warnings that you have decided on: each key is the name of a finding, alone or followed by a place, and its value is
   * your reason. @default none
   */
  readonly acknowledge?: Acknowledgements | undefined;
}

/** The members of each role that may be granted below the organization. */
export interface AccessArgs {
  /** Members who get Tech Support Editor. @default none */
  readonly editors?: Members | undefined;
  /** Members who get Essential Contacts Admin. @default none */
  readonly contactAdministrators?: Members | undefined;
  /** Members who get Essential Contacts Viewer. @default none */
  readonly contactViewers?: Members | undefined;
}

/** Which incidents Service Health notifies of. */
export type AlertFilterArgs = ReadonlyLists<Omit<ServiceHealthConfig, "notify">>;

export interface ServiceHealthArgs extends AlertFilterArgs {
  /**
   * Who is notified: e-mail addresses, and names of existing notification channels; or `contacts`: the contacts for
   * incidents.
   */
  readonly notify: "contacts" | readonly Input<string>[];
}

export interface AlertsArgs {
  /** Service Health alerts about incidents in the project. */
  readonly serviceHealth: ServiceHealthArgs;
}

/** Where the events of an organization's cases are published. */
export interface SupportEventsInput {
  /** The ID of the project with the Pub/Sub topic. */
  readonly project: Input<string>;
  /**
   * The topic's name, or the full name of an existing topic of the project, `projects/ID/topics/NAME`, which is never
   * deleted. @default support-events
   */
  readonly topic?: string | undefined;
}

type Level<Config> = Omit<
  ReadonlyLists<Config>,
  RoleName | "contacts" | "id" | "folderId" | "projectId" | "alerts" | "supportEvents"
> &
  AccessArgs & {
    /** Essential Contacts, by notification category or by address. @default none */
    readonly contacts?: Contacts | undefined;
  };

/** What each project has. */
interface OfProject {
  /** Who is notified of incidents that Service Health reports for the project. @default nobody */
  readonly alerts?: AlertsArgs | undefined;
}

export interface OrganizationArgs extends Level<OrganizationConfig> {
  /** The organization's number. Set either `id` or `domain`. */
  readonly id?: Input<string> | undefined;
  /** Members who get Support Account Administrator. @default none */
  readonly administrators?: Members | undefined;
  /** Publishes the events of all support cases of the organization to a Pub/Sub topic. @default none */
  readonly supportEvents?: SupportEventsInput | undefined;
}

export interface FolderArgs extends Omit<Level<FolderConfig>, "everyProject"> {
  /** The folder's number. @default the key */
  readonly folderId?: Input<string> | undefined;
  /** The config of each active project below the folder. `withEveryProject` looks the projects up. @default none */
  readonly everyProject?: (Level<EveryProjectConfig> & OfProject) | undefined;
}

export interface ProjectArgs extends Level<ProjectConfig>, OfProject {
  /** The project's ID. @default the key */
  readonly projectId?: Input<string> | undefined;
}

export interface CustomerCareArgs
  extends
    Omit<
      ReadonlyLists<CustomerCareConfig>,
      "organization" | "folders" | "projects" | "testCase" | "fleet" | "acknowledge"
    >,
    AcknowledgingArgs {
  /** The organization: its grants and contacts. @default none */
  readonly organization?: OrganizationArgs | undefined;
  /** Folders. Each key is the folder's number, or a name if the folder has `folderId`. @default none */
  readonly folders?: Readonly<Record<string, FolderArgs>> | undefined;
  /** Projects. Each key is the project's ID, or a name if the project has `projectId`. @default none */
  readonly projects?: Readonly<Record<string, ProjectArgs>> | undefined;
  /** The guide's test case. @default none */
  readonly testCase?: TestCaseArgs | undefined;
}
