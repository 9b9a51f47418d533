/**
 * What the editor completes: our prefixes, classes and properties of the ontology and of what it reuses, and things
 * by their names, from the site's own search. Nothing is asked of prefix.cc or of Linked Open Vocabularies.
 */

const MOST = 30;
const LEAST = 2;

/**
 * @param {any} Yasqe the class
 * @param {{prefixes: Record<string, string>, terms: Record<string, [string, string][]>, search: string}} data
 * @returns {string[]} the names of the completers
 */
export function registerCompleters(Yasqe, { prefixes, terms, search }) {
  const base = { bulk: false, autoShow: true, persistenceId: null };
  const declarations = Object.entries(prefixes).map(([name, space]) => `${name}: <${space}>`);
  Yasqe.forkAutocompleter("prefixes", { name: "ourPrefixes", persistenceId: null, get: () => declarations });
  Yasqe.registerAutocompleter({ ...base, ...ofTerms(terms.classes), name: "classes", isValidCompletionPosition: atClass }, false);
  Yasqe.registerAutocompleter(
    { ...base, ...ofTerms(terms.properties), name: "properties", isValidCompletionPosition: atProperty },
    false,
  );
  Yasqe.registerAutocompleter(
    { ...base, ...ofThings(search), name: "things", isValidCompletionPosition: (yasqe) => atThing(yasqe, prefixes) },
    false,
  );
  return ["variables", "ourPrefixes", "classes", "properties", "things"];
}

/** Prefixed names whose name, or whose label, has what was typed; those that begin with it first. */
function ofTerms(terms) {
  const labels = new Map(terms);
  const get = (_, token) => {
    const typed = (token?.string ?? "").trim().replace(/^</, "").toLowerCase();
    const bare = typed.replace(/^[a-z]*:/, "");
    const rank = ([name, label]) => {
      const small = name.toLowerCase();
      if (small.startsWith(typed)) return 0;
      if (typed.includes(":") && !small.startsWith(`${typed.split(":")[0]}:`)) return 9;
      if (small.split(":")[1].startsWith(bare) || label.toLowerCase().startsWith(bare)) return 1;
      return small.includes(bare) || label.toLowerCase().includes(bare) ? 2 : 9;
    };
    const ranked = terms.map((term) => [rank(term), term[0]]).filter(([rank]) => rank < 9);
    return ranked.sort((one, other) => one[0] - other[0]).slice(0, MOST).map(([, name]) => name);
  };
  return { get, postprocessHints: (_, hints) => hints.map((hint) => named(hint, labels.get(hint.text) ?? "")) };
}

/** Things by their names, as the search of the site finds them. */
function ofThings(search) {
  const found = new Map();
  const get = async (_, token) => {
    const typed = token.string.trim().replace(/^<|>$/g, "");
    if (typed.length < LEAST) return [];
    const address = new URL(search, location.href);
    address.searchParams.set("q", typed);
    address.searchParams.set("kind", "things");
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) return [];
    const { things = [] } = await answer.json();
    for (const { id, name, description } of things) found.set(`<${id}>`, description ? `${name}, ${description}` : name);
    return things.map(({ id }) => `<${id}>`);
  };
  return { get, postprocessHints: (_, hints) => hints.map((hint) => named(hint, found.get(hint.text) ?? "", true)) };
}

/** A hint that shows a label beside the name; both as text, whatever they hold. */
function named(hint, label, labelFirst = false) {
  const render = (element) => {
    const [strong, soft] = labelFirst ? [label, hint.text] : [hint.text, label];
    const beside = document.createElement("span");
    beside.className = "beside";
    beside.textContent = soft;
    element.append(strong, " ", beside);
  };
  return { ...hint, render };
}

const isVariable = (token) => token.string[0] === "?" || token.string[0] === "$";

function atClass(yasqe) {
  const token = yasqe.getCompleteToken();
  if (isVariable(token)) return false;
  const before = yasqe.getPreviousNonWsToken(yasqe.getDoc().getCursor().line, token);
  return ["a", "rdf:type"].includes(before.state?.lastProperty) && before.string !== "." && !inPrologue(yasqe);
}

function atProperty(yasqe) {
  const token = yasqe.getCompleteToken();
  if (!token.string.trim() || isVariable(token) || inPrologue(yasqe)) return false;
  return token.state.possibleCurrent.includes("a");
}

/** Where a subject or an object is being typed, as a word without a known prefix, or after `<`. */
function atThing(yasqe, prefixes) {
  const token = yasqe.getCompleteToken();
  const typed = token.string.trim();
  if (typed.length < LEAST || inPrologue(yasqe) || atClass(yasqe) || atProperty(yasqe)) return false;
  if (/^<(?!https?:)[^>\s]+$/.test(typed)) return true;
  if (!/^\p{L}[\p{L}\p{N}-]*$/u.test(typed)) return false;
  const keyword = token.type === "keyword" || token.type === "atom";
  return !keyword && !(typed in prefixes) && token.type === "error";
}

function inPrologue(yasqe) {
  const { line } = yasqe.getDoc().getCursor();
  return /^\s*(prefix|base)\b/i.test(yasqe.getLine(line));
}
