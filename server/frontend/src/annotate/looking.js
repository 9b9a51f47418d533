// What is said of a form while it is typed: the words of `samizdat check`, what other claims say, its RDF, its lines.

import { fresh, h } from "./dom.js";
import { said } from "./words.js";

/** @param {HTMLElement} form @param {(string | number)[]} steps @returns {HTMLElement | null} the nearest field that there is */
export function fieldAt(form, steps) {
  for (let length = steps.length; length > 0; length -= 1) {
    const part = steps.slice(0, length);
    // A file writes one value without brackets where a form has a list of one.
    const listed = part.map((_, at) => [...part.slice(0, at), 0, ...part.slice(at)]);
    for (const path of [part, ...listed]) {
      const found = form.querySelector(`#${CSS.escape(`f-${path.join("-")}`)}`);
      if (found) return found;
    }
  }
  return null;
}

/**
 * @param {HTMLElement} form
 * @returns {{element: HTMLElement, standing: HTMLElement, stand: (text: string) => void, lines: () => string, checking: () => void, show: (looked: object) => void, fail: (message: string) => void}}
 */
export function looking(form) {
  const standing = h("p", { class: "standing", role: "status" });
  const verdict = h("p", { class: "verdict-line" });
  const problems = h("ul", { class: "problems" });
  const beside = h("ul", { class: "beside" });
  const topics = h("p", { class: "topics" });
  const rdf = h("pre", { class: "code", tabindex: "0", "aria-label": said("rdf") });
  const diff = h("pre", { class: "code diff", tabindex: "0", "aria-label": said("diff") });
  const id = fresh();
  const element = h("section", { class: "looked", "aria-labelledby": id },
    h("h3", { class: "label", id, tabindex: "-1" }, said("problems")), verdict, problems, topics, beside,
    h("details", { "data-part": "rdf" }, h("summary", {}, said("rdf")), rdf),
    h("details", { "data-part": "diff" }, h("summary", {}, said("diff")), diff));

  const told = (problem) => {
    const field = problem.steps ? fieldAt(form, problem.steps) : null;
    const line = field ? h("a", { href: `#${field.id}`, onclick: go(field) }, problem.line) : problem.line;
    return h("li", { class: problem.steps ? "" : "elsewhere" }, line);
  };
  const stand = (text) => {
    element.removeAttribute("aria-busy");
    if (standing.textContent !== text) standing.textContent = text;
  };
  return {
    element,
    standing,
    stand,
    lines: () => diff.textContent,
    checking: () => element.setAttribute("aria-busy", "true"),
    fail: (message) => {
      stand(message);
      verdict.textContent = message;
    },
    show: (looked) => {
      const own = looked.problems.filter((one) => one.steps);
      stand(own.length ? said("counted", { number: own.length }) : said("fine"));
      verdict.textContent = own.length ? "" : said("no_problems");
      problems.replaceChildren(...own.map(told), ...looked.problems.filter((one) => !one.steps).map(told));
      mark(form, own);
      topics.replaceChildren(...(looked.topics.length ? [h("span", { class: "label" }, said("topic")), ` ${looked.topics.join(" · ")}`] : []));
      beside.replaceChildren(...looked.clashes.map(clash), ...together(looked.beside).map(other));
      rdf.textContent = looked.rdf ?? said("no_rdf");
      diff.replaceChildren(...looked.diff.map((line) => h("span", { class: SIGNS[line[0]] ?? "" }, `${line}\n`)));
    },
  };
}

const SIGNS = { "+": "added", "-": "removed", "@": "place" };

const clash = (line) => h("li", { class: "clash" }, h("span", { class: "label" }, said("clash")), ` ${line}`);

const other = (one) => h("li", {},
  h("span", { class: "label" }, one.how.map((how) => said(`how.${how}`)).join(", ")), ` ${one.label} `,
  h("span", { class: "what" }, [one.path, ...one.what].join(" · ")));

/** Each other claim once, with all that is to be said of it. */
function together(beside) {
  const found = new Map();
  for (const one of beside) {
    const known = found.get(one.path) ?? { ...one, how: [], what: [] };
    known.how = [...new Set([...known.how, one.how])];
    known.what = [...known.what, one.what].filter(Boolean);
    found.set(one.path, known);
  }
  return [...found.values()];
}

/** A link leads to the field, or to what stands for it where something has been chosen already. */
const go = (field) => (event) => {
  event.preventDefault();
  field.closest("details")?.setAttribute("open", "");
  const target = field.hidden ? field.closest(".thing-field").querySelector("button") : field;
  target.focus();
  target.scrollIntoView({ block: "center" });
};

/** Each problem is told at its field too. */
function mark(form, found) {
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const line of form.querySelectorAll(".at-field")) line.remove();
  for (const problem of found) {
    const field = problem.steps.length ? fieldAt(form, problem.steps) : null;
    if (!field) continue;
    if (!field.matches("fieldset")) field.setAttribute("aria-invalid", "true");
    (field.matches("fieldset") ? field : field.closest(".field")).append(h("p", { class: "problem at-field" }, problem.text));
  }
}
