// The query page: an editor that knows the vocabulary, in the place of the plain text field.

import "@zazuko/yasqe/build/yasqe.min.css";

import { pageData } from "./pictures/state.js";

const data = pageData("query-data");
const form = document.querySelector("[data-editor] form");
const plain = form?.querySelector("textarea[name=query]");

if (data && plain) {
  const open = async () => (await import("./query/editor.js")).edit(form, plain, data);
  // It is large: where one points with a finger it comes when somebody wants to type, everywhere else at once.
  if (matchMedia("(pointer: coarse)").matches) {
    plain.addEventListener("focus", async () => (await open()).focus(), { once: true });
  } else open();
}
