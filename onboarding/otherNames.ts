/**
 * Names that people use instead of the config's: Google's display names, the API's names, and the words of the French console
 * and guide. Errors use them to suggest the config's name.
 *
 * Sources: the guide and its French page; the enums of the APIs; guide/words/fr
 */
import {
  caseLanguages,
  casePriorities,
  escalationReasons,
  notificationCategories,
  plans,
  relevances,
  roles,
  services,
  valueAddedServices,
} from "../guide/index.ts";

/** Other names, by the config's name. */
export type OtherNames = Readonly<Record<string, readonly string[]>>;

type Named = Readonly<
  Record<string, { readonly displayName?: string; readonly apiName?: string; readonly role?: string }>
>;

/** The display names and API names in the guide's data, plus other names. */
function withMore(named: Named, more: OtherNames = {}): OtherNames {
  return Object.fromEntries(
    Object.entries(named).map(([name, { displayName, apiName, role }]) => [
      name,
      [displayName, apiName, role, ...(more[name] ?? [])].filter((other) => other !== undefined),
    ]),
  );
}

export const otherPlanNames = withMore(plans, {
  basic: ["de base", "basique", "free", "gratuit"],
  enhanced: ["avancé", "avancée", "amélioré"],
});

export const otherValueAddedServiceNames = withMore(valueAddedServices, {
  "technical-account-advisor": ["TAA"],
  "planned-event-support": ["PES", "assistance pour événements planifiés"],
  "media-cdn": ["assistance Media CDN"],
  "mission-critical-services": ["MCS"],
});

export const otherServiceNames = withMore(services, {
  "cloudsupport.googleapis.com": ["support"],
  "essentialcontacts.googleapis.com": ["contacts"],
  "servicehealth.googleapis.com": ["personalized service health"],
  "recommender.googleapis.com": ["active assist", "recommendations"],
  "monitoring.googleapis.com": ["stackdriver", "alerting", "alerts"],
  "logging.googleapis.com": ["logs", "stackdriver logging"],
});

export const otherCategoryNames = withMore(notificationCategories, {
  all: ["toutes", "tous", "tout", "everything"],
  suspension: ["suspensions"],
  security: ["sécurité"],
  technical: ["technique"],
  billing: ["facturation", "payments"],
  legal: ["juridique"],
  "product-updates": ["nouveautés produit", "mises à jour produit"],
  "technical-incidents": ["incidents techniques", "incidents"],
});

/** `critical` of "P1: critical impact, …". */
const impactOf = (displayName: string) => /: (\w+) impact/.exec(displayName)?.[1] ?? displayName;

export const otherPriorityNames = withMore(
  Object.fromEntries(
    Object.entries(casePriorities).map(([name, { displayName }]) => [name, { displayName: impactOf(displayName) }]),
  ),
  {
    P1: ["1", "critical impact", "critique"],
    P2: ["2", "high impact", "élevé", "élevée"],
    P3: ["3", "medium impact", "moyen", "moyenne"],
    P4: ["4", "low impact", "faible"],
  },
);

export const otherChannelNames: OtherNames = {
  email: ["mail", "e-mails", "courriel", "web"],
  chat: ["live chat", "chat en direct"],
};

export const otherAlertEventNames: OtherNames = {
  "all-updates": ["all", "updates", "all incidents", "all incidents, all updates", "toutes les mises à jour"],
  "new-incidents": ["new", "new only", "incidents", "nouveaux incidents"],
};

export const otherRelevanceNames = withMore(relevances, {
  impacted: ["affecté", "concerné"],
  related: ["lié"],
  "partially-related": ["partiellement lié", "partial"],
  unknown: ["inconnu"],
  "not-impacted": ["non concerné", "none"],
});

export const otherCaseLanguageNames = withMore(caseLanguages, {
  en: ["anglais", "eng", "en-US", "en-GB"],
  fr: ["français", "fra", "fr-FR", "fr-CA"],
  ja: ["japonais", "jp", "ja-JP", "日本語"],
  ko: ["coréen", "kr", "ko-KR", "한국어"],
  "zh-CN": ["simplified Chinese", "chinois simplifié", "zh-Hans", "简体中文"],
  "zh-TW": ["traditional Chinese", "chinois traditionnel", "zh-Hant", "繁體中文"],
});

export const otherReasonNames = withMore(escalationReasons);

/** Other names for the config's keys, at any level. Includes the names of the roles. */
export const otherKeyNames: OtherNames = {
  plan: ["forfait", "support plan"],
  valueAddedServices: ["services à valeur ajoutée"],
  organization: ["organisation", "org"],
  folders: ["dossiers"],
  projects: ["projets"],
  testCase: ["cas de test", "demande de test", "case"],
  fleet: ["flotte"],
  shard: ["fragment"],
  domain: ["domaine"],
  id: ["organizationId", "orgId", "number", "numéro"],
  supportEvents: ["caseEvents", "supportEventSubscription", "événements de support"],
  topic: ["pubSubTopic", "pubsub topic", "sujet"],
  everyProject: ["allProjects", "each project", "tous les projets"],
  contacts: ["essentialContacts", "contacts essentiels"],
  services: ["apis"],
  alerts: ["alerting", "alertes", "notifications"],
  serviceHealth: ["service health", "personalized service health", "incidents"],
  notify: ["notifications", "recipients", "notificationChannels", "channels", "to", "destinataires"],
  on: ["when", "events", "updates"],
  products: ["impactedProducts", "produits"],
  locations: ["impactedLocations", "regions", "régions", "zones"],
  relevance: ["relevances", "pertinence", "impact"],
  categories: ["notificationCategorySubscriptions", "notificationCategories", "catégories"],
  language: ["langue", "languageTag", "languageCode"],
  displayName: ["title", "titre", "subject"],
  timeZone: ["fuseau horaire"],
  priority: ["priorité", "severity"],
  attachments: ["files", "pièces jointes"],
  comments: ["commentaires"],
  subscriberEmailAddresses: ["subscribers", "subscriber emails", "cc"],
  escalation: ["escalade"],
  ...withMore(roles, {
    administrators: ["admins", "administrateurs"],
    editors: ["techSupportEditor", "éditeurs", "rédacteurs"],
    contactAdministrators: ["contactAdmins"],
    contactViewers: ["lecteurs"],
  }),
};
