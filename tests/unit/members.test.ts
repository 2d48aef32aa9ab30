/** Members, addresses and domains as Google has them (onboarding/members.ts, onboarding/emailAddress.ts). */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { checkValue } from "../../onboarding/index.ts";
import { domainProblem, emailAddressProblem, isDomain, isEmailAddress } from "../../onboarding/emailAddress.ts";
import { memberPattern, memberProblem, normalizeMember } from "../../onboarding/members.ts";

const pool = "iam.googleapis.com/locations/global/workforcePools/staff";
const workloads = "iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/ci";
const cluster = workloads.replace("/ci", "/shop-dev.svc.id.goog");
const resources = "cloudresourcemanager.googleapis.com";
const agents = "agents.global.org-123456789012.system.id.goog";

/** Google's list of principal identifiers for allow policies, as far as they may have a support role. */
const accepted: readonly string[] = [
  "user:alex@example.com",
  "user:o'neil+support@example.com",
  "group:my-group@example.com",
  "serviceAccount:my-service-account@my-project.iam.gserviceaccount.com",
  "serviceAccount:123456789012-compute@developer.gserviceaccount.com",
  "serviceAccount:my-project@appspot.gserviceaccount.com",
  "serviceAccount:shop-dev.svc.id.goog[support/bot]",
  `principalSet://${resources}/projects/123456789012/type/ServiceAccount`,
  `principalSet://${resources}/folders/123456789012/type/ServiceAccount`,
  `principalSet://${resources}/organizations/123456789012/type/ServiceAccount`,
  `principal://${pool}/subject/raha@altostrat.com`,
  `principalSet://${pool}/group/administrators-group@altostrat.com`,
  `principalSet://${pool}/group/abcdefgh-0123-0123-abcdef`,
  `principalSet://${pool}/group/Support Leads (EMEA)`,
  `principalSet://${pool}/attribute.department/Customer  Care`,
  `principalSet://${pool}/*`,
  `principal://${workloads}/subject/repo:octo/shop:ref:refs/heads/main`,
  `principalSet://${workloads}/group/Ops Team`,
  `principalSet://${workloads}/attribute.repository/octo/shop`,
  `principalSet://${workloads}/*`,
  `principal://${agents}/resources/aiplatform/projects/9876543210/locations/us-central1/reasoningEngines/my-test-agent`,
  `principal://agents.global.proj-9876543210.system.id.goog/resources/aiplatform/projects/9876543210/locations/us-central1/reasoningEngines/a`,
  `principalSet://${agents}/*`,
  `principalSet://${agents}/attribute.platformContainer/aiplatform/projects/9876543210`,
  `principal://${cluster}/subject/ns/support/sa/bot`,
  `principal://${cluster}/kubernetes.serviceaccount.uid/0b4d5f3e-7a1c-4f0e-9b1a-2d3c4e5f6a7b`,
  `principalSet://${cluster}/namespace/support`,
  `principalSet://${cluster}/kubernetes.cluster/https://container.googleapis.com/v1/projects/shop-dev/locations/europe-west1/clusters/main`,
];

