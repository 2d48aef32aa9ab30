import type { Actor, State } from "../state.ts";

/** How a case, comment or attachment shows who made it (google/cloud/support/v2/actor.proto). */
export function actor(state: State, principal: string): Actor {
  const email = principal.replace(/^(user|serviceAccount|group):/, "");
  return { displayName: state.principals.get(principal)?.displayName ?? email, email, username: email };
}
