/** Alerts of Service Health in a config: each mistake, the model, and the filter, which no value changes. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import { alertFilter, incidentProducts, regions, relevanceNames } from "../../guide/index.ts";
import type { AlertFilter } from "../../guide/index.ts";
import { check, doubtfulFilters, placesOf, withAlertAddresses, withProjects } from "../../onboarding/index.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import { goneAlerts } from "../../components/obstacles/goneAlerts.ts";
import { compileLoggingQuery } from "../../tools/localCloud/loggingQuery.ts";

const withAlerts = (serviceHealth: unknown, more: object = {}) => ({
  plan: "enhanced",
  projects: { "shop-dev": { alerts: { serviceHealth }, ...more } },
});

const problemsOf = (config: object) =>
  check(config).problems.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`);

const checked = (config: object): CustomerCareConfig => {
  const { config: found, problems } = check(config);
  assert.deepEqual(problems, []);
  return found as CustomerCareConfig;
};

const at = "projects.shop-dev.alerts.serviceHealth";
const oncall = "oncall@example.com";

describe("alerts in a config are refused", () => {
  const mistakes: Readonly<Record<string, readonly [config: object, problem: string]>> = {
    "without who is notified": [
      withAlerts({}),
      `${at}.notify: is missing; write contacts, or a list such as ["oncall@example.com"]`,
    ],
    "for another word than contacts": [
      withAlerts({ notify: "Contact" }),
      `${at}.notify: "Contact" is neither contacts nor a list (did you mean contacts?); write contacts, or a list such as ["oncall@example.com"]`,
    ],
    "for an address that is not in a list": [
      withAlerts({ notify: oncall }),
      `${at}.notify: "oncall@example.com" is not a list; write ["oncall@example.com"], or contacts`,
    ],
    "for an address alone": [
      withAlerts([oncall]),
      `${at}: ["oncall@example.com"] is not the Service Health alerts; write {notify: ["oncall@example.com"]}, or a map of notify, on, products, locations or relevance`,
    ],
    "for an empty list": [
      withAlerts({ notify: [] }),
      `${at}.notify: is empty; write at least one e-mail address, or remove these alerts`,
    ],
    "for a misspelled address": [
      withAlerts({ notify: ["mailto:oncall@example.com"] }),
      `${at}.notify.0: "mailto:oncall@example.com" is not an e-mail address; write "oncall@example.com"`,
    ],
    "for an address twice": [
      withAlerts({ notify: [oncall, "OnCall@example.com"] }),
      `${at}.notify: "oncall@example.com" is listed twice; write it once`,
    ],
    "for a channel without its project": [
      withAlerts({ notify: ["notificationChannels/12"] }),
      `${at}.notify.0: "notificationChannels/12" is not the name of a notification channel; write projects/PROJECT_ID/notificationChannels/12, with the ID of the project with the alerts`,
    ],
    "for a channel's full name": [
      withAlerts({ notify: ["//monitoring.googleapis.com/projects/shop-dev/notificationChannels/12"] }),
      `${at}.notify.0: "//monitoring.googleapis.com/projects/shop-dev/notificationChannels/12" is not the name of a notification channel; write "projects/shop-dev/notificationChannels/12"`,
    ],
    "for a channel with a project number": [
      withAlerts({ notify: ["projects/100000000001/notificationChannels/12"] }),
      `${at}.notify.0: "projects/100000000001/notificationChannels/12" has a project number; write the ID of the project with the alerts in its place: projects/PROJECT_ID/notificationChannels/12`,
    ],
    "for a channel of another project": [
      withAlerts({ notify: ["projects/pay-dev/notificationChannels/12"] }),
      `${at}.notify.0: "projects/pay-dev/notificationChannels/12" belongs to another project, and a policy of shop-dev can use only channels of shop-dev; write the name of one of its channels, or an e-mail address`,
    ],
    "for more people than Google allows": [
      withAlerts({ notify: Array.from({ length: 17 }, (_, index) => `a${String(index)}@example.com`) }),
      `${at}.notify: has 17 recipients, and Google allows at most 16 for a policy; write the address of a group instead`,
    ],
    "for more products than a filter can have": [
      withAlerts({
        notify: [oncall],
        products: Array.from({ length: 300 }, (_, index) => `${"Cloud ".repeat(12)}${String(index)}`),
      }),
      `${at}: needs a filter of 24405 characters for its products and locations, and Google allows at most 20000; write fewer of them, or parts of their names, such as "SQL"`,
    ],
    "for a product with spaces around it": [
      withAlerts({ notify: [oncall], products: [" Cloud  SQL "] }),
      `${at}.products.0: " Cloud  SQL " has a space (U+0020), so it matches no product; write "Cloud SQL"`,
    ],
    "for a product with two spaces": [
      withAlerts({ notify: [oncall], products: ["Cloud  Run"] }),
      `${at}.products.0: "Cloud  Run" has several spaces in a row, so it matches no product; write "Cloud Run"`,
    ],
    "for a product of hidden characters": [
      withAlerts({ notify: [oncall], products: ["\u202e"] }),
      `${at}.products.0: "\\u{202e}" has an invisible character (U+202E), so it matches no product; write the name as Google does, such as "Google Cloud SQL"`,
    ],
    "for contacts, if there are none": [
      withAlerts({ notify: "contacts" }, { contacts: { security: [oncall] } }),
      `${at}.notify: is contacts, but nobody is the contact for incidents in projects.shop-dev.contacts; write a contact for technical-incidents there, or a list such as ["oncall@example.com"]`,
    ],
    "for a wrong contact only once": [
      withAlerts({ notify: "contacts" }, { contacts: { technical: ["nobody"] } }),
      'projects.shop-dev.contacts.technical.0: "nobody" is not an e-mail address; write one such as "security@example.com"',
    ],
    "for other events": [
      withAlerts({ notify: [oncall], on: "new" }),
      `${at}.on: "new" is not a kind of events (did you mean new-incidents?); write all-updates or new-incidents`,
    ],
    "for Google's name of a relevance": [
      withAlerts({ notify: [oncall], relevance: ["PARTIALLY_RELATED"] }),
      `${at}.relevance.0: "PARTIALLY_RELATED" is not a relevance (did you mean partially-related?); write impacted, related, partially-related, unknown or not-impacted`,
    ],
    "for a location in other letters": [
      withAlerts({ notify: [oncall], locations: ["Europe West1"] }),
      `${at}.locations.0: "Europe West1" has a space (U+0020) and is not a location of Google Cloud; write "europe-west1"`,
    ],
    "for what is not a location": [
      withAlerts({ notify: [oncall], locations: ["planet mars"] }),
      `${at}.locations.0: "planet mars" has a space (U+0020) and is not a location of Google Cloud; write one such as "europe-west1"`,
    ],
    "for a key of Google's": [
      withAlerts({ notify: [oncall], impactedProducts: ["Cloud Run"] }),
      `${at}.impactedProducts: "impactedProducts" is not a key here (did you mean products?); write notify, on, products, locations or relevance`,
    ],
    "for a channel in everyProject": [
      {
        plan: "enhanced",
        folders: {
          "456789012345": {
            everyProject: { alerts: { serviceHealth: { notify: ["projects/shop-dev/notificationChannels/12"] } } },
          },
        },
      },
      'folders.456789012345.everyProject.alerts.serviceHealth.notify.0: "projects/shop-dev/notificationChannels/12" belongs to the project shop-dev only, and each project needs its own; write e-mail addresses, or configure shop-dev under projects',
    ],
  };
  for (const [name, [config, problem]] of Object.entries(mistakes))
    it(name, () => assert.deepEqual(problemsOf(config), [problem]));
});

describe("the locations of alerts", () => {
  it("are regions, zones and multi-regions", () => {
    for (const location of [
      "europe-west1",
      "northamerica-northeast2",
      "me-central1",
      "asia-southeast1-b",
      "us-central1-ai1a",
      "us",
      "eu",
      "asia",
      "europe",
      "nam4",
      "eur3",
      "asia1",
      "nam-eur-asia1",
      "dual-region-japan1",
      "global",
      "u-germany-northeast1",
      "aws-us-east-1",
      "azure-eastus2",
    ])
      assert.deepEqual(problemsOf(withAlerts({ notify: [oncall], locations: [location] })), []);
  });

  it("are not a word that is no location, or the area of another cloud", () => {
    const problemOf = (location: string) => problemsOf(withAlerts({ notify: [oncall], locations: [location] })).join();
    for (const [location, meant] of [
      ["EU-WEST1", "europe-west1"],
      ["eu-west1", "europe-west1"],
      ["eu-west-1", "europe-west1"],
      ["ap-south-1", "asia-south1"],
      ["SA-EAST1", "southamerica-east1"],
      ["EU", "eu"],
    ])
      assert.match(problemOf(location ?? ""), new RegExp(`is not a location of Google Cloud; write "${meant ?? ""}"$`));
    for (const location of ["mars", "MARS", "MARS-WEST1", "Mars West 1"])
      assert.match(problemOf(location), /is not a location of Google Cloud; write one such as "europe-west1"$/);
    // Google adds areas.
    assert.equal(problemOf("mars-west1"), "");
  });

  it("get a warning, not an error, if no region has the name: a new region is accepted", () => {
    for (const [location, near] of [
      ["europe-west99", "europe-west9"],
      ["europe-west99-b", "europe-west9"],
      ["us-west9", undefined],
      ["mars-west1", undefined],
      ["europe-westt1", "europe-west1"],
    ] as const) {
      const [doubt, ...more] = doubtfulFilters({ locations: [location], products: [] });
      assert.deepEqual(more, []);
      const meant = near === undefined ? "" : ` (did you mean ${near}?)`;
      assert.deepEqual(doubt, {
        value: location,
        what: `"${location}" in locations is not a known region of Google Cloud${meant}`,
      });
      assert.deepEqual(problemsOf(withAlerts({ notify: [oncall], locations: [location] })), []);
    }
    const known = [...regions, ...regions.map((region) => `${region}-b`), "us-central1-ai1a", "us", "nam4", "global"];
    assert.deepEqual(
      doubtfulFilters({ locations: [...known, "u-germany-northeast1", "aws-us-east-1"], products: [] }),
      [],
    );
  });

  it("and products that are near misses get a warning, and parts of names and unknown products do not", () => {
    const doubtsOf = (product: string) => doubtfulFilters({ locations: [], products: [product] });
    for (const [product, near] of [
      ["Google Cloud Armor", "Cloud Armor"],
      ["Google Cloud Strage", "Google Cloud Storage"],
      ["Kubernets Engine", "Google Kubernetes Engine"],
    ] as const)
      assert.deepEqual(doubtsOf(product), [
        {
          value: product,
          what: `"${product}" in products is not in the name of a known product (did you mean "${near}"?)`,
        },
      ]);
    for (const product of [...incidentProducts, "sql", "Compute Engine", "BigQuery", "Antigravity for enterprises"])
      assert.deepEqual(doubtsOf(product), []);
  });

  it("are recommended in a form that is accepted, however the regions are written", () => {
    const areas = ["europe", "us", "asia", "northamerica", "southamerica", "me"];
    const directions = ["west", "east", "north", "south", "central", "northeast", "southeast", "southwest"];
    const separator = fc.constantFrom("", " ", "-", "_", ".", " - ");
    const upper = fc.boolean();
    fc.assert(
      fc.property(
        fc.tuple(fc.constantFrom(...areas), fc.constantFrom(...directions), fc.integer({ min: 1, max: 15 })),
        fc.tuple(separator, separator, upper),
        ([area, direction, number], [first, second, isUpper]) => {
          const written = `${area}${first}${direction}${second}${String(number)}`;
          const location = isUpper ? written.toUpperCase() : written;
          const meant = `${area}-${direction}${String(number)}`;
          const problems = problemsOf(withAlerts({ notify: [oncall], locations: [location] }));
          if (location === meant) assert.deepEqual(problems, []);
          else assert.match(problems.join(), new RegExp(`; write "${meant}"$`));
        },
      ),
    );
  });
});

describe("the model of alerts", () => {
  const alertsOf = (config: object, id = "shop-dev") => {
    const found = checked(config);
    return placesOf(found, "123456789012").find((place) => place.id === id)?.alerts;
  };

  it("does not depend on order, nor on the case of addresses", () => {
    const channel = "projects/shop-dev/notificationChannels/12";
    const one = { notify: [channel, "B@example.com", "a@example.com"], relevance: ["related", "impacted"] };
    const other = { notify: ["a@example.com", "b@example.com", channel], relevance: ["impacted", "related"] };
    assert.deepEqual(alertsOf(withAlerts(one)), alertsOf(withAlerts(other)));
    assert.deepEqual(alertsOf(withAlerts(one))?.addresses, ["a@example.com", "b@example.com"]);
  });

  it("has the contacts for incidents of each level: those for technical only without any for technical-incidents", () => {
    const config = {
      plan: "enhanced",
      organization: { domain: "example.com", contacts: { technical: ["top@example.com"], all: ["all@example.com"] } },
      projects: {
        "shop-dev": {
          contacts: { "technical-incidents": [oncall], technical: ["dev@example.com"], security: ["s@example.com"] },
          alerts: { serviceHealth: { notify: "contacts" } },
        },
      },
    };
    assert.deepEqual(alertsOf(config)?.addresses, ["all@example.com", oncall, "top@example.com"]);
  });

  it("adds the services that alerts need, each once", () => {
    const services = ["servicehealth.googleapis.com", "monitoring.googleapis.com"];
    const [place] = placesOf(checked(withAlerts({ notify: [oncall] }, { services })), undefined);
    assert.deepEqual([...(place?.services ?? [])].sort(), [
      "logging.googleapis.com",
      "monitoring.googleapis.com",
      "servicehealth.googleapis.com",
    ]);
  });

  it("keeps the contacts of the folder for the projects of its everyProject, also in another stack", () => {
    const config = checked({
      plan: "enhanced",
      organization: { domain: "example.com", contacts: { all: ["all@example.com"] } },
      folders: {
        "456789012345": {
          contacts: { technical: ["folder@example.com"] },
          everyProject: { alerts: { serviceHealth: { notify: "contacts" } } },
        },
      },
    });
    const expected = ["all@example.com", "folder@example.com"];
    const resolved = withProjects(config, new Map([["456789012345", ["shop-dev"]]]));
    assert.deepEqual(alertsOf(resolved)?.addresses, expected);
    const { folders } = withAlertAddresses(config);
    assert.deepEqual(folders?.["456789012345"]?.everyProject?.alerts?.serviceHealth.notify, expected);
  });
});

describe("the filter of alerts", () => {
  const filterOf = (filter: Partial<AlertFilter>) =>
    compileLoggingQuery(alertFilter({ on: "all-updates", products: [], locations: [], relevance: [], ...filter }));
  const entry = (product: string, location: string, relevance = "IMPACTED", category = "INCIDENT") =>
    ({
      logName: "projects/shop-dev/logs/servicehealth.googleapis.com%2Factivity",
      resource: { type: "servicehealth.googleapis.com/Event", labels: {} },
      labels: { "servicehealth.googleapis.com/new_event": "false" },
      jsonPayload: {
        "@type": "type.googleapis.com/google.cloud.servicehealth.logging.v1.EventLog",
        category,
        relevance,
        impactedProducts: `['${product}']`,
        impactedLocations: `['${location}']`,
      },
    }) as never;
  // What could end the string of a filter, or its expression.
  const text = fc
    .array(
      fc.oneof(fc.constantFrom('"', "\\", "(", ")", "|", ".*", " OR ", "'", "[", "]", "^", "a", "-"), fc.string()),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    .map((parts) => parts.join(""))
    .filter((one) => one !== "");

  it("matches a product that contains the text, whatever the text is, and no other event", () => {
    fc.assert(
      fc.property(text, (product) => {
        const matches = filterOf({ products: [product] });
        assert.ok(matches(entry(`x${product}y`, "us-east1")));
        assert.ok(!matches(entry(`x${product}y`, "us-east1", "IMPACTED", "MAINTENANCE")));
        assert.equal(matches(entry("Q", "us-east1")), "['Q']".toLowerCase().includes(product.toLowerCase()));
      }),
    );
  });

  it("matches a location as it is, whatever it is", () => {
    fc.assert(
      fc.property(text, (location) => {
        const matches = filterOf({ locations: [location] });
        assert.ok(matches(entry("Q", location)));
        assert.ok(!matches(entry("Q", location, "IMPACTED", "MAINTENANCE")));
        // The list has characters of its own.
        if (!"['~~~~']".includes(location)) assert.ok(!matches(entry("Q", "~~~~")));
      }),
    );
  });

  it("matches each relevance alone", () => {
    for (const name of relevanceNames) {
      const matches = filterOf({ relevance: [name] });
      const matched = relevanceNames.filter((other) =>
        matches(entry("Q", "us-east1", other.replaceAll("-", "_").toUpperCase())),
      );
      assert.deepEqual(matched, [name]);
    }
  });

  it("matches new incidents only, if asked", () => {
    assert.ok(filterOf({})(entry("Q", "us-east1")));
    assert.ok(!filterOf({ on: "new-incidents" })(entry("Q", "us-east1")));
  });
});

it("a policy and a channel exist whether Google names the project by its ID or its number", () => {
  const [policy, channel] = ["alertPolicies/1", "notificationChannels/7"].map((one) => `projects/shop-dev/${one}`);
  assert.ok(policy !== undefined && channel !== undefined);
  const byNumber = (name: string) => name.replace("shop-dev", "100000000001");
  const found = {
    policies: [{ name: byNumber(policy), notificationChannels: [byNumber(channel)] }],
    channels: [{ name: byNumber(channel) }],
  };
  const gone = goneAlerts({ policy, channels: [channel] }, found);
  assert.deepEqual(gone, { policy: undefined, channels: [], silent: undefined, changed: undefined });
  const others = goneAlerts({ policy, channels: [channel] }, { policies: [], channels: [{ name: `${channel}7` }] });
  assert.deepEqual(others, { policy, channels: [channel], silent: undefined, changed: undefined });
});

it("a policy is changed if its channels are others, and not if Google names their project by its number", () => {
  const [policy, channel] = ["projects/shop-dev/alertPolicies/1", "projects/shop-dev/notificationChannels/2"];
  const content = { displayName: "Service Health", notificationChannels: [channel], severity: "" };
  const now = (change: object) => ({ name: policy, ...content, severity: "SEVERITY_UNSPECIFIED", ...change });
  const changes = (change: object) =>
    goneAlerts({ policy, channels: [], content }, { policies: [now(change)], channels: undefined }).changed?.parts;
  assert.equal(changes({ notificationChannels: ["projects/100000000001/notificationChannels/2"] }), undefined);
  assert.deepEqual(changes({ notificationChannels: [channel, `${channel}1`] }), ["the notification channels"]);
  assert.deepEqual(changes({ displayName: "Other", severity: "ERROR" }), ["the name", "the severity"]);
});
