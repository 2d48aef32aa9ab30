import type { Words } from "../en/index.ts";
import { formatOf } from "../format.ts";

const { count, date, list, plural } = formatOf("fr");

const incidents = { one: "incident", other: "incidents" };

export const tasks: Words["tasks"] = {
  checklist: "Cocher chaque tâche",
  plan: "Connaître votre forfait d’assistance",
  valueAdded: "Connaître vos services à valeur ajoutée",
  organization: "Disposer d’une organisation",
  billing: "Vérifier que la facturation est activée",
  services: "Activer les services",
  grant: (role) => `Accorder le rôle ${role}`,
  testCase: "Créer une demande de test, puis la clôturer",
  createTestCase: "Créer une demande de test",
  closeTestCase: "Clôturer la demande de test",
  otherOperations: "Commenter, joindre des fichiers, escalader",
  supportEvents: "Publier les événements des demandes",
  contacts: "Ajouter des contacts",
  alerts: "Recevoir des alertes sur les incidents",
  incidents: "Surveiller les incidents",
  recommendations: "Consulter les recommandations",
  dashboard: "Surveiller le tableau de bord public",
  training: "Se former et obtenir une certification",
};

export const statuses: Words["statuses"] = {
  done: "effectuée",
  notDone: "à faire",
  ongoing: "en cours",
  notRead: "non vérifiée",
  waiting: "en attente",
  notOwned: "relève d’une autre stack",
  notPossible: "non incluse dans le forfait",
  notConfigured: "non configurée",
  link: "manuelle",
};

export const statusPlurals: Words["statusPlurals"] = {
  ...statuses,
  done: "effectuées",
  notRead: "non vérifiées",
  notOwned: "relèvent d’une autre stack",
  notPossible: "non incluses dans le forfait",
  notConfigured: "non configurées",
  link: "manuelles",
};

