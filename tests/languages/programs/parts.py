# Beside the program of docs/how-to/otherLanguages.md: single components, with what is known only later.
later = pulumi.Output.from_input("pay-dev")
services = customer_care.ProjectServices(
    "recommendations", project_id=later, services=[customer_care.ServiceName.RECOMMENDER_API]
)
customer_care.SupportAccess(
    "viewers",
    project_id=services.project_id,
    named_contact_viewers={"auditors": pulumi.Output.concat("group:", "auditors@example.com")},
)
pulumi.export("recommendations", services.services)
