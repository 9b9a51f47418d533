// The editorial reader: pointing at words, at a claim or at a name shows where the others are.

import { follow, reveal } from "./reader/following.js";
import { opened } from "./reader/slip.js";

const edition = document.querySelector("[data-reader]");
const linked = [...document.querySelectorAll("[data-claims]")];
const notes = edition.querySelector(".notes");
const beside = matchMedia("(min-width: 62rem)");

/** @param {Element} element @returns {string[]} the claims that it belongs to */
const claimsOf = (element) => element.dataset.claims.split(" ");

/** @param {string[]} claims whose words, notes and names are shown; none to show none */
function light(claims) {
  const wanted = new Set(claims);
  for (const element of linked) {
    element.classList.toggle("lit", claimsOf(element).some((claim) => wanted.has(claim)));
  }
}

/** @param {Event} event @returns {string[]} the claims of what it happened to */
function pointed(event) {
  const found = event.target instanceof Element ? event.target.closest("[data-claims]") : null;
  return found ? claimsOf(found) : [];
}

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => light(pointed(event)));
}
edition.addEventListener("click", (event) => {
  const words = event.target.closest(".passage[data-claims], .reference");
  if (!words || getSelection().toString()) return;
  const found = claimsOf(words).map((claim) => document.getElementById(claim)).filter(Boolean);
  if (beside.matches) {
    reveal(notes, found[0]);
  } else {
    event.preventDefault();
    opened(found, words.matches("a") ? words : null, edition.dataset.close);
  }
  light(claimsOf(words));
});
follow(notes, [...edition.querySelectorAll(".text .reference")], beside);
