/** A program whose destroy would disable one of its services. */
import * as gcp from "@pulumi/gcp";

const project = "shop-dev";

new gcp.projects.Service("disabled", { project, service: "cloudsupport.googleapis.com", disableOnDestroy: true });
new gcp.projects.Service("kept", { project, service: "essentialcontacts.googleapis.com", disableOnDestroy: false });
new gcp.projects.Service("unsaid", { project, service: "servicehealth.googleapis.com" });
