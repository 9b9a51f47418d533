// What is said of a form while it is typed: the words of `samizdat check`, what other claims say, its RDF, its lines.

import { h } from "./dom.js";
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

/** @returns {{element: HTMLElement, checking: () => void, show: (looked: object) => void, fail: (message: string) => void}} */
export function looking(form) {
  const status = h("p", { class: "verdict-line", role: "status" });
  const problems = h("ul", { class: "problems" });
  const beside = h("ul", { class: "beside" });
  const rdf = h("pre", { class: "code", tabindex: "0", "aria-label": said("rdf") });
  const diff = h("pre", { class: "code diff", tabindex: "0", "aria-label": said("diff") });
  const element = h("section", { class: "looked", "aria-label": said("problems") },
    h("h3", { class: "label" }, said("problems")), status, problems, beside,
    h("details", { "data-part": "rdf" }, h("summary", {}, said("rdf")), rdf),
    h("details", { "data-part": "diff" }, h("summary", {}, said("diff")), diff));

  const go = (steps) => (event) => {
    event.preventDefault();
    const field = fieldAt(form, steps);
    if (!field) return;
    field.closest("details")?.setAttribute("open", "");
    const target = field.hidden ? field.closest(".thing-field").querySelector("button") : field;
    target.focus();
    target.scrollIntoView({ block: "center" });
  };
  const told = (problem) => {
    if (!problem.steps) return h("li", { class: "elsewhere" }, problem.line);
    const field = problem.steps.length ? fieldAt(form, problem.steps) : null;
    return h("li", {}, field ? h("a", { href: `#${field.id}`, onclick: go(problem.steps) }, problem.line) : problem.line);
  };
  const mark = (found) => {
    for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    for (const problem of found) if (problem.steps?.length) fieldAt(form, problem.steps)?.setAttribute("aria-invalid", "true");
  };
  return {
    element,
    checking: () => element.setAttribute("aria-busy", "true"),
    fail: (message) => {
      element.removeAttribute("aria-busy");
      status.textContent = message;
    },
    show: (looked) => {
      element.removeAttribute("aria-busy");
      const own = looked.problems.filter((one) => one.steps);
      const text = own.length ? "" : said("no_problems");
      if (status.textContent !== text) status.textContent = text;
      problems.replaceChildren(...own.map(told), ...looked.problems.filter((one) => !one.steps).map(told));
      mark(own);
      beside.replaceChildren(
        ...looked.clashes.map((line) => h("li", { class: "clash" }, h("span", { class: "label" }, said("clash")), " ", line)),
        ...looked.beside.map((one) => h("li", {}, h("span", { class: "label" }, said(`how.${one.how}`)), ` ${one.label} `, h("span", { class: "code" }, one.path), one.what && h("span", { class: "what" }, one.what))));
      rdf.textContent = looked.rdf ?? said("no_rdf");
      diff.replaceChildren(...looked.diff.map((line) => h("span", { class: line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : line.startsWith("@@") ? "place" : "" }, `${line}\n`)));
    },
  };
}
