/** Draws the picture of docs/explanation/architecture.md, with the folders and their imports in the code. */
import { globSync, readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import ts from "typescript";
import { components } from "../pack/manifest.ts";
import { root } from "../setup/bootstrap/places.mjs";

/** Folders that nothing imports. */
const excluded = ["tests", "examples", "node_modules"];

/** Subfolders with their own box. */
const innerRooms = ["components/supportCase"];

/** The box of the program. */
const program = "index.ts";

interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** A cell in a row of the picture: a folder, or the path of an arrow past a row. */
interface Cell {
  readonly room: string | undefined;
  readonly width: number;
  /** The connected cells in the row below. */
  readonly below: Cell[];
  readonly above: Cell[];
}

interface Place {
  readonly x: number;
  readonly y: number;
}

const box = { height: 44, gap: 52, rowGap: 46, padding: 16, character: 9 };
const grid = { size: 24, labels: 216 };
const margin = 28;

export function architecture(): string {
  return draw(arrowsOf(sourceFiles()));
}

function sourceFiles(): string[] {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !excluded.includes(entry.name))
    .map(({ name }) => name);
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,mjs,cjs,js}`, { cwd: root }));
  return [program, ...files.map((path) => path.split(sep).join("/"))].sort();
}

/** The arrows between folders, without duplicates. */
function arrowsOf(files: readonly string[]): readonly Arrow[] {
  const rooms = new Set(files.map(roomOf));
  const imports = files.flatMap((file) =>
    importsOf(file).flatMap((path) => {
      const [from, to] = [roomOf(file), roomOf(path)];
      return from !== to && rooms.has(to) ? [`${from} ${to}`] : [];
    }),
  );
  return [...new Set(imports)].sort().map((pair) => {
    const [from = "", to = ""] = pair.split(" ");
    return { from, to };
  });
}

/** The files that a file imports, relative to the clone. */
export function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), "utf8"), true, true);
  return importedFiles.map(({ fileName }) => fileOf(fileName, file));
}

/** The imported file, relative to the clone; below node_modules for a package. */
function fileOf(specifier: string, importer: string): string {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(importer), specifier);
  const {
    exports,
    manifest: { name },
  } = components;
  const path = specifier === name ? "." : specifier.replace(`${name}/`, "../");
  return posix.normalize(exports[path] ?? `node_modules/${specifier}`);
}

function roomOf(file: string): string {
  return innerRooms.find((room) => file.startsWith(`${room}/`)) ?? file.split("/")[0] ?? file;
}

function draw(arrows: readonly Arrow[]): string {
  const upward = arrows.filter((arrow) => isUpward(arrow, arrows));
  const downward = arrows.filter((arrow) => !upward.includes(arrow));
  const rows = rowsOf(downward);
  const graph = layOut(rows);
  const order = rows.flat().flatMap(({ room }) => room ?? []);
  const width = Math.max(graph.width, grid.labels + grid.size * order.length) + 2 * margin;
  const shift = (width - graph.width) / 2;
  const gridTop = graph.height + margin + 190;
  const height = gridTop + grid.size * order.length + margin;
  const at = (cell: Cell): Place => {
    const { x, y } = graph.places.get(cell) ?? { x: 0, y: 0 };
    return { x: x + shift, y: y + margin };
  };
  const rooms = new Map(rows.flat().flatMap((cell) => (cell.room === undefined ? [] : [[cell.room, cell] as const])));
  const lines = [
    ...rows
      .flat()
      .flatMap((cell) => (cell.room === undefined ? [] : cell.below.map((next) => line(pathPoints(cell, next, at))))),
    ...upward.flatMap(({ from, to }) => {
      const [low, high] = [rooms.get(from), rooms.get(to)];
      return low === undefined || high === undefined ? [] : [upwardLine(at(low), at(high))];
    }),
  ];
  const boxes = rows.flat().flatMap((cell) => (cell.room === undefined ? [] : boxOf(cell.room, cell.width, at(cell))));
  const table = tableOf(order, arrows, {
    x: (width - grid.labels - grid.size * order.length) / 2 + grid.labels,
    y: gridTop,
  });
  return svg(width, height, [...lines, ...boxes, ...table]);
}

/** If two folders import each other, the arrow from the subfolder points upward. */
function isUpward({ from, to }: Arrow, arrows: readonly Arrow[]): boolean {
  return from.startsWith(`${to}/`) && arrows.some((other) => other.from === to && other.to === from);
}

/** The rows from the top. Each folder is above everything that it imports. */
function rowsOf(arrows: readonly Arrow[]): Cell[][] {
  const rooms = [...new Set(arrows.flatMap(({ from, to }) => [from, to]))].sort();
  const heights = new Map<string, number>();
  const heightOf = (room: string, above: readonly string[]): number => {
    if (above.includes(room))
      throw new Error(
        `rooms import each other in a circle: ${[...above.slice(above.indexOf(room)), room].join(" → ")}`,
      );
    const known = heights.get(room);
    if (known !== undefined) return known;
    const below = targets(room, arrows).map((to) => heightOf(to, [...above, room]) + 1);
    const height = Math.max(0, ...below);
    heights.set(room, height);
    return height;
  };
  const top = Math.max(...rooms.map((room) => heightOf(room, [])));
  const rows = Array.from({ length: top + 1 }, (): Cell[] => []);
  const cells = new Map<string, Cell>();
  const add = (height: number, room?: string): Cell => {
    const width = room === undefined ? 0 : room.length * box.character + 2 * box.padding;
    const cell: Cell = { room, width, below: [], above: [] };
    rows[top - height]?.push(cell);
    return cell;
  };
  for (const room of rooms) cells.set(room, add(heights.get(room) ?? 0, room));
  for (const { from, to } of arrows.filter((arrow) => !isImplied(arrow, arrows))) {
    const [upper, lower] = [cells.get(from), cells.get(to)];
    if (upper === undefined || lower === undefined) continue;
    let last = upper;
    for (let height = (heights.get(from) ?? 0) - 1; height > (heights.get(to) ?? 0); height--)
      last = connect(last, add(height));
    connect(last, lower);
  }
  return ordered(rows);
}

function connect(upper: Cell, lower: Cell): Cell {
  upper.below.push(lower);
  lower.above.push(upper);
  return lower;
}

const targets = (room: string, arrows: readonly Arrow[]) =>
  arrows.filter(({ from }) => from === room).map(({ to }) => to);

/** Whether other arrows already imply the arrow. */
function isImplied({ from, to }: Arrow, arrows: readonly Arrow[]): boolean {
  const reaches = (room: string): boolean => targets(room, arrows).some((next) => next === to || reaches(next));
  return targets(from, arrows).some((next) => next !== to && reaches(next));
}

/** Orders the rows for few crossings: each cell is near the middle of its connected cells. */
function ordered(rows: readonly Cell[][]): Cell[][] {
  let best = rows.map((row) => [...row]);
  for (let sweep = 0; sweep < 8; sweep++) {
    const isDown = sweep % 2 === 0;
    const positions = new Map(
      best.flatMap((row) => row.map((cell, index) => [cell, (index + 0.5) / row.length] as const)),
    );
    const middle = (cell: Cell) => {
      const others = isDown ? cell.above : cell.below;
      const sum = others.reduce((total, other) => total + (positions.get(other) ?? 0), 0);
      return others.length === 0 ? (positions.get(cell) ?? 0) : sum / others.length;
    };
    const next = best.map((row) => [...row]);
    for (const row of isDown ? next : next.toReversed()) {
      row.sort((one, other) => middle(one) - middle(other));
      row.forEach((cell, index) => positions.set(cell, (index + 0.5) / row.length));
    }
    if (crossings(next) <= crossings(best)) best = next;
  }
  return best;
}

function crossings(rows: readonly Cell[][]): number {
  let count = 0;
  rows.forEach((row, index) => {
    const next = rows[index + 1] ?? [];
    const ends = row.flatMap((cell, from) => cell.below.map((to) => [from, next.indexOf(to)] as const));
    for (const [from, to] of ends) count += ends.filter(([other, end]) => other < from && end > to).length;
  });
  return count;
}

function layOut(rows: readonly Cell[][]) {
  const widthOf = (row: readonly Cell[]) => row.reduce((sum, { width }) => sum + width + box.gap, -box.gap);
  const width = Math.max(...rows.map(widthOf));
  const places = new Map<Cell, Place>();
  rows.forEach((row, index) => {
    let x = (width - widthOf(row)) / 2;
    for (const cell of row) {
      places.set(cell, { x: x + cell.width / 2, y: index * (box.height + box.rowGap) });
      x += cell.width + box.gap;
    }
  });
  return { places, width, height: rows.length * (box.height + box.rowGap) - box.rowGap };
}

/** The points of an arrow, through the rows between its ends. */
function pathPoints(from: Cell, next: Cell, at: (cell: Cell) => Place): Place[] {
  const start = at(from);
  const points = [{ x: start.x, y: start.y + box.height }];
  for (
    let cell: Cell | undefined = next;
    cell !== undefined;
    cell = cell.room === undefined ? cell.below[0] : undefined
  ) {
    const { x, y } = at(cell);
    points.push({ x, y }, ...(cell.room === undefined ? [{ x, y: y + box.height }] : []));
  }
  return points;
}

function line(points: readonly Place[]): string {
  const [start = { x: 0, y: 0 }, ...rest] = points;
  const parts = rest.map(({ x, y }, index) => {
    const before = points[index] ?? start;
    const half = (before.y + y) / 2;
    return `C${[before.x, half, x, half, x, y].map(round).join(" ")}`;
  });
  return `<path class="arrow" d="M${round(start.x)} ${round(start.y)}${parts.join("")}" marker-end="url(#head)"/>`;
}

/** The offset from the downward arrow. */
function upwardLine(low: Place, high: Place): string {
  const [startX, endX] = [low.x + 40, high.x + 40];
  const [startY, endY] = [low.y, high.y + box.height];
  return `<path class="upward" d="M${round(startX)} ${round(startY)}L${round(endX)} ${round(endY)}" marker-end="url(#upwardHead)"/>`;
}

function boxOf(room: string, width: number, { x, y }: Place): string[] {
  return [
    `<rect class="box" x="${round(x - width / 2)}" y="${round(y)}" width="${round(width)}" height="${round(box.height)}" rx="8"/>`,
    `<text x="${round(x)}" y="${round(y + box.height / 2 + 5)}" text-anchor="middle">${room}</text>`,
  ];
}

/** A row imports the columns with a dot. */
function tableOf(rooms: readonly string[], arrows: readonly Arrow[], { x: left, y: top }: Place): string[] {
  const middle = (index: number) => index * grid.size + grid.size / 2;
  const side = rooms.length * grid.size;
  const frame = `<path class="grid" d="M${round(left)} ${round(top + side)}h${round(side)}v${round(-side)}"/>`;
  const rows = rooms.flatMap((room, row) => [
    `<path class="grid" d="M${round(left)} ${round(top + row * grid.size)}h${round(side)}M${round(left + row * grid.size)} ${round(top)}v${round(side)}"/>`,
    `<text x="${round(left - 10)}" y="${round(top + middle(row) + 5)}" text-anchor="end">${room}</text>`,
    `<text transform="translate(${round(left + middle(row) + 5)} ${round(top - 10)}) rotate(-60)">${room}</text>`,
    ...rooms.flatMap((other, column) =>
      arrows.some(({ from, to }) => from === room && to === other)
        ? [`<circle class="dot" cx="${round(left + middle(column))}" cy="${round(top + middle(row))}" r="6"/>`]
        : [],
    ),
  ]);
  return [frame, ...rows];
}

const round = (value: number) => String(Math.round(value * 10) / 10);

/** With a background, so that it is readable on light and dark pages. */
function svg(width: number, height: number, content: readonly string[]): string {
  const size = `${round(width)} ${round(height)}`;
  const head = (id: string, name: string) =>
    `<marker id="${id}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path class="${name}" d="M0 0L10 5L0 10z"/></marker>`;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}" width="${round(width)}" height="${round(height)}" role="img">`,
    "<title>Which folder imports which</title>",
    `<style>
text { font: 15px ui-monospace, Menlo, Consolas, monospace; fill: #1f2328 }
.page { fill: #ffffff }
.box { fill: #ddf4ff; stroke: #0969da }
.arrow, .upward { fill: none; stroke: #59636e; stroke-width: 1.5 }
.upward { stroke: #bc4c00; stroke-dasharray: 5 4 }
.grid { fill: none; stroke: #d1d9e0 }
.dot { fill: #0969da }
.head { fill: #59636e }
.upwardHead { fill: #bc4c00 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc }
.page { fill: #0d1117 }
.box { fill: #121d2f; stroke: #4493f8 }
.arrow { stroke: #9198a1 }
.upward { stroke: #db6d28 }
.grid { stroke: #3d444d }
.dot { fill: #4493f8 }
.head { fill: #9198a1 }
.upwardHead { fill: #db6d28 }
}
</style>`,
    `<defs>${head("head", "head")}${head("upwardHead", "upwardHead")}</defs>`,
    `<rect class="page" width="100%" height="100%" rx="8"/>`,
    ...content,
    "</svg>",
  ].join("\n")}\n`;
}
