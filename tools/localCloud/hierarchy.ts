/** The resource hierarchy: organization, folders, projects. */
import type { Organization, Project, Resource, ResourceName, State } from "./state.ts";

/** A project by its id or its number. */
export function findProject(state: State, idOrNumber: string): Project | undefined {
  const found = state.projects.get(idOrNumber);
  if (found !== undefined || !/^\d+$/.test(idOrNumber)) return found;
  for (const project of state.projects.values()) if (project.projectNumber === idOrNumber) return project;
  return undefined;
}

export function isProject(resource: Resource): resource is Project {
  return "projectId" in resource;
}

/** An organization, folder, project (by id or number), topic or billing account by its name. */
export function findResource(state: State, name: ResourceName): Resource | undefined {
  const [collection, id = "", ofProject, topic = ""] = name.split("/");
  switch (collection) {
    case "organizations":
      return state.organizations.get(name);
    case "folders":
      return state.folders.get(name);
    case "projects":
      return ofProject === "topics"
        ? state.topics.get(`projects/${findProject(state, id)?.projectId ?? id}/topics/${topic}`)
        : findProject(state, id);
    case "billingAccounts":
      return state.billingAccounts.get(name);
    default:
      return undefined;
  }
}

/** The resource, its parent, and so on up to the organization. */
export function lineage(state: State, resource: Resource): Resource[] {
  const found: Resource[] = [];
  for (let next: Resource | undefined = resource; next !== undefined;)
    next = found.push(next) && next.parent !== undefined ? findResource(state, next.parent) : undefined;
  return found;
}

/** The organization that a resource belongs to. */
export function organizationOf(state: State, resource: Resource): Organization | undefined {
  const top = lineage(state, resource).at(-1);
  return top === undefined ? undefined : state.organizations.get(top.name);
}
