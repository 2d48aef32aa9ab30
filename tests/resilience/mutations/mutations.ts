/** The guards of the test case's life, each with a change that takes it out. */
import { closeGuards } from "./guards/close.ts";
import { createGuards } from "./guards/create.ts";
import { requestsGuards } from "./guards/requests.ts";
import { updateGuards } from "./guards/update.ts";
import type { Mutation } from "./mutation.ts";

export const mutations: readonly Mutation[] = [...createGuards, ...updateGuards, ...closeGuards, ...requestsGuards];
