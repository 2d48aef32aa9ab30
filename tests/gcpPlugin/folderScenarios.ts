/** Scenarios of a folder, as examples/landing-zone creates it. */
import { create, fault, scenario } from "./calls.ts";
import type { Call, Scenario } from "./calls.ts";
import { adoption, life, lost, refreshed } from "./lifeCalls.ts";
import { checks, differences, unknown, unknowns } from "./planCalls.ts";
import type { Properties } from "../support/gcpPlugin/pluginClient.ts";

const folderType = "gcp:organizations/folder:Folder";
const folder = { displayName: "Payments", parent: "organizations/123456789012", deletionProtection: false };
/** Grants the operator the role to move what is in the organization. */
export const mover: Call = (_plugin, cloud) => {
  const members = ["serviceAccount:operator@ops-admin.iam.gserviceaccount.com"];
  cloud.state.organizations
    .get(folder.parent)
    ?.policy.bindings.push({ role: "roles/resourcemanager.folderMover", members });
  return Promise.resolve();
};

const policies: Properties[] = ["", "NONSENSE", unknown].map((deletionPolicy) => ({ deletionPolicy }));

export const folderScenarios: Scenario[] = [
  scenario("a folder", [
    life(folderType, folder, ({ id }) => id, [
      { displayName: "Pay" },
      { displayName: "Pay", deletionProtection: true },
      { displayName: "Pay all", deletionProtection: false, deletionPolicy: "PREVENT" },
      { displayName: "Pay all", deletionPolicy: "DELETE" },
    ]),
    create(folderType, folder, 77),
  ]),
  scenario("a folder that is read again", [refreshed(folderType, folder, { displayName: "Pay" })]),
  scenario("a folder that moves", [
    mover,
    life(folderType, folder, ({ id }) => id, [
      { parent: "folders/456789012345" },
      { displayName: "Pay", parent: folder.parent },
      { displayName: "Pay", parent: "folders/1" },
    ]),
    fault({ match: { rpc: "MoveFolder" }, effect: { error: { code: 400, message: "no" } } }),
    fault({ match: { rpc: "GetOperation", nth: 2 }, effect: { error: { code: 403, message: "no" } } }),
    life(folderType, { ...folder, displayName: "Retail" }, ({ id }) => id, [
      { displayName: "Sales", parent: "folders/456789012345" },
      { displayName: "Shops", parent: "folders/456789012345" },
      { displayName: "Shops", parent: folder.parent },
    ]),
  ]),
  scenario("folders that are kept", [
    life(folderType, { ...folder, deletionProtection: null }, ({ id }) => id.replace("folders/", "")),
    life(folderType, { ...folder, displayName: "Retail", deletionPolicy: "PREVENT" }, () => "nonsense"),
    life(folderType, { ...folder, displayName: "Sales", deletionPolicy: "ABANDON" }, () => "folders/1"),
  ]),
  scenario("folders that are refused", [
    create(folderType, folder),
    create(folderType, folder),
    create(folderType, { ...folder, displayName: "P" }),
    create(folderType, { ...folder, displayName: "" }),
    create(folderType, { ...folder, parent: "organizations/999" }),
    create(folderType, { ...folder, parent: "folders/1" }),
    fault({ match: { rpc: "CreateFolder" }, effect: { error: { code: 503 } } }),
    create(folderType, { ...folder, displayName: "Retail", parent: "folders/456789012345" }),
  ]),
  scenario("folders while the API fails", [
    fault({ match: { rpc: "GetOperation" }, effect: { error: { code: 403, message: "no" } } }),
    create(folderType, folder),
    fault({ match: { rpc: "GetOperation", nth: 2 }, effect: { error: { code: 403, message: "no" } } }),
    create(folderType, { ...folder, displayName: "Retail" }),
    fault({ match: { rpc: "GetFolder" }, effect: { error: { code: 403, message: "no" } } }),
    create(folderType, { ...folder, displayName: "Wholesale" }),
    fault({ match: { rpc: "GetFolder" }, effect: { error: { code: 404 } } }),
    create(folderType, { ...folder, displayName: "Logistics" }),
    fault({ match: { rpc: "UpdateFolder" }, effect: { error: { code: 400, message: "no such name" } } }),
    fault({ match: { rpc: "DeleteFolder" }, effect: { error: { code: 400, message: "not empty" } } }),
    life(folderType, { ...folder, displayName: "Sales" }, ({ id }) => id, [
      { displayName: "Shop", deletionPolicy: "PREVENT" },
      { displayName: "Pay", deletionPolicy: "DELETE" },
    ]),
  ]),
  scenario("a folder that somebody else removed", [
    lost(folderType, folder, ({ state }) => state.folders.delete("folders/500000000001"), { displayName: "Pay" }),
  ]),
  scenario("a folder that is adopted", [
    adoption(folderType, "456789012345", { ...folder, displayName: "Shop" }),
    adoption(folderType, "folders/456789012345", { ...folder, displayName: "Shops" }),
  ]),
  scenario("a folder with the provider's policy for deletions", [create(folderType, folder)], {
    config: { deletionPolicy: "ABANDON" },
  }),
  scenario("checks of a folder", [
    checks([
      folderType,
      folder,
      [
        ...["true", "no", 1, ["true"], unknown].map((deletionProtection) => ({ deletionProtection })),
        ...policies,
        { displayName: 7 },
        { displayName: "" },
        { parent: ["organizations/1"] },
        { name: "folders/1" },
        { nonsense: true },
        { configuredCapabilities: ["app-management"] },
      ],
    ]),
  ]),
  scenario("differences of a folder", [
    differences([
      folderType,
      folder,
      [
        { displayName: "Pay" },
        { displayName: unknown },
        { parent: unknown },
        { deletionProtection: null },
        { deletionProtection: unknown },
        { deletionPolicy: "PREVENT" },
        { deletionPolicy: unknown },
      ],
    ]),
    differences([folderType, { ...folder, displayName: "Retail" }, [{ displayName: "Pay" }]], ["displayName"]),
  ]),
  scenario("previews of a folder with unknown inputs", [
    unknowns([folderType, folder, [{ deletionPolicy: unknown }, { deletionPolicy: "" }]]),
  ]),
];
