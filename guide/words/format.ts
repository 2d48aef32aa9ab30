/** Formats numbers, counts, lists and times with Intl. Times are in UTC, because a report can be read anywhere. */

export interface Format {
  readonly number: (value: number) => string;
  /** `2 projects`: the number and the noun in its plural form. */
  readonly count: (value: number, noun: Noun) => string;
  /** `projects`: the noun alone, in the form for the number. */
  readonly plural: (value: number, noun: Noun) => string;
  /** `a, b and c`. */
  readonly list: (items: readonly string[]) => string;
  /** The date of an RFC 3339 time. Other texts are returned unchanged. */
  readonly date: (time: string) => string;
  /** The date and time, with `UTC`. */
  readonly time: (time: string) => string;
}

/** A noun in the singular and in the plural. */
export interface Noun {
  readonly one: string;
  readonly other: string;
}

export function formatOf(locale: string): Format {
  const numbers = new Intl.NumberFormat(locale);
  const plurals = new Intl.PluralRules(locale);
  const lists = new Intl.ListFormat(locale, { type: "conjunction" });
  const date = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
  const dates = new Intl.DateTimeFormat(locale, date);
  const times = new Intl.DateTimeFormat(locale, {
    ...date,
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  });
  const formatted = (format: Intl.DateTimeFormat) => (time: string) => {
    const milliseconds = Date.parse(time);
    return Number.isNaN(milliseconds) ? time : format.format(milliseconds);
  };
  const plural = (value: number, { one, other }: Noun) => (plurals.select(value) === "one" ? one : other);
  return {
    number: (value) => numbers.format(value),
    count: (value, noun) => `${numbers.format(value)} ${plural(value, noun)}`,
    plural,
    list: (items) => lists.format(items),
    date: formatted(dates),
    time: formatted(times),
  };
}
