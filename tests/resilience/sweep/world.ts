/** The world in which a life is lived once: a local cloud with a time of its own, and operations that can be killed. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { caseDescription } from "../../../components/supportCase/create.ts";
import { markerOf } from "../../../components/supportCase/own.ts";
import { createTransport, readGoogleSettings, resourceManagerApi, supportApi } from "../../../google/index.ts";
import { timestamp } from "../../../tools/localCloud/clock.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud, SupportCase } from "../../../tools/localCloud/index.ts";
import { inputs } from "../../support/caseSetting.ts";
import { keepCloud } from "../../support/keepCloud.ts";
import { anotherBackends, files, markerOfLife, somebodys } from "./life.ts";
import type { Operating } from "./life.ts";

export interface World {
  readonly cloud: Cloud;
  /** Forgets all that happened. There are cases of others again, which are to be left alone. */
  reset(): void;
  /** @returns what brings all back that there is now, as often as it is called */
  keep(): () => void;
  /** Whether no operation continues, such as one of two at once whose other one has failed. */
  isIdle(): Promise<boolean>;
  /** What there is now, but for times: what the same operations bring about from here on depends on nothing else. */
  fingerprint(): unknown;
  /** The cases in addition to those of others. */
  cases(): SupportCase[];
  /** What has become otherwise of the cases of others; empty as it should be. */
  disturbed(): string[];
  /** Milliseconds. */
  now(): number;
  /** A new process of the provider. */
  newProcess(): Process;
  close(): Promise<void>;
}

export interface Process extends Operating {
  /** Nothing that it began continues. */
  kill(): void;
  /** The time limit of each request that is under way is over. */
  timeOut(): void;
}

/** What stays undone for ever. */
const never = () => new Promise<never>(() => undefined);

