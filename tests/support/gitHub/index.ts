/**
 * A stub of GitHub on the loopback: the comments and labels of pull requests, and what a workflow asks of them, with pages,
 * permissions and faults on demand.
 *
 * Source: https://docs.github.com/en/rest/issues (comments, labels, events), https://docs.github.com/en/rest/collaborators,
 * https://docs.github.com/en/rest/repos/repos#list-repository-activities, https://docs.github.com/en/rest/commits/commits,
 * https://docs.github.com/en/rest/pulls/pulls and https://docs.github.com/en/rest/actions/workflow-runs
 */
import fastify from "fastify";
import type { FastifyReply } from "fastify";

export const longestBody = 65_536;

export interface Comment {
  readonly id: number;
  readonly author: string;
  body: string;
}

export interface Fault {
  readonly method: string;
  /** The path, or a part of it. */
  readonly path?: string;
  /** @default 1 */
  readonly times?: number;
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the request has its effect, and only its answer is lost. */
  readonly afterEffect?: true;
}

export interface Run {
  readonly id: number;
  readonly head_sha: string;
  readonly head_branch: string;
  readonly created_at: string;
}

export interface StubGitHub {
  readonly url: string;
  /** By the pull request's number. */
  readonly comments: Map<number, Comment[]>;
  /** By the pull request's number. */
  readonly labels: Map<number, Set<string>>;
  /** What people may do with the repository, by their login: `admin`, `write` or `read`. Nobody else is known. */
  readonly permissions: Map<string, string>;
  /** Of the branches, by their names. */
  readonly pushes: Map<string, { readonly after: string; readonly timestamp: string; readonly actor: object }[]>;
  /** The pull requests that a commit came with, by its hash. */
  readonly merges: Map<string, object[]>;
  /** All pull requests, also closed ones, by the branch that they merge. */
  readonly pulls: Map<string, { readonly number: number; readonly head: { readonly sha: string } }[]>;
  /** The runs of a workflow that succeeded, by its file: the newest first. */
  readonly runs: Map<string, Run[]>;
  /** Adds a label, as a person does. */
  label(number: number, name: string, login: string): void;
  /** Changes the base branch of a pull request, as a person does. */
  changeBase(number: number): void;
  push(branch: string, commit: string, login?: string): void;
  readonly requests: { readonly method: string; readonly path: string }[];
  /** Whose token it is, as REST returns it. */
  author: string;
  /** The same in GraphQL. @default author */
  viewer?: string;
  token: string;
  mayWrite: boolean;
  /** What happens before an answer, such as a person who deletes a comment. */
  beforeEach: (method: string, path: string) => void;
  fail(fault: Fault): void;
  /** Seeds a comment. */
  add(number: number, comment: { author: string; body: string }): Comment;
  /** As a program in a workflow finds it. */
  environment(): Record<string, string>;
  close(): Promise<void>;
}

export const repository = "octo-org/care";

