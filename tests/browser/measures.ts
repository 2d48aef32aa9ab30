/** What is measured on the report's page in the browser, as texts, as there are no types of a browser here. */

/** By how many pixels the page is wider than the window. */
export const tooWide = "Math.max(0, document.documentElement.scrollWidth - window.innerWidth)";

export const keysOutOfView = `(() => {
  const outOfView = [];
  const tables = [...document.querySelectorAll(".scroller")];
  for (const table of tables) {
    table.scrollLeft = 9999;
    for (const key of table.querySelectorAll("tbody th")) {
      const { left, right, width } = key.getBoundingClientRect();
      if (left < 0 || right > window.innerWidth || width < 50) outOfView.push(key.textContent);
    }
    table.scrollLeft = 0;
  }
  return { tables: tables.length, outOfView };
})()`;

/** The longest part of an address that is kept on one line. */
const longest = 30;

/**
 * The texts of others that are broken within a word or after a hyphen, although the part between two of "@", ".", "/" and ":"
 * fits on a line; a longer part may break after a hyphen, and a long part between hyphens anywhere.
 */
export const brokenWords = `(() => {
  const broken = new Set();
  const lengthOfPart = (text, index, ends) => {
    const isEnd = (char) => char === undefined || ends.test(char);
    let [start, end] = [index, index];
    while (!isEnd(text[start - 1])) start -= 1;
    while (!isEnd(text[end])) end += 1;
    return end - start;
  };
  for (const element of document.querySelectorAll("main bdi:not(.word)")) {
    const text = element.textContent;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let top;
    let at = 0;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (let index = 0; index < node.length; index += 1, at += 1) {
        if (/\\s/.test(text[at])) { top = undefined; continue; }
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        const rect = range.getBoundingClientRect();
        if (rect.width === 0) continue;
        const isNewLine = top !== undefined && rect.top > top + 4;
        top = rect.top;
        if (!isNewLine || !/\\w/.test(text[at]) || !/[\\w-]/.test(text[at - 1])) continue;
        const isAllowed = lengthOfPart(text, at, text[at - 1] === "-" ? /[\\s@./:]/ : /[\\s@./:-]/) > ${String(longest)};
        if (!isAllowed) broken.add(text.slice(0, at) + "|" + text.slice(at));
      }
    }
  }
  return [...broken];
})()`;

/** The rows of heat maps whose only text is not in view, with the table at the start, in the middle and at its end. */
export const notesOutOfView = `(() => {
  const out = [];
  for (const scroller of document.querySelectorAll(".scroller"))
    for (const part of [0, 0.5, 1]) {
      scroller.scrollLeft = part * (scroller.scrollWidth - scroller.clientWidth);
      for (const note of scroller.querySelectorAll(".matrix td[colspan] > *")) {
        const { left, right } = note.getBoundingClientRect();
        const key = note.closest("tr").querySelector("th").getBoundingClientRect();
        const frame = scroller.getBoundingClientRect();
        if (left < key.right || right > frame.right) out.push([key.right, left, right, frame.right].join(" "));
      }
      scroller.scrollLeft = 0;
    }
  return out;
})()`;

/** How many marks show that a part can be opened. */
export const openers = `[...document.querySelectorAll("summary")]
  .filter((one) => !["none", ""].includes(getComputedStyle(one, "::before").display) && one.getClientRects().length > 0).length`;

/** The labels of cards that are higher than their cell, and so cover the next one. */
export const coveringLabels = `[...document.querySelectorAll(".cards td[data-label]")]
  .filter((cell) => parseFloat(getComputedStyle(cell, "::before").height) > cell.clientHeight + 1)
  .map((cell) => cell.getAttribute("data-label"))`;

/** The elements that are cut off, or beyond the edge of the paper. */
export const cutOff = `[...document.querySelectorAll("main *")]
  .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1 || (getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1))
  .map((one) => one.outerHTML.slice(0, 100))`;

export const darkGrounds = `[...document.querySelectorAll("html, body, main *")]
  .map((one) => [one.tagName, getComputedStyle(one).backgroundColor])
  .filter(([, ground]) => {
    const [red, green, blue, alpha = 1] = ground.match(/[\\d.]+/g).map(Number);
    return alpha > 0 && Math.min(red, green, blue) < 200;
  })
  .map(([tag, ground]) => tag + " " + ground)`;

/** The notes whose text is larger than the text that they belong to. */
export const largeNotes = `[...document.querySelectorAll("main .row-name, main .like, main time")]
  .filter((one) => parseFloat(getComputedStyle(one).fontSize) > parseFloat(getComputedStyle(one.parentElement).fontSize))
  .map((one) => one.outerHTML.slice(0, 100))`;
