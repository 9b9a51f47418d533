/**
 * A picture as a file: SVG that stands alone, or PNG, each with a line that says where it comes from.
 *
 * The file has the colours that are on the screen, written into it as attributes: it needs no style sheet.
 */

const SVG = "http://www.w3.org/2000/svg";
const WRITTEN = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
  "stroke-opacity", "opacity", "font-family", "font-size", "font-style", "font-weight", "letter-spacing", "text-anchor",
  "dominant-baseline", "paint-order", "visibility", "stop-color", "stop-opacity",
  "vector-effect",
];
const DROPPED = /^(class|style|tabindex|role|aria-.*|data-.*)$/;
const SCALE = 2;
const MARGIN = 14;

/**
 * @param {SVGSVGElement} canvas as it is on the screen
 * @param {string} credit one line; it is broken where it is too long
 * @returns {string} a whole SVG document
 */
export function svgText(canvas, credit) {
  const { width, height } = canvas.getBoundingClientRect();
  const lines = broken(credit, Math.max(24, Math.floor((width - 2 * MARGIN) / 6)));
  const whole = height + 8 + 15 * lines.length + MARGIN;
  const copy = written(canvas);
  const found = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ width, height: whole, viewBox: `0 0 ${width} ${whole}` })) {
    found.setAttribute(name, String(value));
  }
  const page = getComputedStyle(document.documentElement);
  found.append(element("title", {}, document.title), element("desc", {}, credit));
  found.append(element("rect", { width, height: whole, fill: page.backgroundColor }));
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  found.append(copy);
  const type = { "font-family": page.fontFamily, "font-size": "11", fill: page.color, x: MARGIN };
  lines.forEach((line, at) => found.append(element("text", { ...type, y: height + 18 + 15 * at }, line)));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(found)}\n`;
}

/** @returns {Promise<Blob>} the same as PNG, at twice the size */
export async function pngBlob(canvas, credit) {
  const address = URL.createObjectURL(new Blob([svgText(canvas, credit)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const sheet = document.createElement("canvas");
    sheet.width = image.naturalWidth * SCALE;
    sheet.height = image.naturalHeight * SCALE;
    sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
    return await new Promise((done, failed) =>
      sheet.toBlob((blob) => (blob ? done(blob) : failed(new Error("no PNG"))), "image/png"),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Hands a file to the reader. */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A deep copy with every style that shows written as an attribute; what does not show is left out. */
function written(source) {
  const copy = source.cloneNode(false);
  const style = getComputedStyle(source);
  for (const { name } of [...copy.attributes]) if (DROPPED.test(name)) copy.removeAttribute(name);
  if (source instanceof SVGElement && !(source instanceof SVGDefsElement)) {
    for (const name of WRITTEN) {
      const value = style.getPropertyValue(name);
      if (value) copy.setAttribute(name, value);
    }
  }
  for (const child of source.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) copy.append(child.cloneNode());
    else if (child instanceof SVGElement && shows(child)) copy.append(written(child));
  }
  return copy;
}

function shows(child) {
  return getComputedStyle(child).display !== "none" || Boolean(child.closest("defs"));
}

/** @returns {string[]} the text in lines of at most so many characters; an address without blanks is cut */
function broken(text, most) {
  const lines = [""];
  for (const word of text.split(" ").flatMap((one) => one.match(new RegExp(`.{1,${most}}`, "gu")) ?? [])) {
    const last = lines.at(-1);
    if (last && last.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

function element(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = text;
  return made;
}
