/** What is said of the thing that is chosen in a network: its ties in words, each with a quote and the way to its claim. */

/**
 * @param {Element} figure
 * @param {{nodes: object[], links: object[], held: Record<string, {mark: string, word: string}>}} data
 * @param {Record<string, string>} words
 * @returns {(path: string|null) => void} shows the ties of a thing, or nothing
 */
export function chosenPanel(figure, data, words) {
  const byPath = new Map(data.nodes.map((thing) => [thing.path, thing]));
  const panel = document.createElement("div");
  panel.className = "chosen";
  panel.hidden = true;
  panel.setAttribute("role", "status");
  figure.querySelector(".picture-tools").after(panel);
  return (path) => {
    const thing = byPath.get(path);
    panel.hidden = !thing;
    if (!thing) return panel.replaceChildren();
    const who = made("p", "who");
    who.append(linkTo(thing), ` ${thing.kind_word} `, anchor(words.alone, `?${alone(path)}`));
    const list = document.createElement("ul");
    list.append(...data.links.filter((tie) => [tie.source, tie.target].includes(path)).map((tie) => item(tie, byPath, data.held)));
    panel.replaceChildren(who, list);
  };
}

/** The parameters of the network of one thing; language and switch stay. */
function alone(path) {
  const parameters = new URLSearchParams(location.search);
  for (const name of ["from", "to", "at", "view", "hide"]) parameters.delete(name);
  parameters.set("about", path);
  return parameters;
}

function item(tie, byPath, held) {
  const element = document.createElement("li");
  const { mark, word } = held[tie.held];
  element.append(linkTo(byPath.get(tie.source)), " ", made("span", "relation", tie.relation), " ", linkTo(byPath.get(tie.target)));
  const derived = tie.held === "derived" || !tie.claims.length;
  element.append(made("span", "note", derived ? `${mark} ${word}` : tie.claims[0].voice));
  for (const { quote, href } of tie.claims.slice(0, 1)) {
    const words = anchor(`“${quote}”`, href, "words");
    words.lang = "en";
    element.append(words);
  }
  return element;
}

function linkTo(thing) {
  const found = anchor(thing.name, thing.href);
  found.lang = "en";
  return found;
}

function anchor(text, href, className = "") {
  const found = made("a", className, text);
  found.href = href;
  return found;
}

function made(name, className, text = "") {
  const found = document.createElement(name);
  if (className) found.className = className;
  found.textContent = text;
  return found;
}
