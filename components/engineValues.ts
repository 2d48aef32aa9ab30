/** What Pulumi's engine writes in the place of values. Without the SDK, which takes a second to load. */

/**
 * For a value that is known only once the stack is put up.
 * Source: `unknownValue` of sdk/nodejs/runtime/rpc.ts of github.com/pulumi/pulumi.
 */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * What marks a map as a special value, and as a secret.
 * Source: sdk/go/common/resource/sig of github.com/pulumi/pulumi.
 */
export const signature = {
  key: "4dabf18193072939515e22adb298388d",
  secret: "1b47061264138c4ac30d75fd1eb44270",
} as const;
