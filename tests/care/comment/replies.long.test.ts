/** Whatever a server answers in GitHub's place, `care comment` reports it in one sentence, without a TypeError. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, it } from "vitest";
import fc from "fast-check";
import { writeComments } from "../../../care/comment/writeComments.ts";
import { UserError } from "../../../care/userError.ts";
import { readRecording } from "../../support/previews/recordings.ts";

const routes = ["graphql", "list", "edit", "create"] as const;
type Route = (typeof routes)[number];

/** What GitHub answers, but for the route under test. */
const right = {
  graphql: { data: { viewer: { login: "bot" } } },
  list: [],
  edit: { html_url: "https://github.com/1" },
  create: { html_url: "https://github.com/1" },
};

describe("care comment", () => {
  let answers: Record<Route, { readonly status: number; readonly body: string }>;
  const server = createServer((request, response) => {
    const { method, url = "" } = request;
    const route = url.endsWith("/graphql")
      ? "graphql"
      : method === "GET"
        ? "list"
        : method === "PATCH"
          ? "edit"
          : "create";
    request.resume().on("end", () => {
      const { status, body } = answers[route];
      response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(body);
    });
  });
  beforeAll(() => new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready)));
  afterAll(() => server.close());

  async function comment(route: Route, status: number, reply: unknown): Promise<string> {
    const all = routes.map((one) => [one, { status: 200, body: JSON.stringify(right[one]) }] as const);
    answers = { ...Object.fromEntries(all), [route]: { status, body: JSON.stringify(reply) } } as typeof answers;
    const { port } = server.address() as AddressInfo;
    const environment = { GITHUB_TOKEN: "token", GITHUB_API_URL: `http://127.0.0.1:${String(port)}` };
    const text = readRecording({ name: "nothing-changes" });
    const source = { stack: "dev", file: "dev.json", place: "dev.json", text };
    const quiet = { log: () => {}, error: () => {} };
    try {
      await writeComments([source], { repository: "octo-org/care", pullRequest: 7 }, environment, quiet);
    } catch (error) {
      assert.ok(error instanceof UserError, String(error));
      assert.doesNotMatch(error.message, /TypeError|Cannot |undefined|is not iterable|is not a function|\n/);
      return error.message;
    }
    return "";
  }

  const small = [
    null,
    {},
    [],
    "",
    0,
    true,
    { data: null },
    { data: {} },
    { errors: 1 },
    { total_count: 1 },
    { viewer: {} },
  ];
  for (const route of ["graphql", "list"] as const)
    for (const reply of small)
      it(`ends with a sentence where ${route} answers ${JSON.stringify(reply)}`, async () => {
        const message = await comment(route, 200, reply);
        if (route === "list" && Array.isArray(reply)) assert.equal(message, "");
        else assert.match(message, /^care comment: the comment on .* failed .*the reply is not one of GitHub's API/);
      });

  it("ends with a sentence where the written comment is not one", async () => {
    assert.match(await comment("create", 201, {}), /the reply is not one of GitHub's API/);
  });

  it("ends with a sentence whatever JSON it is, with any status that is not passing", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("graphql" as const, "list" as const),
        fc.constantFrom(200, 400, 404, 422),
        fc.jsonValue(),
        async (route, status, reply) => {
          fc.pre(!(route === "list" && status === 200 && Array.isArray(reply) && reply.length === 0));
          assert.match(await comment(route, status, reply), /^care comment: .+/);
        },
      ),
      { numRuns: 40 },
    );
  });
});
