/** A program with a test case and nothing else, as configured in the stack. */
import { Config } from "@pulumi/pulumi";
import { TestSupportCase } from "../../../../components/index.ts";
import type { TestSupportCaseArgs } from "../../../../components/index.ts";

const testCase = new Config("customer-care").requireObject<Omit<TestSupportCaseArgs, "projectId">>("testCase");
new TestSupportCase("testCase", { projectId: "shop-dev", ...testCase });
