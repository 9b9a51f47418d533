// The network of people, parties, governments and media: drawing, choosing a thing, and the view of it in the address.

import { picture, rememberView, remembering, viewState } from "./pictures/common.js";
import { chosenPanel } from "./pictures/chosen.js";
import { drawNetwork } from "./pictures/network-drawing.js";
import { filterButtons, filled, toolButtons } from "./pictures/tools.js";

const FIRST = 4;
const found = picture("network");
if (found) start(found);

function start(into) {
  const { data, words } = into;
  const view = viewState();
  const rememberSoon = remembering();
  const panel = chosenPanel(into.figure, data, words);
  const network = drawNetwork(into, data, {
    ways: data.ways,
    describe: (thing, number) => filled(words.ties, { name: thing.name, kind: thing.kind_word, number }),
    introduce: (thing) => introduced(thing, data),
    tell: (line) => line.ties.flatMap((tie) => told(tie, data)),
    onSelect(path) {
      rememberView({ at: path });
      panel(path);
    },
    onMove: (to) => rememberSoon({ view: to && [to.x, to.y, to.k].map((number) => Math.round(number * 100) / 100).join(",") }),
  });
  toolButtons(into.figure, [
    { text: words.nearer, act: () => network.scale(1.4) },
    { text: words.farther, act: () => network.scale(1 / 1.4) },
    { text: words.whole, act: () => network.scale(0) },
  ]);
  filterButtons(into.figure, data.links.map((tie) => tie.held), view.getAll("hide"), (hidden) => {
    network.hide(hidden);
    rememberView({ hide: hidden });
  });
  network.hide(view.getAll("hide"));
  const [x, y, k] = (view.get("view") ?? "").split(",").map(Number);
  if (k > 0.3 && k < 7 && Number.isFinite(x) && Number.isFinite(y)) network.moveTo({ x, y, k });
  if (view.get("at")) network.choose(view.get("at"));
}

/** What a thing is and the first of what ties it to others, each with how it is held. */
function introduced(thing, data) {
  const ties = data.links.filter((tie) => [tie.source, tie.target].includes(thing.path));
  return [
    { text: `${thing.name}, ${thing.kind_word}` },
    ...ties.slice(0, FIRST).map((tie) => ({ text: `${sentence(tie, data)}: ${voice(tie, data)}`, className: "note" })),
    ...(ties.length > FIRST ? [{ text: "…", className: "note" }] : []),
  ];
}

function sentence(tie, data) {
  const name = (path) => data.nodes.find((thing) => thing.path === path)?.name ?? path;
  return `${name(tie.source)} ${tie.relation} ${name(tie.target)}`;
}

/** How a tie is held and by whom; of what is derived, that it is. */
function voice(tie, data) {
  const { mark, word } = data.held[tie.held];
  return tie.held === "derived" || !tie.claims.length ? `${mark} ${word}` : tie.claims[0].voice;
}

/** What a tie says, how it is held and in which words. */
function told(tie, data) {
  return [
    { text: sentence(tie, data) },
    { text: voice(tie, data), className: "note" },
    ...tie.claims.slice(0, 1).map(({ quote }) => ({ text: `“${quote}”`, className: "words", lang: "en" })),
  ];
}
