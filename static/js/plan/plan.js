/* A page with a part of the list: ticks and own words go to the session, and come back from it. The panels around it are parts of their own;
   each gives back what to do when the list changes (render), when it closes (clear) and when its view is opened (enter).

   Danger: when the list closes, every field and every line made from it leaves the page at once; clear() below is the one place that sees to it. */

import { loadData, loadScript } from "../loading.js";
import * as session from "./session.js";
import { gate } from "./gate.js";
import { other } from "./harmless.js";
import { order, pickOf } from "./order.js";
import { pocketPlan } from "./pocket_plan.js";
import { show } from "./show.js";
import { paper } from "./paper.js";
import { MOST_PARTS, Refused, openBackup, sealBackup } from "./sealed.js";

/** The sentences of this language, and the page's own from its <template>: say("picked", {n: 2}). */
async function sentences(root) {
  const all = await loadData(root.dataset.sentences);
  root.querySelectorAll("template[data-sentences-more]").forEach((template) => {
    template.content.querySelectorAll("[data-w]").forEach((line) => { all[line.dataset.w] = line.textContent; });
  });
  return (key, holes = {}) => Object.keys(holes).reduce((text, hole) => text.split(`{${hole}}`).join(holes[hole]), all[key] || "");
}

/* What was ticked and typed before the scripts came over a slow line. */
function early(root) {
  const ticked = Array.from(root.querySelectorAll("[data-step]:checked"), (tick) => [pickOf(tick), 1]);
  return ticked.concat(Array.from(root.querySelectorAll("[data-own]"), (field) => [field.dataset.own, field.value]).filter(([, text]) => text));
}

export async function start(root) {
  const say = await sentences(root), find = (selector) => root.querySelector(selector), all = (selector) => root.querySelectorAll(selector);
  const page = { root, say, find, all, view: "list", go };
  const panels = [gate, other, order, pocketPlan, show, paper];
  // Only its own page waits for the backup.
  if (find("[data-backup]")) {
    panels.push((await loadScript("deferred")).backup);
    page.session = { isEmpty: session.isEmpty, state: session.state, take: session.take, told: session.told };
    page.sealed = { MOST_PARTS, Refused, openBackup, sealBackup };
  }
  root.classList.add("js");
  const parts = panels.map((part) => part(page));
  if (!find("[data-view-list]")) page.view = "";

  function go(view) {
    page.view = view;
    root.dataset.at = view;
    all("[data-view]").forEach((section) => { section.hidden = section.dataset.view !== view; });
    all("[data-view-list]").forEach((section) => { section.hidden = view !== "list"; });
    parts.forEach((part) => { if (part.enter && part.enter[view]) part.enter[view](); });
    parts.forEach((part) => { if (part.leave) part.leave(view); });
    const heading = find(`[data-view="${view}"] h2`);
    if (heading) { heading.focus(); heading.scrollIntoView(); } else find("[data-list-open]").scrollIntoView();
  }

  function counts() {
    let picked = 0;
    all("[data-section]").forEach((section) => {
      const own = section.querySelector("textarea[data-own]");
      const lines = own ? own.value.split("\n").filter((line) => line.trim()).length : 0;
      const here = section.querySelectorAll("[data-step]:checked").length + lines;
      const told = section.querySelector("[data-count]");
      if (!told) return;
      told.hidden = !here;
      told.textContent = here ? say("picked", { n: here }) : "";
      picked += here;
    });
    const progress = find("[data-progress]"), bar = find("[data-progress-bar]");
    if (progress) progress.textContent = picked ? say("picked", { n: picked }) : say("nothing");
    // A thin line that fills a little with each tick and never asks for more: full at two a section.
    if (bar) bar.style.width = `${Math.min(100, picked * 100 / (2 * all("[data-section]").length))}%`;
  }

  function fill(marks) {
    all("[data-step]").forEach((tick) => { tick.checked = marks[pickOf(tick)] === 1; });
    all("[data-own]").forEach((field) => {
      const value = marks[field.dataset.own] || "";
      if (field.value !== value) field.value = value;
    });
    counts();
  }

  function clear() {
    fill({});
    // A fresh element: the browser's undo would bring back what was typed in the old one.
    all("[data-own]").forEach((field) => { field.replaceWith(field.cloneNode(false)); });
    parts.forEach((part) => { if (part.clear) part.clear(); });
    if (find("[data-view-list]")) { page.view = "list"; root.dataset.at = "list"; all("[data-view]").forEach((section) => { section.hidden = true; }); }
  }

  function render() {
    const { phase, kind } = session.state(), shown = (phase === "new" || phase === "open") && kind === "plan" && !page.covered;
    if (shown) fill(session.marks()); else clear();
    find("[data-list-open]").hidden = !shown;
    if (shown) all("[data-view-list]").forEach((section) => { section.hidden = page.view !== "list"; });
    parts.forEach((part) => { if (part.render) part.render(shown); });
  }

  function heard(what) {
    if (what === "cover") {
      if (page.covered) return;
      page.covered = true;
    }
    if (what === "phase") page.covered = false;
    if (what === "list" || what === "phase" || what === "cover") render();
    parts.forEach((part) => { if (part.heard) part.heard(what); });
  }

  function typed(event) {
    const field = event.target;
    if (field.dataset.own) session.set(field.dataset.own, field.value, true);
  }

  function ticked(event) {
    const tick = event.target;
    if (tick.dataset.step) session.set(pickOf(tick), tick.checked ? 1 : undefined);
  }

  function takeEarly() {
    const { phase, kind } = session.state();
    if ((phase !== "new" && phase !== "open") || kind !== "plan") return;
    early(root).forEach(([key, value]) => { const kept = session.get(key); session.set(key, kept && kept !== value ? `${kept}\n${value}` : value); });
  }

  function tapped(event) {
    const button = event.target.closest("[data-show]");
    if (button) go(button.dataset.show);
    if (event.target.closest("[data-uncover]")) { page.covered = false; session.touch(); render(); parts.forEach((part) => { if (part.heard) part.heard("phase"); }); }
  }

  root.addEventListener("input", typed);
  root.addEventListener("change", ticked);
  root.addEventListener("click", tapped);
  await session.begin();
  takeEarly();
  const deaf = session.hear(heard);
  render();
  root.dataset.at = "list";
  parts.forEach((part) => { if (part.heard) part.heard("phase"); });

  return () => {
    deaf();
    clear();
    root.removeEventListener("input", typed);
    root.removeEventListener("change", ticked);
    root.removeEventListener("click", tapped);
  };
}
