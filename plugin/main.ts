/** The provider that Pulumi's engine starts for programs in other languages. */
import * as pulumi from "@pulumi/pulumi";
import { CustomerCareProvider } from "./provider.ts";

await pulumi.provider.main(new CustomerCareProvider(), process.argv.slice(2));
