/* What hangs on the phone's own clock: "open now" and "opens at" in the line's own zone, and "not checked lately".

   The page has the hours in words without this script, and a line that is open at any hour is beside them: a phone
   whose clock is wrong loses nothing but the hint. A page printed, saved or exported before a check ran out says so
   all the same. */

/**
 * Hours as the page has them (youthapp/web/templating.py, hours_data).
 *
 * @typedef {{always: boolean, zone: string, open: [day: number, start: number, end: number][]}} Hours days from Monday
 *   = 0; minutes of the day, an end before its start is on the next day
 */

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const DAY = 1440;
const WEEK = 7 * DAY;

/** Minutes since Monday 00:00 in a zone. @param {Date} date @param {string} zone a name like "America/Los_Angeles" */
export function minuteOfWeek(date, zone) {
  /** @type {Record<string, string>} */
  const parts = {};
  const clock = /** @type {const} */ ({ weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const format = new Intl.DateTimeFormat("en-US", Object.assign({ timeZone: zone }, clock));
  format.formatToParts(date).forEach((part) => { parts[part.type] = part.value; });
  return DAYS.indexOf(parts.weekday) * DAY + (Number(parts.hour) % 24) * 60 + Number(parts.minute);
}

/** What hours mean at a minute of the week: wait = minutes until it opens, 0 when open; both null when the hours are
    not known. @param {Hours} hours @param {number} minute @returns {{open: boolean, wait: number} | {open: null,
    wait: null}} */
export function stateAt(hours, minute) {
  if (hours.always) return { open: true, wait: 0 };
  if (!hours.open.length) return { open: null, wait: null };
  let wait = Infinity;
  for (const [day, start, end] of hours.open) {
    const from = day * DAY + start;
    const length = (end > start ? end : end + DAY) - start;
    const since = (minute - from + WEEK) % WEEK;
    if (since < length) return { open: true, wait: 0 };
    wait = Math.min(wait, WEEK - since);
  }
  return { open: false, wait };
}

/** @param {HTMLElement} element with [data-hours] @param {Date} now */
function showState(element, now) {
  /** @type {Hours} */
  const hours = JSON.parse(element.dataset.hours || "{}");
  if (hours.always) { element.dataset.open = "yes"; return; }
  const { open, wait } = stateAt(hours, minuteOfWeek(now, hours.zone));
  if (open === null) return;
  element.dataset.open = open ? "yes" : "no";
  const { openWord = "", closedWord = "" } = element.dataset;
  const opens = new Date(now.getTime() + wait * 60000);
  const { lang } = document.documentElement;
  const when = opens.toLocaleString(lang, { weekday: "long", hour: "numeric", minute: "2-digit" });
  element.textContent = `${open ? openWord : closedWord.replace("{when}", when)} · ${element.textContent}`;
}

/** @param {HTMLElement} element with [data-due] @param {string} today */
function showLate(element, today) {
  if ((element.dataset.due || "") >= today) return;
  const notice = element.matches("[data-late]") ? element : element.querySelector("[data-late]");
  if (notice) /** @type {HTMLElement} */ (notice).hidden = false;
}

/** Start the controller. @param {HTMLElement} root */
export function start(root) {
  const now = new Date();
  const today = now.toISOString().slice(0, 10);
  /** @param {string} selector @returns {NodeListOf<HTMLElement>} */
  const all = (selector) => root.querySelectorAll(selector);
  all("[data-hours]").forEach((element) => showState(element, now));
  all("[data-due]").forEach((element) => showLate(element, today));
}
