/** The sizing table of docs/how-to/fleet.md, calculated: what a fleet asks of Google, against the quotas that Google publishes. */
import { quotas } from "../../google/index.ts";

/** Of a project with three services, a grant and a contact, as measured on the local cloud with batching off. */
const perProject = {
  "serviceusage.googleapis.com read": 12,
  "serviceusage.googleapis.com write": 3,
  "cloudresourcemanager.googleapis.com read": 12,
};

const projectsPerShard = 200;
const projectsPerFleet = 10_000;
const pageSize = 300;

const sizes = [1000, 5000, 10_000, 50_000, 100_000];

function limitOf(quota: string): number {
  const [service, kind] = quota.split(" ");
  return quotas.find((one) => one.service === service && one.kind === kind)?.perMinute ?? Infinity;
}

const grouped = (count: number) => count.toLocaleString("en");

const duration = (minutes: number) =>
  minutes < 120 ? `${String(Math.max(1, Math.ceil(minutes)))} min` : `${String(Math.ceil(minutes / 60))} h`;

/** A line of the table for each size. */
export function sizingRows(): string[][] {
  return sizes.map((projects) => {
    const fleets = Math.ceil(projects / projectsPerFleet);
    const shards = Math.ceil(projects / projectsPerShard);
    const lists = shards * (Math.ceil(projects / fleets / pageSize) + 1);
    const first = Math.max(
      ...Object.entries(perProject).map(([quota, requests]) => (projects * requests) / limitOf(quota)),
    );
    return [
      grouped(projects),
      grouped(fleets),
      grouped(shards),
      grouped(lists),
      duration(lists / limitOf("cloudresourcemanager.googleapis.com read")),
      duration(first),
    ];
  });
}