export const details: Words["details"] = {
  plan: (plan, audience) => `${plan} : ${audience}`,
  valueAddedNone: "Aucun service souscrit.",
  valueAddedNotOfPlan: (plan) => `Aucun ne peut être souscrit avec le forfait ${plan}.`,
  organizationFound: (domain, number) => (domain === "" ? number : `${domain} (${number})`),
  organizationNotFound: (domain) => `Aucune organisation ${domain} n’est visible pour l’appelant.`,
  withoutOrganization: "Le projet n’est dans aucune organisation.",
  billingOn: (account) => `Rattaché au compte de facturation ${account}.`,
  billingClosed: (account) => `Le compte de facturation ${account} est fermé.`,
  billingNone: "Le projet n’a pas de compte de facturation.",
  projectDeleted: "Le projet est marqué pour suppression.",
  servicesEnabled: (names) =>
    `${plural(names.length, { one: "Service activé", other: "Services activés" })} : ${list(names)}.`,
  servicesMissing: (names) =>
    `${plural(names.length, { one: "Service non activé", other: "Services non activés" })} : ${list(names)}.`,
  servicesNone: "Aucun service dans la configuration.",
  supportApiNotOfPlan: (plan) => `Le forfait ${plan} ne comprend pas l’API Cloud Support.`,
  holders: (members) => list(members),
  holdersInherited: (place, members) => `Hérité de ${place} : ${list(members)}.`,
  notGranted: (members) => `Rôle configuré, mais non accordé à : ${list(members)}.`,
  nobodyHasRole: "Personne n’a ce rôle.",
  nobodyHasRoleHere: "Personne n’a ce rôle ici. Il n’a pas été possible de vérifier s’il est hérité.",
  grantWaits: "Personne n’a encore ce rôle. La configuration l’accorde à un niveau supérieur.",
  notOwned: "Seule la stack ou l’équipe à qui appartient cet emplacement peut le modifier.",
  nobodyHasRoleHereOrAbove: "Personne n’a ce rôle, ni ici ni à un niveau supérieur.",
  onlyConditional: "Le rôle n’est accordé qu’avec une condition, qui n’est pas évaluée ici.",
  casesNotOfPlan: (plan) => `Le forfait ${plan} ne comprend pas les demandes techniques.`,
  contactsCover: (names) => `Notifications reçues : ${list(names)}.`,
  contactGaps: (names) => `Notifications que personne ne reçoit : ${list(names)}.`,
  contactsWait: (names) =>
    `Notifications que personne ne reçoit encore : ${list(names)}. La configuration contient des contacts à un niveau supérieur.`,
  contactsMissing: (emails) =>
    `${plural(emails.length, { one: "Contact configuré, mais absent", other: "Contacts configurés, mais absents" })} : ${list(emails)}.`,
  contactsDiffer: (contacts) =>
    `${plural(contacts.length, { one: "Contact configuré, mais qui ne reçoit pas ces notifications", other: "Contacts configurés, mais qui ne reçoivent pas ces notifications" })} : ${list(contacts.map(([email, categories]) => `${email} (${categories.join(", ")})`))}.`,
  contactsInOtherLanguage: (contacts) =>
    `${plural(contacts.length, { one: "Contact notifié dans une autre langue que celle de la configuration", other: "Contacts notifiés dans une autre langue que celle de la configuration" })} : ${list(contacts.map(([email, language]) => `${email} (${language})`))}.`,
  contactsInvalid: (emails) =>
    `${plural(emails.length, { one: "Adresse qui n’est plus valide", other: "Adresses qui ne sont plus valides" })} : ${list(emails)}.`,
  contactsStale: (emails) =>
    `${plural(emails.length, { one: "Contact non confirmé", other: "Contacts non confirmés" })} depuis plus d’un an : ${list(emails)}.`,
  contactsHere: (number) => count(number, { one: "contact", other: "contacts" }),
  contactsNone: "Aucun contact ici.",
  alertsTo: (names) => `Alertes envoyées à : ${list(names)}.`,
  alertsNone: "Personne ne reçoit d’alertes sur les incidents.",
  alertsMissing: (names) =>
    `${plural(names.length, { one: "Destinataire configuré, mais non alerté", other: "Destinataires configurés, mais non alertés" })} : ${list(names)}.`,
  alertNobody: (names) =>
    `${plural(names.length, { one: "Règle d’alerte qui n’alerte personne", other: "Règles d’alerte qui n’alertent personne" })} : ${list(names)}.`,
  alertChanged: (names) =>
    `${plural(names.length, { one: "Règle d’alerte modifiée", other: "Règles d’alerte modifiées" })} en dehors de Pulumi : ${list(names)}.`,
  alertDisabled: (names) =>
    `${plural(names.length, { one: "Canal de notification désactivé", other: "Canaux de notification désactivés" })} : ${list(names)}.`,
  alertUnverified: (names) =>
    `${plural(names.length, { one: "Canal de notification non validé", other: "Canaux de notification non validés" })} : ${list(names)}.`,
  alertDeleted: (names) =>
    `${plural(names.length, { one: "Canal de notification supprimé", other: "Canaux de notification supprimés" })} : ${list(names)}.`,
  incidents: (active, recent) =>
    `${count(active, incidents)} en cours ; ${count(recent, { one: "incident terminé", other: "incidents terminés" })} au cours des 30 derniers jours.`,
  serviceDisabled: (name) => `Non vérifié : l’${name} n’est pas activée.`,
  recommendations: (number, insights) =>
    `${count(number, { one: "recommandation", other: "recommandations" })}, ${count(insights, { one: "insight", other: "insights" })}.`,
  recommendationsPartly: (number) =>
    `${count(number, { one: "requête à Recommender a échoué", other: "requêtes à Recommender ont échoué" })}.`,
  testCase: (name, title, state) => `${title} : ${name}, ${state}`,
  testCaseNone: "Absente de la configuration.",
  testCaseNotMade: "Configurée, mais absente de l’état.",
  testCaseGone: (name) => `${name} n’existe plus.`,
  testCaseLeft: (name) => `${name} est ouverte, mais absente de l’état : une mise à jour a été interrompue.`,
  testCaseInDoubt: (name, doubt) =>
    doubt === "anotherLife"
      ? `${name} est ouverte et porte le nom de cette stack, mais l’état de la stack ne la contient pas.`
      : `${name} est ouverte, et on ne sait pas si une mise à jour de cette stack l’a créée.`,
  testCaseKeptOpen: "Elle reste ouverte jusqu’à la destruction de la stack.",
  testCaseAdopted: "Elle a été reprise et reste ouverte.",
  testCaseOpen: "Elle est ouverte.",
  testCaseClosed: (time) => `Clôturée le ${date(time)}.`,
  supportEventsTo: (topic) => `Événements envoyés à ${topic}.`,
  supportEventsMissing: (topic) => `Abonnement configuré, mais absent, pour le sujet ${topic}.`,
  supportEventsFailing: (topic, reason) =>
    `Les événements ne peuvent pas être publiés dans ${topic}${reason === "" ? "" : ` (${reason})`}.`,
  supportEventsTopicMissing: (topic) => `Le sujet ${topic} n’existe pas.`,
  supportEventsNotAllowed: (topic) => `Google n’a pas le droit de publier dans ${topic}.`,
  otherOperations: (comments, attachments) =>
    `${count(comments, { one: "commentaire", other: "commentaires" })}, ${count(attachments, { one: "pièce jointe", other: "pièces jointes" })}.`,
};

