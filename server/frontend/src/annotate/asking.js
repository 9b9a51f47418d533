// Asking the page's server, below the secret of its address.

import { said } from "./words.js";

const ROOT = document.querySelector("[data-annotate]").dataset.annotate;

/** A refusal, with what the server says of it. */
export class Refused extends Error {
  constructor(status, told) {
    super([told.message, told.hint].filter(Boolean).join(" – "));
    this.status = status;
    this.told = told;
  }
}

/** @param {string} path @param {Record<string, string>} [values] @param {AbortSignal} [signal] @returns {Promise<any>} */
export function ask(path, values = {}, signal = undefined) {
  const query = new URLSearchParams(values).toString();
  return answered(`${ROOT}${path}${query && `?${query}`}`, { signal });
}

/** @param {string} path @param {object} body @param {AbortSignal} [signal] @returns {Promise<any>} */
export function send(path, body, signal = undefined) {
  const headers = { "Content-Type": "application/json" };
  return answered(ROOT + path, { method: "POST", headers, body: JSON.stringify(body), signal });
}

async function answered(address, options) {
  let answer;
  try {
    answer = await fetch(address, { ...options, headers: { Accept: "application/json", ...options.headers } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error(said("unreachable"));
  }
  const told = await answer.json().catch(() => ({ message: said("unreachable") }));
  if (!answer.ok) throw new Refused(answer.status, told);
  return told;
}
