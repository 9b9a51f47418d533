// Words selected in the text, by pointer or keys, and the bar that makes a claim of them.
//
// Positions count code points of the whole text, as claim files do: a paragraph knows where it begins.

import { button, h } from "./dom.js";
import { said } from "./words.js";

/** @param {HTMLElement} body @param {object} page */
export function selecting(body, page) {
  const shown = h("span", { class: "picked" });
  const make = button(said("of_words"), () => {
    const quote = selected(body);
    if (!quote) return;
    if (page.open?.takes) page.open.takes(quote);
    else page.edit({ data: { quote: [quote] } });
    getSelection().removeAllRanges();
  });
  const bar = h("div", { class: "selection", hidden: true }, shown, make);
  body.after(bar);

  const look = () => {
    const quote = selected(body);
    bar.hidden = !quote;
    if (!quote) return;
    const short = quote.exact.length > 90 ? `${quote.exact.slice(0, 60)} … ${quote.exact.slice(-24)}` : quote.exact;
    shown.textContent = said("selected", { words: short });
    make.textContent = page.open ? said("further") : said("of_words");
  };
  document.addEventListener("selectionchange", look);
  body.addEventListener("keydown", (event) => byKeys(event, body, make));
  body.addEventListener("keyup", (event) => {
    const quote = event.shiftKey && event.key.startsWith("Arrow") ? selected(body) : null;
    if (quote) page.tell(quote.exact);
  });
}

/** The arrow keys go from word to word, and select while Shift is held; Enter takes what is selected. */
function byKeys(event, body, make) {
  const selection = getSelection();
  if (event.key === "Enter" && event.target === body && selected(body)) {
    event.preventDefault();
    make.click();
    return;
  }
  const steps = { ArrowRight: ["forward", "word"], ArrowLeft: ["backward", "word"], ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"] };
  const step = steps[event.key];
  if (!step || event.target !== body || event.altKey || event.ctrlKey || event.metaKey) return;
  if (!event.shiftKey && step[1] === "line") return; // the page scrolls, as ever
  event.preventDefault();
  if (!selection.rangeCount || !body.contains(selection.anchorNode)) selection.setPosition(body.querySelector("p") ?? body, 0);
  selection.modify(event.shiftKey ? "extend" : "move", ...step);
  if (!body.contains(selection.focusNode)) selection.modify(event.shiftKey ? "extend" : "move", step[0] === "forward" ? "backward" : "forward", "word");
  const place = selection.getRangeAt(0).getBoundingClientRect();
  if (place.height && (place.bottom > innerHeight - 80 || place.top < 0)) scrollBy(0, place.bottom - innerHeight / 2);
}

/** @param {HTMLElement} body @returns {{exact: string, start: number, end: number} | null} what is selected, without blanks around it */
export function selected(body) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!body.contains(range.startContainer) || !body.contains(range.endContainer)) return null;
  const first = paragraphAt(body, range.startContainer, range.startOffset);
  if (!first) return null;
  const exact = textIn(first, range);
  const trimmed = exact.trim();
  if (!trimmed) return null;
  const before = document.createRange();
  before.setStart(first, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const lead = range.comparePoint(first, 0) >= 0 ? 0 : points(textIn(first, before));
  const start = Number(first.dataset.start) + lead + points(exact.slice(0, exact.length - exact.trimStart().length));
  return { exact: trimmed, start, end: start + points(trimmed) };
}

/** The paragraph in which a selection begins: words of one claim are of one paragraph. */
function paragraphAt(body, node, offset) {
  const element = node instanceof Element ? node : node.parentElement;
  return element.closest("p[data-start]") ?? body.querySelectorAll("p[data-start]")[Math.min(offset, body.children.length - 1)];
}

/** The words of a paragraph that a range covers, without the numbers of claims between them. */
function textIn(paragraph, range) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let found = "";
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("[data-aside]") || !range.intersectsNode(node)) continue;
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.data.length;
    found += node.data.slice(from, to);
  }
  return found;
}

const points = (text) => [...text].length;