/** The Application Default Credentials lie in a folder of its own until it is closed. */
export async function openWorld(): Promise<World> {
  const credentialDirectory = await mkdtemp(join(tmpdir(), "sweep-"));
  let now = Date.parse("2026-10-01T09:00:00Z");
  const pass = (milliseconds: number) => Promise.resolve(void (now += milliseconds));
  const cloud = await startCloud({ clock: { now: () => now, sleep: pass } });
  const operator = { principal: "serviceAccount:operator@ops-admin.iam.gserviceaccount.com" };
  const { externalAccount } = cloud.credentialFiles(credentialDirectory, operator);
  const { GOOGLE_OAUTH_ACCESS_TOKEN: _, ...endpoints } = cloud.environment;
  process.env["GOOGLE_APPLICATION_CREDENTIALS"] = externalAccount;
  const settings = readGoogleSettings(() => undefined, endpoints);
  const realLimit = AbortSignal.timeout.bind(AbortSignal);
  let limits: AbortController[] = [];
  /** The processes that are alive, with the number of their requests that are under way. */
  const alive = new Set<{ requests: number }>();
  AbortSignal.timeout = () => {
    const limit = new AbortController();
    limits.push(limit);
    return limit.signal;
  };

  let others = new Map<string, string>();
  const addCase = (name: string, fields: Partial<SupportCase>) => {
    const id = name.split("/").at(-1) ?? "";
    const [one] = cloud.state.cases.values();
    if (one === undefined) throw new Error("the seed has no case");
    const more = { comments: [], attachments: [], subscriberEmailAddresses: [], escalations: 0, testCase: true };
    cloud.state.cases.set(id, { ...structuredClone(one), name, state: "NEW", ...more, ...fields });
    return id;
  };
  const disturbed = () =>
    [...others].filter(([id, before]) => JSON.stringify(cloud.state.cases.get(id)) !== before).map(([id]) => id);

  return {
    cloud,
    reset: () => {
      alive.clear();
      cloud.reset();
      others.clear();
      const marked = (marker: string) => ({ description: caseDescription({ ...inputs, marker }) });
      const strangers: Partial<SupportCase>[] = [
        marked(markerOf("acme/landing-zone/dev", "testCase", "life 0")),
        marked(markerOf("acme/customer-care/prod", "testCase", "life 0")),
        marked(markerOf("acme/customer-care/dev", "second", "life 0")),
        { description: `I saw this:\n${markerOfLife(1)}\nin another case.` },
        // Whole quotes of the case, by a person.
        ...[1, 2, 3].map((life) => ({
          description: `What is this?\n\n${marked(markerOfLife(life)).description}`,
          testCase: false,
          priority: "P1",
        })),
      ];
      for (const [index, fields] of strangers.entries())
        addCase(`projects/shop-dev/cases/${String(40000000 + index)}`, { displayName: inputs.displayName, ...fields });
      for (const [id, one] of cloud.state.cases) others.set(id, JSON.stringify(one));
    },
    keep: () => {
      const restoreCloud = keepCloud(cloud);
      const kept = { now, others: [...others] };
      return () => {
        alive.clear();
        restoreCloud();
        now = kept.now;
        others = new Map(kept.others);
      };
    },
    isIdle: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return [...alive].every(({ requests }) => requests === 0);
    },
    fingerprint: () => [
      [...cloud.state.cases],
      [...others.keys()],
      disturbed(),
      [...cloud.state.counters].filter(([series]) => series !== "accessTokens"),
    ],
    cases: () => [...cloud.state.cases].filter(([id]) => !others.has(id)).map(([, one]) => one),
    disturbed,
    now: () => now,
    newProcess() {
      const own = { requests: 0 };
      alive.add(own);
      const isAlive = () => alive.has(own);
      limits = [];
      const sleep = (milliseconds: number) => (isAlive() ? pass(milliseconds) : never());
      const transport = createTransport(settings, { sleep });
      const mortal: typeof transport = {
        settings,
        request: async (request) => {
          if (!isAlive()) return never();
          own.requests++;
          try {
            return await transport.request(request);
          } finally {
            own.requests--;
            if (!isAlive()) await never();
          }
        },
      };
      /** A search that lags shows it a while later. */
      const close = (id: string, one: SupportCase) => {
        one.state = "CLOSED";
        const revisions = cloud.state.caseRevisions.get(id) ?? [];
        cloud.state.caseRevisions.set(id, [...revisions, { at: now, supportCase: { ...one } }]);
      };
      const timeOut = () => {
        const reason = new DOMException("the time is over", "TimeoutError");
        for (const limit of limits.splice(0)) limit.abort(reason);
      };
      return {
        dependencies: {
          api: supportApi(mortal),
          resourceManager: resourceManagerApi(mortal),
          sleep,
          log: () => undefined,
          readFile: (path) => Promise.resolve(files[path] ?? new Uint8Array()),
          provider: "the provider's text",
        },
        happen: (what, name) => {
          const one = cloud.state.cases.get(name.split("/").at(-1) ?? "");
          if (what === "another backend makes a case") {
            const marker = markerOf("acme/customer-care/dev", "testCase", "a life of another backend");
            const id = addCase(anotherBackends, { description: caseDescription({ ...inputs, marker }) });
            others.set(id, JSON.stringify(cloud.state.cases.get(id)));
          } else if (what === "others quote it") {
            const { description = "" } = one ?? {};
            const quotes = [
              { description: `What is this?\n\n${description}` },
              { description, testCase: false },
              { description: description.replace(/^/, "Another ") },
            ];
            for (const [index, fields] of quotes.entries()) {
              const id = addCase(`projects/shop-dev/cases/${String(60000000 + index)}`, fields);
              others.set(id, JSON.stringify(cloud.state.cases.get(id)));
            }
          } else if (what === "somebody closes those that are in no state") {
            for (const [id, other] of cloud.state.cases) if (!others.has(id)) close(id, other);
          } else if (what === "somebody makes a case") addCase(somebodys, { displayName: "Slow disk", priority: "P4" });
          else if (one === undefined) throw new Error(`there is no case ${name}`);
          else if (what === "somebody removes it") cloud.state.cases.delete(name.split("/").at(-1) ?? "");
          else if (what === "an agent closes it") close(name.split("/").at(-1) ?? "", one);
          else
            addCase(`${name}9`, {
              ...one,
              name: `${name}9`,
              comments: [],
              attachments: [],
              createTime: timestamp(now),
            });
        },
        kill: () => {
          alive.delete(own);
          timeOut();
        },
        timeOut,
      };
    },
    close: async () => {
      AbortSignal.timeout = realLimit;
      delete process.env["GOOGLE_APPLICATION_CREDENTIALS"];
      await cloud.close();
      await rm(credentialDirectory, { recursive: true, force: true });
    },
  };
}
