/* What hangs on the phone's own clock: "open now" and "opens at" in the line's own zone, and "not checked lately".

   The page has the hours in words without this script, and a line that is open at any hour is beside them: a phone
   whose clock is wrong loses nothing but the hint. A page printed, saved or exported before a check ran out says so
   all the same. */

/**
 * Hours as the page has them (hours_data in youthapp/web/templating.py and youthapp/places/wording.py).
 *
 * @typedef {{always: boolean, zone: string, open: [day: number, start: number, end: number, nth?: number][], off?:
 *   string[]}} Hours days from Monday = 0; minutes of the day, an end before its start is on the next day; nth: only on
 *   that one of the month (the first Saturday is 1), 0 on each; off: ISO dates without any hours
 */

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const DAY = 1440;
const WEEK = 7 * DAY;
/** Days to look ahead: from one fifth Saturday of a month to the next are at most 14 weeks. */
const AHEAD = 100;

/** Day and time in a zone. @param {Date} date @param {string} zone a name like "America/Los_Angeles" */
function partsIn(date, zone) {
  /** @type {Record<string, string>} */
  const parts = {};
  const clock = /** @type {const} */ ({ weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = /** @type {const} */ ({ year: "numeric", month: "2-digit", day: "2-digit" });
  const format = new Intl.DateTimeFormat("en-US", Object.assign({ timeZone: zone }, clock, day));
  format.formatToParts(date).forEach((part) => { parts[part.type] = part.value; });
  return parts;
}

/** Minutes since Monday 00:00 in a zone. @param {Date} date @param {string} zone */
export function minuteOfWeek(date, zone) {
  const parts = partsIn(date, zone);
  return DAYS.indexOf(parts.weekday) * DAY + (Number(parts.hour) % 24) * 60 + Number(parts.minute);
}

/** The ISO date in a zone. @param {Date} date @param {string} zone */
export function dayIn(date, zone) {
  const parts = partsIn(date, zone);
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** @param {string} day an ISO date @param {number} days to add */
function later(day, days) {
  return new Date(Date.parse(`${day}T00:00Z`) + days * DAY * 60000).toISOString().slice(0, 10);
}

/** What hours mean at a minute of the week: wait = minutes until it opens, 0 when open; both null when the hours are
    not known, or when it opens at no time that we know. @param {Hours} hours @param {number} minute @param {string} today
    the ISO date; hours without days off and without one day of the month need none @returns {{open: boolean, wait:
    number} | {open: null, wait: null}} */
export function stateAt(hours, minute, today = "2001-01-01") {
  const off = hours.off || [];
  if (!hours.always && !hours.open.length) return { open: null, wait: null };
  if (hours.always && !off.includes(today)) return { open: true, wait: 0 };
  /** @type {Hours["open"]} */
  const spans = hours.always ? [0, 1, 2, 3, 4, 5, 6].map((day) => [day, 0, DAY]) : hours.open;
  let wait = Infinity;
  // From yesterday on, whose hours may run past midnight.
  for (let ahead = -1; ahead <= AHEAD && wait === Infinity; ahead += 1) {
    const date = later(today, ahead);
    if (off.includes(date)) continue;
    const weekday = (Math.floor(minute / DAY) + ahead + 7) % 7;
    for (const [day, start, end, nth] of spans) {
      if (day !== weekday || (nth && Math.ceil(Number(date.slice(8)) / 7) !== nth)) continue;
      const from = ahead * DAY + start - minute % DAY;
      if (from <= 0 && from + (end > start ? end : end + DAY) - start > 0) return { open: true, wait: 0 };
      if (from > 0) wait = Math.min(wait, from);
    }
  }
  return wait === Infinity ? { open: null, wait: null } : { open: false, wait };
}

/** @param {HTMLElement} element with [data-hours] @param {Date} now */
function showState(element, now) {
  /** @type {Hours} */
  const hours = JSON.parse(element.dataset.hours || "{}");
  const near = "openNow" in element.dataset;
  if (hours.always && !hours.off) { element.dataset.open = "yes"; return; }
  const { open, wait } = stateAt(hours, minuteOfWeek(now, hours.zone), dayIn(now, hours.zone));
  // A place whose hours are not known says so in its own words, and is never called closed.
  if (open === null) { if (near) element.dataset.open = "unknown"; return; }
  element.dataset.open = open ? "yes" : "no";
  const { openWord = "", closedWord = "" } = element.dataset;
  const opens = new Date(now.getTime() + wait * 60000);
  const { lang } = document.documentElement;
  /** @type {Intl.DateTimeFormatOptions} */
  const form = { weekday: "long", hour: "numeric", minute: "2-digit" };
  if (wait >= WEEK) Object.assign(form, { month: "long", day: "numeric" });
  if (near) form.timeZone = hours.zone; // a place opens by the clock on its own wall
  const state = open ? openWord : closedWord.replace("{when}", opens.toLocaleString(lang, form));
  element.textContent = `${state} · ${element.textContent}`;
}

/** @param {HTMLElement} element with [data-due] @param {string} today */
function showLate(element, today) {
  if ((element.dataset.due || "") >= today) return;
  const notice = element.matches("[data-late]") ? element : element.querySelector("[data-late]");
  if (notice) /** @type {HTMLElement} */ (notice).hidden = false;
}

/** Hide what nobody has checked for so long that it may not be shown. @param {HTMLElement} element with [data-gone]
    @param {string} today */
function hideOld(element, today) {
  if ((element.dataset.gone || "") <= today) element.hidden = true;
}

/** Start the controller. @param {HTMLElement} root */
export function start(root) {
  const now = new Date();
  const today = now.toISOString().slice(0, 10);
  /** @param {string} selector @returns {NodeListOf<HTMLElement>} */
  const all = (selector) => root.querySelectorAll(selector);
  all("[data-hours]").forEach((element) => showState(element, now));
  all("[data-due]").forEach((element) => showLate(element, today));
  all("[data-gone]").forEach((element) => hideOld(element, today));
}