export async function startGitHub(): Promise<StubGitHub> {
  const server = fastify();
  const faults: { fault: Fault; left: number }[] = [];
  let ids = 100;
  const events = new Map<number, object[]>();
  // A clock of its own, a second later each time.
  let seconds = 0;
  const now = () => new Date(Date.UTC(2026, 0, 1) + 1000 * seconds++).toISOString();
  const comments = new Map<number, Comment[]>();
  const of = (number: number) => comments.get(number);
  const shown = ({ id, author, body }: Comment, number: number) => ({
    id,
    body,
    user: { login: author, type: author.endsWith("[bot]") ? "Bot" : "User" },
    html_url: `https://github.com/${repository}/pull/${String(number)}#issuecomment-${String(id)}`,
  });
  const found = (id: number) => {
    for (const [number, all] of comments) {
      const comment = all.find((one) => one.id === id);
      if (comment) return { number, all, comment };
    }
    return undefined;
  };
  const refuse = (reply: FastifyReply, status: number, message: string) =>
    reply.code(status).send({ message, documentation_url: "https://docs.github.com/rest", status: String(status) });
  const refused = (reply: FastifyReply, body: string) => {
    if (!stub.mayWrite) return refuse(reply, 403, "Resource not accessible by integration");
    // A comment is measured in characters, not in bytes.
    if ([...body].length > longestBody)
      return refuse(reply, 422, `Validation Failed: Body is too long (maximum is ${String(longestBody)} characters)`);
    return undefined;
  };

  server.addHook("onRequest", async (request, reply) => {
    const path = request.url.split("?", 1)[0] ?? "";
    stub.requests.push({ method: request.method, path });
    if (request.headers.authorization?.replace(/^(token|bearer) /i, "") !== stub.token)
      return refuse(reply, 401, "Bad credentials");
    stub.beforeEach(request.method, path);
    const planned = takeFault(request.method, path, false);
    return planned && refuse(reply.headers(planned.headers ?? {}), planned.status, planned.message);
  });
  server.addHook("onSend", async (request, reply, payload) => {
    const lost = reply.statusCode < 400 && takeFault(request.method, request.url, true);
    if (!lost) return payload;
    reply.code(lost.status);
    return JSON.stringify({ message: lost.message });
  });
  function takeFault(method: string, path: string, afterEffect: boolean): Fault | undefined {
    const planned = faults.find(
      ({ fault, left }) =>
        left > 0 &&
        fault.method === method &&
        path.includes(fault.path ?? "") &&
        (fault.afterEffect ?? false) === afterEffect,
    );
    if (!planned) return undefined;
    planned.left--;
    return planned.fault;
  }

  const issue = "/repos/octo-org/care/issues/:number/comments";
  const one = "/repos/octo-org/care/issues/comments/:id";
  server.get<{ Params: { number: string }; Querystring: { per_page?: string; page?: string } }>(
    issue,
    (request, reply) => {
      const all = of(Number(request.params.number));
      if (!all) return refuse(reply, 404, "Not Found");
      const size = Math.min(Number(request.query.per_page ?? 30), 100);
      const page = Number(request.query.page ?? 1);
      if (page * size < all.length) {
        const next = new URL(request.url, stub.url);
        next.searchParams.set("page", String(page + 1));
        void reply.header("link", `<${next.href}>; rel="next"`);
      }
      return reply.send(
        all.slice((page - 1) * size, page * size).map((comment) => shown(comment, Number(request.params.number))),
      );
    },
  );
  server.post<{ Params: { number: string }; Body: { body: string } }>(issue, (request, reply) => {
    const number = Number(request.params.number);
    if (!of(number)) return refuse(reply, 404, "Not Found");
    const comment = () => stub.add(number, { author: stub.author, body: request.body.body });
    return refused(reply, request.body.body) ?? reply.code(201).send(shown(comment(), number));
  });
  server.patch<{ Params: { id: string }; Body: { body: string } }>(one, (request, reply) => {
    const place = found(Number(request.params.id));
    if (!place) return refuse(reply, 404, "Not Found");
    const problem = refused(reply, request.body.body);
    if (problem) return problem;
    place.comment.body = request.body.body;
    return reply.send(shown(place.comment, place.number));
  });
  server.delete<{ Params: { id: string } }>(one, (request, reply) => {
    const place = found(Number(request.params.id));
    if (!place) return refuse(reply, 404, "Not Found");
    place.all.splice(place.all.indexOf(place.comment), 1);
    return reply.code(204).send();
  });
  const labels = "/repos/octo-org/care/issues/:number/labels";
  const labelsOf = (number: string) => [...(stub.labels.get(Number(number)) ?? [])].map((name) => ({ name }));
  server.get<{ Params: { number: string } }>(labels, (request, reply) => reply.send(labelsOf(request.params.number)));
  server.delete<{ Params: { number: string; name: string } }>(`${labels}/:name`, (request, reply) => {
    const { number, name } = request.params;
    if (!stub.mayWrite) return refuse(reply, 403, "Resource not accessible by integration");
    if (!stub.labels.get(Number(number))?.delete(name)) return refuse(reply, 404, "Label does not exist");
    return reply.send(labelsOf(number));
  });
  type Named = Record<"number" | "sha" | "login" | "workflow", string>;
  server.get<{ Params: Named }>("/repos/octo-org/care/issues/:number/events", (request, reply) =>
    reply.send(events.get(Number(request.params.number)) ?? []),
  );
  server.get<{ Params: Named }>("/repos/octo-org/care/collaborators/:login/permission", (request, reply) => {
    const permission = stub.permissions.get(request.params.login);
    return permission === undefined ? refuse(reply, 404, "Not Found") : reply.send({ permission });
  });
  server.get<{ Querystring: { ref?: string } }>("/repos/octo-org/care/activity", (request, reply) =>
    reply.send([...(stub.pushes.get(request.query.ref?.replace("refs/heads/", "") ?? "") ?? [])].reverse()),
  );
  server.get<{ Params: Named }>("/repos/octo-org/care/commits/:sha/pulls", (request, reply) =>
    reply.send(stub.merges.get(request.params.sha) ?? []),
  );
  server.get<{ Querystring: { head?: string } }>("/repos/octo-org/care/pulls", (request, reply) =>
    reply.send(stub.pulls.get(request.query.head?.replace("octo-org:", "") ?? "") ?? []),
  );
  server.get<{ Params: Named; Querystring: { head_sha?: string; branch?: string } }>(
    "/repos/octo-org/care/actions/workflows/:workflow/runs",
    (request, reply) => {
      const all = stub.runs.get(request.params.workflow) ?? [];
      const { head_sha, branch } = request.query;
      const asked = all.filter((run) => run.head_sha === head_sha && run.head_branch === branch);
      return reply.send({ workflow_runs: asked });
    },
  );
  // GraphQL calls an app without the ending that REST gives it, but perhaps not as the viewer.
  server.post("/graphql", (_request, reply) => reply.send({ data: { viewer: { login: stub.viewer ?? stub.author } } }));

  const stub: StubGitHub = {
    url: await server.listen({ host: "127.0.0.1", port: 0 }),
    comments,
    labels: new Map(),
    permissions: new Map(),
    pushes: new Map(),
    merges: new Map(),
    pulls: new Map(),
    runs: new Map(),
    changeBase: (number) => {
      const event = { event: "base_ref_changed", actor: { login: "octocat" }, created_at: now() };
      events.set(number, [...(events.get(number) ?? []), event]);
    },
    label: (number, name, login) => {
      stub.labels.get(number)?.add(name);
      const event = { event: "labeled", label: { name }, actor: { login }, created_at: now() };
      events.set(number, [...(events.get(number) ?? []), event]);
    },
    push: (branch, after, login = "octocat") => {
      stub.pushes.set(branch, [...(stub.pushes.get(branch) ?? []), { after, timestamp: now(), actor: { login } }]);
    },
    requests: [],
    author: "github-actions[bot]",
    token: "ghs_plantedTokenOfTheStub",
    mayWrite: true,
    beforeEach: () => {},
    fail: (fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    add: (number, comment) => {
      const made = { id: ids++, ...comment };
      comments.set(number, [...(of(number) ?? []), made]);
      return made;
    },
    environment: () => ({
      GITHUB_API_URL: stub.url,
      GITHUB_TOKEN: stub.token,
      GITHUB_REPOSITORY: repository,
    }),
    close: () => server.close(),
  };
  return stub;
}
