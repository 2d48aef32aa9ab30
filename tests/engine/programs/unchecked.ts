/** The program with a provider of its own: what it would be refused is not looked at, so that Google itself answers. */
import * as gcp from "@pulumi/gcp";
import { CustomerCare } from "../../../components/index.ts";
import { stackConfig } from "../../../onboarding/index.ts";

new CustomerCare("customer-care", stackConfig(), { provider: new gcp.Provider("google", {}) });
