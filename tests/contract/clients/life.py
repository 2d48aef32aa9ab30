"""A whole life by Google's Python libraries over REST: a service, a grant, a contact, a case, and what is refused."""

import os

from google.api_core import exceptions
from google.api_core.client_options import ClientOptions
from google.cloud import essential_contacts_v1, resourcemanager_v3, service_usage_v1, support_v2
from google.iam.v1 import iam_policy_pb2, policy_pb2
from google.oauth2.credentials import Credentials
from google.type import expr_pb2

address = os.environ["LOCAL_CLOUD"]
token = os.environ["GOOGLE_OAUTH_ACCESS_TOKEN"]
organization = "organizations/123456789012"
project = "projects/shop-dev"


def client(cls):
    """A client over REST, as the operator. The address needs no prefix for the API."""
    return cls(
        transport="rest",
        credentials=Credentials(token),
        client_options=ClientOptions(api_endpoint=address),
    )


def refused(error, call, *args, **kwargs):
    try:
        reply = call(*args, **kwargs)
    except error as found:
        return found
    raise AssertionError(f"answered instead of {error.__name__}: {reply}")


# A service is enabled.
services = client(service_usage_v1.ServiceUsageClient)
names = [f"{project}/services/{name}.googleapis.com" for name in ("cloudsupport", "essentialcontacts")]
done = services.batch_enable_services(
    {"parent": project, "service_ids": [name.split("/")[-1] for name in names]}
).result()
assert [service.state.name for service in done.services] == ["ENABLED", "ENABLED"], done
assert services.get_service({"name": names[0]}).state.name == "ENABLED"
refused(exceptions.Forbidden, services.enable_service, {"name": f"{project}/services/nonsense.googleapis.com"})

# A role is granted, with a condition.
folders = client(resourcemanager_v3.FoldersClient)
projects = client(resourcemanager_v3.ProjectsClient)
organizations = client(resourcemanager_v3.OrganizationsClient)
assert projects.get_project(name=project).state.name == "ACTIVE"
assert [found.display_name for found in organizations.search_organizations(query="domain:example.com")] == ["example.com"]
operation = folders.create_folder(folder={"parent": organization, "display_name": "By Python"})
folder = operation.result()
assert folder.state.name == "ACTIVE", folder
policy = organizations.get_iam_policy({"resource": organization, "options": {"requested_policy_version": 3}})
condition = expr_pb2.Expr(title="for now", expression='request.time < timestamp("2030-01-01T00:00:00Z")')
policy.bindings.append(
    policy_pb2.Binding(role="roles/cloudsupport.techSupportViewer", members=["user:py@example.com"], condition=condition)
)
policy.version = 3
written = organizations.set_iam_policy({"resource": organization, "policy": policy})
assert any("user:py@example.com" in binding.members for binding in written.bindings)
refused(exceptions.Conflict, organizations.set_iam_policy, {"resource": organization, "policy": policy})
held = organizations.test_iam_permissions(resource=organization, permissions=["resourcemanager.organizations.get"])
assert list(held.permissions) == ["resourcemanager.organizations.get"]

# A contact is created, changed and deleted.
contacts = client(essential_contacts_v1.EssentialContactsServiceClient)
category = essential_contacts_v1.NotificationCategory
contact = contacts.create_contact(
    parent=folder.name,
    contact={
        "email": "py@example.com",
        "language_tag": "en",
        "notification_category_subscriptions": [category.SECURITY, category.TECHNICAL],
    },
)
assert contact.notification_category_subscriptions == [category.SECURITY, category.TECHNICAL]
contact.notification_category_subscriptions = [category.BILLING]
changed = contacts.update_contact(contact=contact, update_mask={"paths": ["notification_category_subscriptions"]})
assert changed.notification_category_subscriptions == [category.BILLING]
computed = contacts.compute_contacts(
    {"parent": folder.name, "notification_categories": [category.BILLING, category.LEGAL]}
)
assert {found.email for found in computed} == {"py@example.com", "legal@example.com"}
refused(exceptions.Conflict, contacts.create_contact, parent=folder.name, contact=contact)
contacts.delete_contact(name=contact.name)
refused(exceptions.NotFound, contacts.get_contact, name=contact.name)

# A case is created, changed, commented, and closed.
cases = client(support_v2.CaseServiceClient)
[found] = cases.search_case_classifications({"query": 'display_name:"*Compute Engine"'})
case = cases.create_case(
    parent=project,
    case={
        "display_name": "Test issue",
        "description": "Test message",
        "classification": {"id": found.id},
        "priority": support_v2.Case.Priority.P4,
        "test_case": True,
    },
)
assert (case.state.name, case.priority.name) == ("NEW", "P4"), case
case.priority = support_v2.Case.Priority.P3
updated = cases.update_case(case=case, update_mask={"paths": ["priority"]})
assert updated.priority.name == "P3"
comments = client(support_v2.CommentServiceClient)
comments.create_comment(parent=case.name, comment={"body": "A comment"})
assert [comment.body for comment in comments.list_comments(parent=case.name)] == ["A comment"]
assert case.name in [listed.name for listed in cases.list_cases({"parent": project, "filter": "state=OPEN AND priority=P3"})]
attachments = client(support_v2.CaseAttachmentServiceClient)
assert list(attachments.list_attachments(parent=case.name)) == []
escalation = {"reason": support_v2.Escalation.Reason.BUSINESS_IMPACT, "justification": "Test"}
assert cases.escalate_case({"name": case.name, "escalation": escalation}).escalated
assert cases.close_case({"name": case.name}).state.name == "CLOSED"
refused(exceptions.BadRequest, comments.create_comment, parent=case.name, comment={"body": "Too late"})
refused(exceptions.BadRequest, cases.create_case, parent=project, case={"display_name": "Nothing else"})

# Nobody may do any of that.
nobody = support_v2.CaseServiceClient(
    transport="rest",
    credentials=Credentials("local-nobody-token"),
    client_options=ClientOptions(api_endpoint=address),
)
refused(exceptions.Forbidden, nobody.get_case, name=case.name)
print("done")
