// A whole life by Google's Go libraries over REST: a service, a grant, a contact, a case, and what is refused.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"strings"

	contacts "cloud.google.com/go/essentialcontacts/apiv1"
	"cloud.google.com/go/essentialcontacts/apiv1/essentialcontactspb"
	"cloud.google.com/go/iam/apiv1/iampb"
	resourcemanager "cloud.google.com/go/resourcemanager/apiv3"
	"cloud.google.com/go/resourcemanager/apiv3/resourcemanagerpb"
	serviceusage "cloud.google.com/go/serviceusage/apiv1"
	"cloud.google.com/go/serviceusage/apiv1/serviceusagepb"
	"golang.org/x/oauth2"
	"google.golang.org/api/cloudsupport/v2"
	"google.golang.org/api/googleapi"
	"google.golang.org/api/monitoring/v3"
	"google.golang.org/api/option"
	"google.golang.org/genproto/googleapis/type/expr"
	"google.golang.org/protobuf/types/known/fieldmaskpb"
)

const (
	organization = "organizations/123456789012"
	project      = "projects/shop-dev"
)

// options has REST and the address, which needs no prefix for the API.
func options() []option.ClientOption {
	token := &oauth2.Token{AccessToken: os.Getenv("GOOGLE_OAUTH_ACCESS_TOKEN")}
	return []option.ClientOption{
		option.WithEndpoint(os.Getenv("LOCAL_CLOUD")),
		option.WithTokenSource(oauth2.StaticTokenSource(token)),
	}
}

func check(err error) {
	if err != nil {
		log.Panic(err)
	}
}

func expect(isSo bool, what string, got any) {
	if !isSo {
		log.Panicf("%s: got %v", what, got)
	}
}

func refused(code int, err error) {
	var found *googleapi.Error
	if !errors.As(err, &found) || found.Code != code {
		log.Panicf("not refused with %d: %v", code, err)
	}
}

