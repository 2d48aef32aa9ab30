/** The times over the number of projects, as a picture: who grows how. */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { operations } from "./contender.ts";
import type { Measurement } from "./round.ts";

/** What is used of a DOM, whose types this project does not have. */
interface Svg {
  readonly outerHTML: string;
  setAttribute(name: string, value: string): void;
}

/** An SVG document. */
export function plot(measurements: readonly Measurement[]): string {
  const { document } = parseHTML("<!doctype html><body></body>") as unknown as { document: never };
  const sizes = [...new Set(measurements.map(({ projects }) => projects))].sort((one, other) => one - other);
  const svg: Svg = Plot.plot({
    document,
    width: 1200,
    height: 360,
    marginLeft: 60,
    grid: true,
    fx: { domain: [...operations], label: null },
    x: { type: "log", ticks: sizes, tickFormat: "d", label: "projects" },
    y: { type: "log", label: "seconds", tickFormat: "~g" },
    color: { legend: false, scheme: "Dark2" },
    marks: [
      Plot.lineY(
        measurements,
        Plot.groupX(
          { y: "median" },
          { fx: "operation", x: "projects", y: "elapsed", z: "contender", stroke: "contender", marker: true },
        ),
      ),
      Plot.text(
        measurements,
        Plot.selectLast({
          ...{ fx: "operation", x: "projects", y: "elapsed", z: "contender", text: "contender" },
          ...{ fill: "contender", textAnchor: "end", dy: -10 },
        }),
      ),
    ],
  });
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("style", "background: white");
  return svg.outerHTML;
}
