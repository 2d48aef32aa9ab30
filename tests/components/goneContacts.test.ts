/** Whether a contact of a component with a provider of its own is gone, in a preview. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { it, onTestFinished } from "vitest";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { goneContact } from "../../components/goneContacts.ts";
import { resources, useMocks } from "./mocks.ts";

/** A value that only an update knows. */
class Later extends pulumi.CustomResource {
  declare readonly value: pulumi.Output<string>;
  constructor(name: string) {
    super("test:index:Later", name, { value: undefined });
  }
}

const contact = {
  name: "projects/100000000001/contacts/7",
  email: "l@example.com",
  parent: "projects/shop-dev",
};

it("a contact that does not exist is gone, unless the preview does not know the provider's credentials", async () => {
  const callers: (string | undefined)[] = [];
  const server = createServer(({ headers }, response) => {
    callers.push(headers.authorization);
    response.writeHead(404, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { code: 404, status: "NOT_FOUND", message: "Contact not found." } }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  await useMocks(true);
  const goneWith = (name: string, accessToken: pulumi.Input<string>) => {
    const provider = new gcp.Provider(name, {
      accessToken,
      essentialContactsCustomEndpoint: `http://127.0.0.1:${String(port)}/v1/`,
    });
    return goneContact(new pulumi.ComponentResource("test:index:Any", name, {}, { provider }), contact);
  };
  assert.match(
    (await goneWith("known", "planted-operator-token")) ?? "",
    /l@example\.com of projects\/shop-dev was deleted/,
  );
  // The second request looks for another contact with the address.
  assert.deepEqual(callers, Array(2).fill("Bearer planted-operator-token"));
  assert.equal(await goneWith("unknown", new Later("later").value), undefined);
  assert.equal(callers.length, 2, callers.join());
  await resources();
});
