/** The resources that the contenders deploy: for each project three services, one grant and one contact. */
import { loadSeed } from "../localCloud/index.ts";
import type { Seed } from "../localCloud/index.ts";
import { defaultServices, notificationCategories, roles } from "../../guide/index.ts";

export const category = "technical";
export const services = defaultServices;
export const role = roles.editors.role;
export const apiCategory = notificationCategories[category].apiName;

const editor = "group:shop-oncall@example.com";
export const address = "shop-oncall@example.com";

/** The member that the change of one project adds. */
const newEditor = "group:shop-leads@example.com";

/** Such as `shop-0007`. */
export function projectIds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `shop-${String(index).padStart(4, "0")}`);
}

/** A seed with the projects, without services, grants and contacts. */
export function seedWith(count: number): Seed {
  const seed = structuredClone(loadSeed());
  const [template] = seed.projects;
  if (template === undefined) throw new Error("The local cloud's seed has no project to make others like.");
  const projects = projectIds(count).map((projectId, index) => ({
    ...template,
    projectId,
    projectNumber: String(200_000_000_000 + index),
    services: [],
    bindings: [],
  }));
  return { ...seed, projects: [...seed.projects, ...projects] };
}

/** The editors of each project. With the change, the first project has one more. */
export function editorsOf(count: number, isChanged: boolean): ReadonlyMap<string, readonly string[]> {
  return new Map(
    projectIds(count).map((projectId, index) => [projectId, isChanged && index === 0 ? [editor, newEditor] : [editor]]),
  );
}