func main() {
	ctx := context.Background()

	// A service is enabled.
	services, err := serviceusage.NewRESTClient(ctx, options()...)
	check(err)
	name := project + "/services/cloudsupport.googleapis.com"
	enabling, err := services.EnableService(ctx, &serviceusagepb.EnableServiceRequest{Name: name})
	check(err)
	enabled, err := enabling.Wait(ctx)
	check(err)
	expect(enabled.Service.State == serviceusagepb.State_ENABLED, "the service is enabled", enabled)
	nonsense := project + "/services/nonsense.googleapis.com"
	_, err = services.EnableService(ctx, &serviceusagepb.EnableServiceRequest{Name: nonsense})
	refused(403, err)

	// A role is granted, with a condition.
	folders, err := resourcemanager.NewFoldersRESTClient(ctx, options()...)
	check(err)
	wanted := &resourcemanagerpb.Folder{Parent: organization, DisplayName: "By Go"}
	creating, err := folders.CreateFolder(ctx, &resourcemanagerpb.CreateFolderRequest{Folder: wanted})
	check(err)
	folder, err := creating.Wait(ctx)
	check(err)
	expect(folder.State == resourcemanagerpb.Folder_ACTIVE, "the folder is active", folder)
	organizations, err := resourcemanager.NewOrganizationsRESTClient(ctx, options()...)
	check(err)
	policy, err := organizations.GetIamPolicy(ctx, &iampb.GetIamPolicyRequest{
		Resource: organization,
		Options:  &iampb.GetPolicyOptions{RequestedPolicyVersion: 3},
	})
	check(err)
	policy.Version = 3
	policy.Bindings = append(policy.Bindings, &iampb.Binding{
		Role:      "roles/cloudsupport.techSupportViewer",
		Members:   []string{"user:go@example.com"},
		Condition: &expr.Expr{Title: "for now", Expression: `request.time < timestamp("2030-01-01T00:00:00Z")`},
	})
	set := &iampb.SetIamPolicyRequest{Resource: organization, Policy: policy}
	_, err = organizations.SetIamPolicy(ctx, set)
	check(err)
	_, err = organizations.SetIamPolicy(ctx, set)
	refused(409, err)

	// A contact is created, changed and deleted.
	people, err := contacts.NewRESTClient(ctx, options()...)
	check(err)
	contact := &essentialcontactspb.Contact{
		Email:                             "go@example.com",
		LanguageTag:                       "en",
		NotificationCategorySubscriptions: []essentialcontactspb.NotificationCategory{essentialcontactspb.NotificationCategory_SECURITY},
	}
	create := &essentialcontactspb.CreateContactRequest{Parent: folder.Name, Contact: contact}
	created, err := people.CreateContact(ctx, create)
	check(err)
	_, err = people.CreateContact(ctx, create)
	refused(409, err)
	created.NotificationCategorySubscriptions = []essentialcontactspb.NotificationCategory{essentialcontactspb.NotificationCategory_BILLING}
	changed, err := people.UpdateContact(ctx, &essentialcontactspb.UpdateContactRequest{
		Contact:    created,
		UpdateMask: &fieldmaskpb.FieldMask{Paths: []string{"notification_category_subscriptions"}},
	})
	check(err)
	expect(changed.NotificationCategorySubscriptions[0] == essentialcontactspb.NotificationCategory_BILLING, "the category is billing", changed)
	check(people.DeleteContact(ctx, &essentialcontactspb.DeleteContactRequest{Name: created.Name}))

	// A case is created, changed, commented, and closed, with an attachment.
	support, err := cloudsupport.NewService(ctx, options()...)
	check(err)
	found, err := support.CaseClassifications.Search().Query(`display_name:"*Compute Engine"`).Do()
	check(err)
	opened, err := support.Cases.Create(project, &cloudsupport.Case{
		DisplayName:    "Test issue",
		Description:    "Test message",
		Classification: &cloudsupport.CaseClassification{Id: found.CaseClassifications[0].Id},
		Priority:       "P4",
		TestCase:       true,
	}).Do()
	check(err)
	_, err = support.Cases.Patch(opened.Name, &cloudsupport.Case{Priority: "P3"}).UpdateMask("priority").Do()
	check(err)
	_, err = support.Cases.Comments.Create(opened.Name, &cloudsupport.Comment{Body: "A comment"}).Do()
	check(err)
	upload := &cloudsupport.CreateAttachmentRequest{Attachment: &cloudsupport.Attachment{Filename: "log.txt"}}
	attached, err := support.Media.Upload(opened.Name, upload).Media(strings.NewReader("a line\n")).Do()
	check(err)
	expect(attached.Filename == "log.txt" && attached.SizeBytes == 7, "the attachment has seven bytes", attached)
	closed, err := support.Cases.Close(opened.Name, &cloudsupport.CloseCaseRequest{}).Do()
	check(err)
	expect(closed.State == "CLOSED", "the case is closed", closed)
	_, err = support.Cases.Comments.Create(opened.Name, &cloudsupport.Comment{Body: "Too late"}).Do()
	refused(400, err)
	_, err = support.Cases.Get("projects/shop-dev/cases/1").Do()
	refused(404, err)

	// An alert notifies a channel of incidents.
	monitor, err := monitoring.NewService(ctx, options()...)
	check(err)
	channels := monitor.Projects.NotificationChannels
	channel, err := channels.Create(project, &monitoring.NotificationChannel{
		Type:   "email",
		Labels: map[string]string{"email_address": "go@example.com"},
	}).Do()
	check(err)
	policies := monitor.Projects.AlertPolicies
	alert, err := policies.Create(project, &monitoring.AlertPolicy{
		DisplayName: "By Go",
		Combiner:    "OR",
		Conditions: []*monitoring.Condition{{
			DisplayName:         "An incident",
			ConditionMatchedLog: &monitoring.LogMatch{Filter: `resource.type="servicehealth.googleapis.com/Event"`},
		}},
		AlertStrategy: &monitoring.AlertStrategy{
			NotificationRateLimit: &monitoring.NotificationRateLimit{Period: "300s"},
		},
		NotificationChannels: []string{channel.Name},
	}).Do()
	check(err)
	expect(alert.Enabled && alert.Conditions[0].Name != "", "the policy is enabled", alert)
	listed, err := policies.List(project).Filter(`display_name="By Go"`).OrderBy("-display_name").Do()
	check(err)
	expect(listed.TotalSize == 1, "the policy is listed", listed)
	updated, err := policies.Patch(alert.Name, &monitoring.AlertPolicy{Severity: "CRITICAL"}).UpdateMask("severity").Do()
	check(err)
	expect(updated.Severity == "CRITICAL" && updated.DisplayName == "By Go", "the policy is changed", updated)
	_, err = channels.Delete(channel.Name).Do()
	refused(400, err)
	_, err = channels.Delete(channel.Name).Force(true).Do()
	check(err)
	_, err = policies.Delete(alert.Name).Do()
	check(err)
	_, err = policies.Get(alert.Name).Do()
	refused(404, err)
	fmt.Println("done")
}
