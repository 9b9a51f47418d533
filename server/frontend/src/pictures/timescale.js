/** Days on a line: from ISO days to instants, and what the axis says in the language of the page. */

const DAY = 86_400_000;
const language = () => document.documentElement.lang || "en";

/** @param {string} day ISO, as "2020-12-18" @returns {number} the first instant of the day, in milliseconds */
export function startOf(day) {
  return Date.parse(`${day}T00:00:00Z`);
}

/** @returns {number} the first instant after the day */
export function endOf(day) {
  return startOf(day) + DAY;
}

/** @returns {string} the day of an instant, ISO */
export function dayOf(instant) {
  return new Date(instant).toISOString().slice(0, 10);
}

/** What a tick of the axis says: the year where one begins, else the month, or the day of the month. */
export function tickText(instant) {
  const date = new Date(instant);
  if (date.getUTCMonth() === 0 && date.getUTCDate() === 1) return String(date.getUTCFullYear());
  const wanted = date.getUTCDate() === 1 ? { month: "short" } : { day: "numeric", month: "short" };
  return new Intl.DateTimeFormat(language(), { ...wanted, timeZone: "UTC" }).format(date);
}
