/** The places of a config in the resource hierarchy, each with all that the stack would have there. */
import { contactsByAddress } from "../../onboarding/index.ts";
import type {
  Contact,
  CustomerCareConfig,
  FolderConfig,
  OrganizationConfig,
  ProjectConfig,
  TestCaseConfig,
} from "../../onboarding/index.ts";
import { defaultServices, roleNames, roles } from "../../guide/index.ts";
import type { Level, ResourceName, RoleName, ServiceName } from "../../guide/index.ts";

export interface Grant {
  readonly role: string;
  readonly roleName: RoleName;
  readonly member: string;
}

export interface Place {
  readonly level: Level;
  readonly resource: ResourceName;
  /** The keys that lead to it in the config. */
  readonly path: readonly string[];
  readonly grants: readonly Grant[];
  readonly contacts: readonly Contact[];
  readonly services: readonly ServiceName[];
  /** Whether the projects below it are looked up. */
  readonly listsProjects?: boolean;
  /** The test case, where it is made for this place. */
  readonly testCase: TestCaseConfig | undefined;
}

/**
 * @param organizationId The organization's number; undefined where it is not known, and its place is left out.
 * @param resolved The config with the projects below folders.
 */
export function placesOf(
  config: CustomerCareConfig,
  organizationId: string | undefined,
  resolved: Pick<CustomerCareConfig, "projects"> = config,
): Place[] {
  const { organization, folders = {}, testCase } = config;
  const { projects = {} } = resolved;
  const ofOrganization =
    organization === undefined || organizationId === undefined
      ? []
      : [
          place("organization", `organizations/${organizationId}`, ["organization"], organization, {
            testCase: testCase?.organization === true ? testCase : undefined,
          }),
        ];
  const ofFolders = sorted(folders).map(([key, folder]) =>
    place("folder", `folders/${folder.folderId ?? key}`, ["folders", key], folder, {
      listsProjects: folder.everyProject !== undefined,
    }),
  );
  const ofProjects = sorted(projects).map(([key, project]) =>
    place("project", `projects/${project.projectId ?? key}`, ["projects", key], project, {
      services: project.services ?? defaultServices,
      testCase: testCase?.project === key ? testCase : undefined,
    }),
  );
  return [...ofOrganization, ...ofFolders, ...ofProjects];
}

function place(
  level: Level,
  resource: ResourceName,
  path: readonly string[],
  config: OrganizationConfig | FolderConfig | ProjectConfig,
  more: Partial<Pick<Place, "services" | "testCase" | "listsProjects">> = {},
): Place {
  const members: Partial<Record<RoleName, readonly string[] | undefined>> = config;
  const grants = roleNames.flatMap((roleName) =>
    (members[roleName] ?? []).map((member) => ({ role: roles[roleName].role, roleName, member })),
  );
  const contacts = contactsByAddress(config.contacts);
  return { level, resource, path, grants, contacts, services: [], testCase: undefined, ...more };
}

function sorted<Value>(map: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1));
}
