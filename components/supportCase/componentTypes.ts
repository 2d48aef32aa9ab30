/** The type tokens of the components, for supportCase/ too. They are in every state and in every URN, and must never change. */
export const componentTypes = {
  customerCare: "customer-care:index:CustomerCare",
  essentialContacts: "customer-care:index:EssentialContacts",
  projectServices: "customer-care:index:ProjectServices",
  serviceHealthAlerts: "customer-care:index:ServiceHealthAlerts",
  supportAccess: "customer-care:index:SupportAccess",
  supportEvents: "customer-care:index:SupportEvents",
  testSupportCase: "customer-care:index:TestSupportCase",
} as const;

/** The start of each type of this package. */
export const ownTypes = "customer-care:index:";
