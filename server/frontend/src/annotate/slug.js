// Names for files and addresses.

/** @param {string} text @param {number} [most] words @returns {string} small letters, digits and single hyphens, of Latin letters only */
export function slug(text, most = 8) {
  const plain = text.normalize("NFKD").replace(/[\u0300-\u036f’']/g, "").toLowerCase();
  return plain.split(/[^a-z0-9]+/).filter(Boolean).slice(0, most).join("-");
}