/** Members that Google supports and support roles do not, or in another notation: what to write instead, if known. */
const refused: readonly (readonly [member: string, write: string | RegExp])[] = [
  ["allUsers", /everyone on the internet/],
  ["allusers", /everyone on the internet/],
  ["allAuthenticatedUsers", /everyone on the internet/],
  ["principalSet://goog/public:all", /everyone on the internet/],
  ["domain:example.com", /everyone in a domain.*"group:support@example.com"/],
  ["principalSet://goog/cloudIdentityCustomerId/C01Abc35", /everyone in a Cloud Identity account/],
  ["deleted:user:alex@example.com?uid=123456789012345678901", /leave it out/],
  ["deleted:serviceAccount:a@b.iam.gserviceaccount.com?uid=1", /leave it out/],
  ["deleted:group:my-group@example.com?uid=1", /leave it out/],
  [`deleted:principal://${pool}/subject/ada`, /leave it out/],
  ["projectOwner:shop-dev", /basic role/],
  ["projectEditor:shop-dev", /basic role/],
  ["projectViewer:shop-dev", /basic role/],
  ["principal://goog/subject/alex@example.com", "user:alex@example.com"],
  ["principalSet://goog/group/my-group@example.com", "group:my-group@example.com"],
  [
    "principal://iam.googleapis.com/projects/-/serviceAccounts/bot@shop-dev.iam.gserviceaccount.com",
    "serviceAccount:bot@shop-dev.iam.gserviceaccount.com",
  ],
  [`principalSet://${resources}/projects/123456789012/type/ServiceAgent`, /only deny policies/],
  [
    "principal://parametermanager.googleapis.com/projects/1/uid/locations/global/parameters/abc",
    /built-in identity of a resource/,
  ],
  ["principalSet://parametermanager.googleapis.com/projects/1/*", /built-in identity of a resource/],
  ["user:bot@shop-dev.iam.gserviceaccount.com", "serviceAccount:bot@shop-dev.iam.gserviceaccount.com"],
  ["bot@shop-dev.iam.gserviceaccount.com", "serviceAccount:bot@shop-dev.iam.gserviceaccount.com"],
  [
    "serviceAccount:projects/shop-dev/serviceAccounts/bot@shop-dev.iam.gserviceaccount.com",
    "serviceAccount:bot@shop-dev.iam.gserviceaccount.com",
  ],
  ["serviceAccount:ada@example.com", "user:ada@example.com"],
  ["user:ada\u200b@example.com", /has an invisible character \(U\+200B\); write the name exactly as in Google/],
  ["GROUP:Support@example.com", "group:Support@example.com"],
  ["user:ada@bücher.example", "user:ada@xn--bcher-kva.example"],
  ["user:Ada Lovelace <ada@example.com>", "user:ada@example.com"],
  [`principal://${pool}/group/Support Leads`, `principalSet://${pool}/group/Support Leads`],
  [`principalset://${pool}/group/Support Leads`, `principalSet://${pool}/group/Support Leads`],
  [`principalSet://${pool}/subject/ada`, `principal://${pool}/subject/ada`],
  [`principal://${workloads.replace("100000000001", "shop-dev")}/subject/x`, /by its ID; write its number/],
  [`principalSet://${resources}/projects/shop-dev/type/ServiceAccount`, /is not a set/],
  [`principalSet://${pool}/group/Support\u00a0Leads`, /has a space \(U\+00A0\); write the name exactly as/],
  [`principalSet://${pool}/group/Leads\nallUsers`, /has a control character \(U\+000A\); write the name exactly as/],
  ["user:ada lovelace@example.com", /has a space \(U\+0020\); write the name exactly as in Google/],
  ["principalHierarchy://x", /is not a member/],
];

const bot = "bot@shop-dev.iam.gserviceaccount.com";

