/** The recipients of a category with a fallback: the preview, its remedy, alerts and the report agree. */
import { describe, expect, it } from "vitest";
import { configNotes } from "../../components/configNotes.ts";
import {
  categoryNoun,
  fallbackCategories,
  incidentCategory,
  notifiedContacts,
  redirectionsOf,
} from "../../guide/index.ts";
import type { NotificationCategory } from "../../guide/index.ts";
import { findingIds, placesOf } from "../../onboarding/index.ts";

const contact = (email: string, ...categories: NotificationCategory[]) => ({ email, categories });

describe("a category with a fallback", () => {
  const fallbacks = Object.entries(fallbackCategories) as [NotificationCategory, NotificationCategory][];

  it.each(fallbacks)("%s: goes to %s and to all, until it has a contact", (category, fallback) => {
    const [first, all, own] = [contact("a", fallback), contact("b", "all"), contact("c", category)];
    expect(notifiedContacts([first, all], category)).toEqual([first, all]);
    expect(notifiedContacts([first, all, own], category)).toEqual([all, own]);
    expect(redirectionsOf([first, all])).toEqual([]);
    expect(redirectionsOf([first, all, own])).toEqual([{ category, without: [first] }]);
  });

  it.each(fallbacks)("%s: is the category that the note and its remedy name", (category, fallback) => {
    const contacts = { "a@example.com": { categories: [fallback] }, "b@example.com": { categories: [category] } };
    const places = placesOf({ plan: "premium", projects: { "shop-dev": { contacts } } }, "test");
    const [note] = configNotes(places as never);
    expect(note?.what).toBe(
      `a@example.com will not get ${categoryNoun(category)}, because ${category} has its own contacts`,
    );
    expect(note?.remedy).toBe(`if they need ${categoryNoun(category)}, write them under ${category} too`);
    expect(findingIds["incidents-redirected"]).toContain(
      `contacts for ${fallback} do not get ${categoryNoun(category)}`,
    );
  });

  it("is the one of incidents", () => expect(fallbacks.map(([category]) => category)).toContain(incidentCategory));
});
