/** Helpers of the tests of a case: its state, its removal, the error of a call, and a config of the provider. */
import assert from "node:assert/strict";
import type * as provider from "../../../components/supportCase/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import type { Setting } from "../../support/caseSetting.ts";

export const states = (setting: Setting) => setting.cases().map(({ state }) => state);

/** As if somebody had removed it. */
export const remove = ({ cloud }: Setting, name: string) => cloud.state.cases.delete(name.split("/").at(-1) ?? "");

export async function errorOf(call: Promise<unknown>): Promise<Error> {
  return call.then(
    () => assert.fail("the call succeeded"),
    (error: unknown) => {
      assert.ok(error instanceof Error);
      return error;
    },
  );
}

export function configOf(cloud: Cloud, token = "local-operator-token"): provider.Config {
  const config: Record<string, string | undefined> = { accessToken: token, ...cloud.gcpConfig };
  return { get: (key) => config[key.replace("gcp:", "")] };
}
