/**
 * The file that `pulumi import --file` takes.
 *
 * Source: https://www.pulumi.com/docs/iac/guides/migration/import/#bulk-import-operations; sdk/go/common/importfile of
 * pulumi/pulumi has all keys.
 */
import type { Component, WantedResource } from "./resources.ts";

export interface ImportFile {
  /** The URNs of those parents that the stack has already. */
  readonly nameTable?: Readonly<Record<string, string>>;
  readonly resources: readonly ImportedResource[];
}

export interface ImportedResource {
  readonly type: string;
  /** Its name in the file, which is unique there. */
  readonly name: string;
  /** Its name in the state, if that differs. */
  readonly logicalName?: string;
  /** The parent's name in this file. */
  readonly parent?: string;
  readonly component?: true;
  readonly id?: string;
  /** Of the gcp provider. */
  readonly version?: string;
}

export interface Import {
  readonly resource: WantedResource;
  readonly id: string;
}

/**
 * @param urnInState The URN of a component that the stack has already; undefined where it has none.
 * @param gcpVersion The version of `@pulumi/gcp` that the program has.
 */
export function importFile(
  components: readonly Component[],
  imports: readonly Import[],
  urnInState: (component: Component) => string | undefined,
  gcpVersion: string,
): ImportFile {
  const nameTable: Record<string, string> = {};
  const missingComponents = components.flatMap((component): ImportedResource[] => {
    const { type, name, parent } = component;
    const urn = urnInState(component);
    if (urn === undefined)
      return [
        {
          type,
          name: nameInFile(component),
          logicalName: name,
          component: true,
          ...(parent && { parent: nameInFile(parent) }),
        },
      ];
    nameTable[nameInFile(component)] = urn;
    return [];
  });
  const imported = imports.map(({ resource: { type, name, parent }, id }): ImportedResource => ({
    type,
    name,
    id,
    parent: nameInFile(parent),
    version: gcpVersion,
  }));
  return { ...(Object.keys(nameTable).length > 0 && { nameTable }), resources: [...missingComponents, ...imported] };
}

/** Several components of one level share a name, so the type is part of it, as in the files that Pulumi itself writes. */
function nameInFile({ type, name }: Component): string {
  return `${name}${type.split(":").at(-1) ?? ""}`;
}