/** Near misses of members, each with all that the error suggests: the user's own value. */
const nearMisses: Readonly<Record<string, readonly string[]>> = {
  // The kind: its plural, other letters, other words, a typo.
  "users:ada@example.com": ["user:ada@example.com"],
  "Users:Ada@Example.com": ["user:Ada@Example.com"],
  "USER:ada@example.com": ["user:ada@example.com"],
  "usr:ada@example.com": ["user:ada@example.com"],
  "utilisateur:ada@example.com": ["user:ada@example.com"],
  "groups:sre@example.com": ["group:sre@example.com"],
  "Google Group: sre@example.com": ["group:sre@example.com"],
  "groupe:sre@example.com": ["group:sre@example.com"],
  [`serviceaccount:${bot}`]: [`serviceAccount:${bot}`],
  [`serviceAccounts:${bot}`]: [`serviceAccount:${bot}`],
  [`service-account:${bot}`]: [`serviceAccount:${bot}`],
  [`service_account:${bot}`]: [`serviceAccount:${bot}`],
  [`Service Account: ${bot}`]: [`serviceAccount:${bot}`],
  [`sa:${bot}`]: [`serviceAccount:${bot}`],
  [`users:${bot}`]: [`serviceAccount:${bot}`],
  "serviceAccounts:ada@example.com": ["user:ada@example.com", "group:ada@example.com"],
  "serviceaccount:shop-dev.svc.id.goog[support/bot]": ["serviceAccount:shop-dev.svc.id.goog[support/bot]"],
  // A blank, or another separator.
  "user: ada@example.com": ["user:ada@example.com"],
  "user :ada@example.com": ["user:ada@example.com"],
  " user:ada@example.com": ["user:ada@example.com"],
  "user:ada@example.com ": ["user:ada@example.com"],
  "user ada@example.com": ["user:ada@example.com"],
  "user=ada@example.com": ["user:ada@example.com"],
  "user/ada@example.com": ["user:ada@example.com"],
  "groups/sre@example.com": ["group:sre@example.com"],
  "user::ada@example.com": ["user:ada@example.com"],
  "user:ada@example.com,": ["user:ada@example.com"],
  "user:ada@example.com;": ["user:ada@example.com"],
  "user:ada@example.com.": ["user:ada@example.com"],
  "'user:ada@example.com'": ["user:ada@example.com"],
  '"user:ada@example.com"': ["user:ada@example.com"],
  // Two kinds, or none.
  "user:mailto:ada@example.com": ["user:ada@example.com"],
  "user:user:ada@example.com": ["user:ada@example.com"],
  "member:user:ada@example.com": ["user:ada@example.com"],
  "user:group:sre@example.com": ["group:sre@example.com"],
  "mailto:ada@example.com": ["user:ada@example.com", "group:ada@example.com"],
  "email: ada@example.com": ["user:ada@example.com", "group:ada@example.com"],
  "members:ada@example.com": ["user:ada@example.com", "group:ada@example.com"],
  "ada@example.com": ["user:ada@example.com", "group:ada@example.com"],
  " ada@example.com ": ["user:ada@example.com", "group:ada@example.com"],
  "<ada@example.com>": ["user:ada@example.com", "group:ada@example.com"],
  "Ada Lovelace <ada@example.com>": ["user:ada@example.com", "group:ada@example.com"],
  "user:<ada@example.com>": ["user:ada@example.com"],
  // A service account without the end of its address.
  "serviceAccount:bot@shop-dev.iam": [`serviceAccount:${bot}`],
  "serviceAccount:bot@shop-dev": [`serviceAccount:${bot}`],
  [`projects/shop-dev/serviceAccounts/${bot}`]: [`serviceAccount:${bot}`],
  // Federated principals.
  [`principals://${pool}/subject/ada`]: [`principal://${pool}/subject/ada`],
  [`Principal: //${pool}/subject/ada`]: [`principal://${pool}/subject/ada`],
  [`principal:${pool}/subject/ada`]: [`principal://${pool}/subject/ada`],
  [`principal:/${pool}/subject/ada`]: [`principal://${pool}/subject/ada`],
  [`//${pool}/subject/ada`]: [`principal://${pool}/subject/ada`],
  [`${pool}/group/Support Leads`]: [`principalSet://${pool}/group/Support Leads`],
  [`principal-set://${pool}/group/Support Leads`]: [`principalSet://${pool}/group/Support Leads`],
  [`principalSets://${pool}/groups/Support Leads`]: [`principalSet://${pool}/group/Support Leads`],
  [`principal://${pool}/subjects/groups/ada`]: [`principal://${pool}/subject/groups/ada`],
  [`principalSet://${workloads}/attributes.repository/octo/shop`]: [
    `principalSet://${workloads}/attribute.repository/octo/shop`,
  ],
  // What is not understood, or another principal.
  "user:ada lovelace@example.com": [],
  "user:\tada@example.com": [],
  "user:ada@example.com\n": [],
  "\u00a0user:ada@example.com": [],
  "user:ada\u200b@example.com": [],
  "\u200buser:ada@example.com": [],
  "color:ada@example.com": [],
  "domains:example.com": [],
  "users:": [],
  "mailto:": [],
  [`principal://${pool}/subject/ada `]: [],
};

/** The values in quotes that an error suggests. */
function suggestions(problem: string): string[] {
  const [, write = ""] = /; write (.*)$/s.exec(problem) ?? [];
  return [...write.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([text]) => JSON.parse(text) as string);
}

