/* What hangs on the phone's own clock: "open now" and "opens at" in the line's own zone, and "not checked lately".

   The hours in words stand in the page without this script, and a line that is open at any hour stands beside: a phone whose clock is
   wrong loses nothing but the hint. A page printed, saved or exported before a check ran out says so all the same. */

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const WEEK = 7 * 1440;

/** Minutes since Monday 00:00 in a zone. */
export function minuteOfWeek(date, zone) {
  const parts = {};
  new Intl.DateTimeFormat("en-US", { timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
    .formatToParts(date).forEach((part) => { parts[part.type] = part.value; });
  return DAYS.indexOf(parts.weekday) * 1440 + (Number(parts.hour) % 24) * 60 + Number(parts.minute);
}

/** What hours mean at a minute of the week: {open, wait} with wait = minutes until it opens (0 when open, null when unknown). */
export function state(hours, minute) {
  if (hours.always) return { open: true, wait: 0 };
  if (!hours.open.length) return { open: null, wait: null };
  let wait = Infinity;
  for (const [day, start, end] of hours.open) {
    const from = day * 1440 + start;
    const length = (end > start ? end : end + 1440) - start;
    const since = (minute - from + WEEK) % WEEK;
    if (since < length) return { open: true, wait: 0 };
    wait = Math.min(wait, WEEK - since);
  }
  return { open: false, wait };
}

function tellOpen(root, now) {
  root.querySelectorAll("[data-hours]").forEach((element) => {
    const hours = JSON.parse(element.dataset.hours);
    if (hours.always) { element.dataset.open = "yes"; return; }
    const { open, wait } = state(hours, minuteOfWeek(now, hours.zone));
    if (open === null) return;
    element.dataset.open = open ? "yes" : "no";
    const language = document.documentElement.lang;
    const opens = new Date(now.getTime() + wait * 60000);
    const when = opens.toLocaleString(language, { weekday: "long", hour: "numeric", minute: "2-digit" });
    const word = open ? element.dataset.openWord : element.dataset.closedWord.replace("{when}", when);
    element.textContent = `${word} · ${element.textContent}`;
  });
}

function tellLate(root, now) {
  const today = now.toISOString().slice(0, 10);
  root.querySelectorAll("[data-due]").forEach((element) => {
    if (element.dataset.due >= today) return;
    const told = element.matches("[data-late]") ? element : element.querySelector("[data-late]");
    if (told) told.hidden = false;
  });
}

export function start(root) {
  const now = new Date();
  tellOpen(root, now);
  tellLate(root, now);
}
