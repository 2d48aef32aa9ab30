/** The IAM methods of Resource Manager, the same for organizations, folders and projects. */
import { authorize, hasPermission, variable } from "./api.ts";
import type { Call, Method } from "./api.ts";
import { ApiError, invalidArgument } from "./errors.ts";
import { findResource } from "./hierarchy.ts";
import { getIamPolicy, setIamPolicy } from "./iamPolicy.ts";
import { z } from "zod";
import { parseMessage } from "./message.ts";

const testRequest = z.object({ permissions: z.array(z.string()).default([]) });

/**
 * The three methods for one collection.
 * @param rpcService The service in the API's package, such as `Projects`.
 * @param collection Such as `projects`.
 */
export function iamMethods(rpcService: string, collection: string): Method[] {
  const name = (call: Call) => {
    const resource = variable(call, "resource");
    return resource.includes("/") ? resource : `${collection}/${resource}`;
  };
  return [
    {
      rpc: `${rpcService}.GetIamPolicy`,
      handle: (call) =>
        getIamPolicy(authorize(call, `resourcemanager.${collection}.getIamPolicy`, name(call)).policy, call.body),
    },
    {
      rpc: `${rpcService}.SetIamPolicy`,
      handle: (call) => {
        const resource = authorize(call, `resourcemanager.${collection}.setIamPolicy`, name(call));
        const { state, clock } = call.context;
        return setIamPolicy(state, resource, call.body, clock.now());
      },
    },
    {
      rpc: `${rpcService}.TestIamPermissions`,
      handle: (call) => testIamPermissions(call, name(call)),
    },
  ];
}

/**
 * Requires no permission. For a resource that does not exist, it returns no permissions, not an error
 * (google/iam/v1/iam_policy.proto).
 */
export function testIamPermissions(call: Call, name: string): object {
  const { permissions } = parseMessage(testRequest, call.body);
  for (const permission of permissions) {
    if (permission.includes("*")) throw invalidArgument("permissions", "wildcards are not allowed");
    if (!/^\w+(\.\w+){2,}$/.test(permission))
      throw new ApiError("INVALID_ARGUMENT", `Permission ${permission} is not valid for this resource.`);
  }
  const resource = findResource(call.context.state, name);
  if (resource === undefined) return {};
  return {
    permissions: permissions.filter((permission) => hasPermission(call.context, call.principal, permission, resource)),
  };
}
