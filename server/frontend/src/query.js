// The query page: YASQE, the editor of YASGUI, in the place of the plain text field, and code that keeps up with it.

import "@zazuko/yasqe/build/yasqe.min.css";

import { Yasqe } from "@zazuko/yasqe";
import { pageData } from "./pictures/state.js";
import { registerCompleters } from "./query/completing.js";
import { keepUp } from "./query/following.js";
import { explainErrors } from "./query/mistakes.js";

const data = pageData("query-data");
const desk = document.querySelector("[data-editor]");
const form = desk?.querySelector("form");
const plain = form?.querySelector("textarea[name=query]");

if (data && plain) start();

function start() {
  const names = registerCompleters(Yasqe, data);
  const place = document.createElement("div");
  const note = document.createElement("p");
  note.className = "note editor-note";
  note.id = "editor-note";
  note.setAttribute("role", "status");
  note.textContent = data.words.keys;
  plain.before(place, note);
  // The editor and its note take just the place of the field, and nothing moves.
  const { top, height: whole } = plain.getBoundingClientRect();
  const height = `${whole - (top - place.getBoundingClientRect().top)}px`;
  plain.hidden = true;
  form.querySelector(`label[for="${plain.id}"]`)?.addEventListener("click", () => editor.focus());
  const editor = new Yasqe(place, {
    value: plain.value.replace(/^\n/, ""),
    editorHeight: height,
    autocompleters: names,
    screenReaderLabel: data.words.label,
    // What is asked is in the address: nothing is kept in the browser, and nothing is fetched from elsewhere.
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    extraKeys: {
      // The tab key leaves the editor, as it leaves every other field (WCAG 2.1.2).
      Tab: false,
      "Shift-Tab": false,
      "Ctrl-Enter": () => form.requestSubmit(),
      "Cmd-Enter": () => form.requestSubmit(),
      "Ctrl-S": false,
    },
  });
  editor.getInputField().setAttribute("aria-describedby", note.id);
  form.addEventListener("submit", () => {
    plain.value = editor.getValue();
  });
  explainErrors(editor, note, data.words);
  keepUp(editor, data.code);
}
