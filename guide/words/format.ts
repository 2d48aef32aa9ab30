/** Numbers, counts, lists and times as a language writes them, by Intl. Times are in UTC: a report is read anywhere. */

export interface Format {
  readonly number: (value: number) => string;
  /** `2 projects`: the number, then the noun in its form. */
  readonly count: (value: number, noun: Noun) => string;
  /** `a, b and c`. */
  readonly list: (items: readonly string[]) => string;
  /** Of an RFC 3339 text; what is no time is answered as it is. */
  readonly date: (time: string) => string;
  /** With the hour, and `UTC`. */
  readonly time: (time: string) => string;
}

/** A noun for one, and for any other count. */
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
  const written = (format: Intl.DateTimeFormat) => (time: string) => {
    const milliseconds = Date.parse(time);
    return Number.isNaN(milliseconds) ? time : format.format(milliseconds);
  };
  return {
    number: (value) => numbers.format(value),
    count: (value, noun) => `${numbers.format(value)} ${plurals.select(value) === "one" ? noun.one : noun.other}`,
    list: (items) => lists.format(items),
    date: written(dates),
    time: written(times),
  };
}
