/** YASQE, the editor of YASGUI, in the place of the plain text field; code and the short link keep up with it. */

import { Yasqe } from "@zazuko/yasqe";
import { registerCompleters } from "./completing.js";
import { keepUp } from "./following.js";
import { explainErrors } from "./mistakes.js";

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTextAreaElement} plain its field
 * @param {any} data what the server gave: see `server/site/query_editor.py`
 * @returns {any} the editor
 */
export function edit(form, plain, data) {
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
  return editor;
}
