/** Filters of alerts with which an alert may notify nobody. Google adds locations and products, so they only get a warning. */
import { incidentProducts, regions } from "../guide/index.ts";
import type { AlertFilter } from "../guide/index.ts";
import { direction, otherForms, whole, zone } from "./location.ts";
import { didYouMean } from "./nearNames.ts";
import { show } from "./problems.ts";

/** A region or a zone of it, of one of Google's sovereign clouds, or a location that is no region. */
const listed = whole([
  `(?:${regions.join("|")})${zone}`,
  `u-[a-z]+-${direction}[1-9][0-9]?${zone}`,
  ...otherForms("[a-z]{2}"),
]);

/** A location or a product that may match no incident, and the reason. */
export interface DoubtfulFilter {
  readonly value: string;
  readonly what: string;
}

export function doubtfulFilters({
  locations,
  products,
}: Pick<AlertFilter, "locations" | "products">): DoubtfulFilter[] {
  const isPart = (product: string) => incidentProducts.some((one) => one.toLowerCase().includes(product.toLowerCase()));
  return [
    ...locations
      .filter((one) => !listed.test(one))
      .map((value) => {
        const meant = didYouMean(value.replace(new RegExp(`${zone}$`), ""), regions);
        return { value, what: `${show(value)} in locations is not a known region of Google Cloud${meant}` };
      }),
    // Other products are known to Google only.
    ...products
      .filter((one) => !isPart(one))
      .flatMap((value) => {
        const meant = didYouMean(value, incidentProducts);
        const what = `${show(value)} in products is not in the name of a known product${meant}`;
        return meant === "" ? [] : [{ value, what }];
      }),
  ];
}

export const doubtfulFilterRemedy =
  "such an alert may notify nobody: compare the name with https://status.cloud.google.com, or acknowledge this if Google has added it";