export const why: Words["why"] = {
  denied: (permission) => `L’appelant n’a pas l’autorisation ${permission}.`,
  notVisible: "La ressource n’existe pas, ou l’appelant n’y a pas accès.",
  disabled: (service) => `${service} : non activée sur le projet de quota.`,
  noQuotaProject: "Les identifiants n’ont aucun projet de quota que l’appelant peut utiliser.",
  rejected: "Google refuse les identifiants : ils ont expiré ou ne sont pas valides.",
  noAnswer: "Google n’a pas répondu.",
  other: (message) => message,
};

export const next: Words["next"] = {
  update: "Exécuter pulumi up --refresh.",
  followIncident: "Le suivre dans la console.",
  buyPlan: (plans) => `Disponible avec ${list(plans)}.`,
  organization:
    "Demander le rôle Lecteur de l’organisation à un administrateur de l’organisation, ou corriger le domaine.",
  migrate: "Déplacer le projet dans l’organisation.",
  linkBilling: "Associer un compte de facturation dans la console.",
  openBilling: "Rouvrir le compte, ou en associer un autre.",
  undelete: "Restaurer le projet, ou le retirer de la configuration.",
  enable: (names) => `Ajouter aux services du projet, ou activer dans la console : ${list(names)}.`,
  grant: (role) => `Accorder le rôle ${role} à un groupe, ici ou à un niveau supérieur.`,
  addContacts: (names) => `Ajouter une adresse, ici ou à un niveau supérieur, pour : ${list(names)}.`,
  correctContacts: "Corriger ou supprimer l’adresse.",
  confirmContacts: "Vérifier que quelqu’un lit encore cette adresse, puis confirmer le contact dans la console.",
  notify: "Ajouter un canal de notification à la règle d’alerte, ou activer la règle.",
  correctChannel: "Le corriger dans la liste des canaux de notification de la console, ou le retirer de la règle.",
  makeTestCase: "Ajouter testCase à la configuration d’une stack, puis exécuter pulumi up.",
  closeCase: "La clôturer.",
  decideOnCase: (page) => `Déterminer à qui elle appartient : ${page} présente les options.`,
  ask: (role, place) => `Demander le rôle ${role} sur ${place}, puis relancer care report.`,
  askDoctor: "Exécuter care doctor, qui indique comment corriger le problème.",
  again: "Relancer care report.",
  login: (command) => `Exécuter ${command}, puis relancer care report.`,
  quotaProject: "Définir gcp:userProjectOverride et gcp:billingProject.",
  enableOnQuotaProject: (service) => `Activer ${service} sur le projet de quota.`,
};
