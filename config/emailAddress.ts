import { z } from "zod";

const email = z.email();

export const emailAddressPattern = z.regexes.email;

/** The longest address, and the longest part before its @. Source: RFC 5321, 4.5.3.1, and its erratum 1690 */
const longest = { address: 254, localPart: 64 };

export function isEmailAddress(text: string): boolean {
  return text.length <= longest.address && text.indexOf("@") <= longest.localPart && email.safeParse(text).success;
}
