import { z } from "zod";

const email = z.email();

export const emailAddressPattern = z.regexes.email;

export function isEmailAddress(text: string): boolean {
  return email.safeParse(text).success;
}
