/** What the components take: the config's shape, with Inputs where a landing zone has Outputs. */
import type { Input } from "@pulumi/pulumi";
import type { RoleName } from "../guide/index.ts";
import type { Contacts, ReadonlyLists, TestCaseArgs } from "./places.ts";
import type {
  CustomerCareConfig,
  EveryProjectConfig,
  FolderConfig,
  OrganizationConfig,
  ProjectConfig,
} from "./schema.ts";

/**
 * The members of a role, such as `group:support@example.com`. A member that is known only later stands under a name of
 * its own, which names it in the state: `{ deployer: pulumi.interpolate`serviceAccount:${account.email}` }`.
 */
export type Members = readonly string[] | Readonly<Record<string, Input<string>>>;

/** The members of each role that may be granted below the organization. */
export interface AccessArgs {
  /** Members who get Tech Support Editor. @default none */
  readonly editors?: Members | undefined;
  /** Members who get Essential Contacts Admin. @default none */
  readonly contactAdministrators?: Members | undefined;
  /** Members who get Essential Contacts Viewer. @default none */
  readonly contactViewers?: Members | undefined;
}

type Level<Config> = Omit<ReadonlyLists<Config>, RoleName | "contacts" | "id" | "folderId" | "projectId"> &
  AccessArgs & {
    /** By notification category, or by address. @default none */
    readonly contacts?: Contacts | undefined;
  };

export interface OrganizationArgs extends Level<OrganizationConfig> {
  /** The organization's number. It or `domain`. */
  readonly id?: Input<string> | undefined;
  /** Members who get Support Account Administrator. @default none */
  readonly administrators?: Members | undefined;
}

export interface FolderArgs extends Omit<Level<FolderConfig>, "everyProject"> {
  /** The folder's number. @default the key */
  readonly folderId?: Input<string> | undefined;
  /** What each active project below it takes: `withEveryProject` looks them up. @default none */
  readonly everyProject?: Level<EveryProjectConfig> | undefined;
}

export interface ProjectArgs extends Level<ProjectConfig> {
  /** The project's ID. @default the key */
  readonly projectId?: Input<string> | undefined;
}

export interface CustomerCareArgs extends Omit<
  ReadonlyLists<CustomerCareConfig>,
  "organization" | "folders" | "projects" | "testCase" | "fleet"
> {
  /** The organization: its grants and contacts. @default none */
  readonly organization?: OrganizationArgs | undefined;
  /** Folders, by number or by any name. @default none */
  readonly folders?: Readonly<Record<string, FolderArgs>> | undefined;
  /** Projects, by ID or by any name. @default none */
  readonly projects?: Readonly<Record<string, ProjectArgs>> | undefined;
  /** The guide's test case. @default none is made */
  readonly testCase?: TestCaseArgs | undefined;
}
