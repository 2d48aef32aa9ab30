/** Plots the times against the number of projects. */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { operations } from "./contender.ts";
import type { Measurement } from "./round.ts";

/** The DOM methods that are used here, because this project does not include the DOM's types. */
interface Svg {
  readonly outerHTML: string;
  setAttribute(name: string, value: string): void;
}

const draw = Plot.plot as (options: Plot.PlotOptions) => unknown as (options: Plot.PlotOptions) => Svg;

/** An SVG document. */
export function plot(measurements: readonly Measurement[]): string {
  const page = parseHTML("<!doctype html><body></body>") as unknown as { readonly document: never };
  const sizes = [...new Set(measurements.map(({ projects }) => projects))].sort((one, other) => one - other);
  const svg = draw({
    document: page.document,
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
          fx: "operation",
          x: "projects",
          y: "elapsed",
          z: "contender",
          text: "contender",
          fill: "contender",
          textAnchor: "end",
          dy: -10,
        }),
      ),
    ],
  });
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("style", "background: white");
  return svg.outerHTML;
}