describe("a member", () => {
  for (const member of accepted)
    it(`is taken as it is written: ${member}`, () => {
      assert.equal(memberProblem(member), undefined);
      assert.equal(checkValue("care", ["editors"], "member", member), member);
      assert.match(member, memberPattern);
    });

  for (const [member, write] of refused)
    it(`is refused, with what to write: ${JSON.stringify(member)}`, () => {
      const problem = memberProblem(member) ?? assert.fail("accepted");
      if (typeof write === "string") assert.equal(suggestions(problem)[0], write);
      else assert.match(problem, write);
      for (const suggested of suggestions(problem)) assert.equal(memberProblem(suggested), undefined, problem);
    });

  for (const [member, meant] of Object.entries(nearMisses))
    it(`is suggested as the user has meant it: ${JSON.stringify(member)}`, () => {
      const problem = memberProblem(member) ?? assert.fail("accepted");
      const own = suggestions(problem).filter((one) => !one.endsWith(":support@example.com") && !one.includes("name@"));
      assert.deepEqual(own, meant, problem);
      for (const suggested of own) assert.equal(memberProblem(suggested), undefined, problem);
    });

  /** The same to a person who reads it: without what does not show, and without blanks at its ends. */
  const letters = (text: string) => text.replace(/\p{Cf}|\s+$|^\s+/gu, "");

  it("is never changed into another one: the suggestion has each of its letters, and each blank within", () => {
    const names = fc.stringMatching(/^[A-Za-z](?:[A-Za-z .'-]{0,12}[A-Za-z])?$/);
    const forms = fc.constantFrom(
      (name: string) => `user:${name}@example.com`,
      (name: string) => `group: ${name}@example.com`,
      (name: string) => `${name}@example.com`,
      (name: string) => `principalSet://${pool}/group/${name}`,
      (name: string) => `principal://${pool}/group/${name} `,
      (name: string) => `PrincipalSet://${pool}/attribute.team/\u200b${name}`,
      (name: string) => `principal://${workloads}/subject/${name}`,
    );
    fc.assert(
      fc.property(names, forms, (name, form) => {
        const problem = memberProblem(form(name));
        if (problem === undefined) assert.ok(normalizeMember(form(name)).toLowerCase().includes(name.toLowerCase()));
        else
          for (const suggested of suggestions(problem).filter(
            (one) => !one.includes("support@") && !one.includes("name@"),
          ))
            assert.ok(letters(suggested).includes(letters(name)), `${form(name)} → ${suggested}`);
      }),
      { numRuns: 500 },
    );
  });

  it("is refused with suggestions that are taken, whatever it is", () => {
    const starts = fc.constantFrom(
      "",
      ...accepted.map((member) => member.slice(0, member.lastIndexOf("/") + 1)),
      "user:",
      "group:",
      "serviceAccount:",
      "domain:",
      "deleted:",
      "principal:",
      "principalSet://goog/",
    );
    fc.assert(
      fc.property(starts, fc.string({ unit: "grapheme" }), (start, rest) => {
        const problem = memberProblem(start + rest);
        if (problem === undefined) {
          assert.match(start + rest, memberPattern);
          assert.doesNotMatch(start + rest, /^\s|\s$|\p{Cc}|\p{Cf}/u);
        } else for (const suggested of suggestions(problem)) assert.equal(memberProblem(suggested), undefined, problem);
      }),
      { numRuns: 1000 },
    );
  });

  it("is compared as IAM and the gcp provider do: in lower case, but for federated principals", () => {
    const cases: Readonly<Record<string, string>> = {
      "user:Ada@Example.com": "user:ada@example.com",
      "group:SRE@Example.com": "group:sre@example.com",
      "domain:Example.com": "domain:example.com",
      "projectOwner:Shop": "projectOwner:shop",
      "deleted:user:Ada@Example.com?uid=1": "deleted:user:ada@example.com?uid=1",
      [`deleted:principal://${pool}/subject/Ada`]: `deleted:principal://${pool}/subject/Ada`,
      [`principalSet://${pool}/group/Support Leads`]: `principalSet://${pool}/group/Support Leads`,
      allUsers: "allUsers",
    };
    for (const [member, expected] of Object.entries(cases)) assert.equal(normalizeMember(member), expected);
  });
});

describe("an e-mail address", () => {
  const good = [
    "ada@example.com",
    "o'neil@example.com",
    "ada+support@example.com",
    "ada.lovelace@example.co.uk",
    "a!#$%&'*+/=?^_`{|}~-z@example.com",
    "ada'@example.com",
    "1@example.com",
    "ada@xn--bcher-kva.example",
    "ada@example.xn--p1ai",
    "ada@3com.com",
    `${"a".repeat(64)}@example.com`,
    `ada@${"a".repeat(63)}.com`,
    `${"a".repeat(64)}@${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(57)}.com`,
  ];
  for (const address of good) it(`is one: ${address}`, () => assert.equal(emailAddressProblem(address), undefined));

  const bad: Readonly<Record<string, string | undefined>> = {
    ada: undefined,
    "@example.com": undefined,
    "ada@": undefined,
    "ada@example": undefined,
    ".ada@example.com": undefined,
    "ada.@example.com": undefined,
    "ada..l@example.com": undefined,
    "ada@-example.com": undefined,
    "ada@example-.com": undefined,
    "ada@example..com": undefined,
    "ada@exam_ple.com": undefined,
    "ada@[192.0.2.1]": undefined,
    "ada@192.0.2.1": undefined,
    '"ada lovelace"@example.com': undefined,
    "ada(comment)@example.com": undefined,
    "ada lovelace@example.com": undefined,
    "ada@exam ple.com": undefined,
    "a@b@example.com": undefined,
    "ädä@example.com": undefined,
    [`${"a".repeat(65)}@example.com`]: undefined,
    [`ada@${"a".repeat(64)}.com`]: undefined,
    [`${"a".repeat(64)}@${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(58)}.com`]: undefined,
    " ada@example.com\n": undefined,
    " ada@example.com ": "ada@example.com",
    "users: Ada@example.com": "Ada@example.com",
    "mailto: ada@example.com": "ada@example.com",
    "'ada@example.com'": "ada@example.com",
    "ada@example.com,": "ada@example.com",
    "ada\u200b@example.com": undefined,
    "Ada\u200b <ada@example.com>": undefined,
    "ada@example.com.": "ada@example.com",
    "mailto:Ada@example.com": "Ada@example.com",
    "Ada Lovelace <ada@example.com>": "ada@example.com",
    "group:ada@example.com": "ada@example.com",
    "ada@bücher.example": "ada@xn--bcher-kva.example",
    "ada@例え.jp": "ada@xn--r8jz45g.jp",
  };
  for (const [address, meant] of Object.entries(bad))
    it(`is none, ${meant === undefined ? "without a suggestion" : "with a suggestion"}: ${JSON.stringify(address)}`, () => {
      const problem = emailAddressProblem(address) ?? assert.fail("accepted");
      assert.deepEqual(suggestions(problem), [meant ?? "security@example.com"]);
    });

  it("has a valid domain, and each valid domain has an address", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.domain(),
          fc.webUrl().map((url) => new URL(url).hostname),
          fc.string(),
        ),
        (text) => {
          assert.equal(isEmailAddress(`ada@${text}`), isDomain(text) && text.length <= 250);
        },
      ),
    );
    fc.assert(
      fc.property(fc.emailAddress(), (address) =>
        assert.equal(isEmailAddress(address), isDomain(address.slice(address.lastIndexOf("@") + 1))),
      ),
    );
  });
});

describe("a domain", () => {
  for (const domain of ["example.com", "EXAMPLE.com", "a.b.c.example", "xn--bcher-kva.example", "example.xn--p1ai"])
    it(`is one: ${domain}`, () => assert.equal(domainProblem(domain), undefined));

  const bad: Readonly<Record<string, string>> = {
    "https://example.com/": "example.com",
    "example.com.": "example.com",
    "@example.com": "example.com",
    "ada@example.com": "example.com",
    "domain:example.com": "example.com",
    " acme.example": "acme.example",
    "domain: acme.example": "acme.example",
    "bücher.example": "xn--bcher-kva.example",
    example: "example.com",
    "example_1.com": "example.com",
    "-a.com": "example.com",
    "192.0.2.1": "example.com",
    [`${"a.".repeat(130)}com`]: "example.com",
  };
  for (const [domain, write] of Object.entries(bad))
    it(`is none: ${JSON.stringify(domain)}`, () =>
      assert.deepEqual(suggestions(domainProblem(domain) ?? assert.fail("accepted")), [write]));
});
