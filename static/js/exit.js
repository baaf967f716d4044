/* Leaving at once. The link works without this file; with it, one tap covers the screen before the network is asked
   for anything.

   A classic script on purpose: it must run on the oldest phone that runs any script of ours, and it depends on
   nothing. Dangers first: no storage, no request, no history entry of our own; `location.replace` so that Back does
   not come here again. What each step is for was measured (DECISIONS.md, "Leaving and moving");
   tests/browser/test_exit.py measures it again. */
(function () {
  "use strict";
  var COVERED = "covered", THIRD_SHIFT_WITHIN = 5000;
  var left = false, outside = false, title = "";
  /** @type {{away: string, quiet: string} | null} */
  var target = null;
  /** @type {BroadcastChannel | null} */
  var tabs = null;

  /** @returns {HTMLAnchorElement | null} */
  function exitLink() {
    return document.querySelector("a[data-exit]");
  }

  /* Empty the page and give it a dull title: the browser files the visit under the title it sees last. An empty
     title would show the address. */
  function cover() {
    document.title = title;
    document.documentElement.className = COVERED;
    document.body.textContent = "";
  }

  /* With no signal the other site is an error page; where the youth keeps the book, a blank page of ours is already
     on the phone. */
  function place() {
    var workers = navigator.serviceWorker, to = /** @type {{away: string, quiet: string}} */ (target);
    return navigator.onLine === false && workers && workers.controller ? to.quiet : to.away;
  }

  /** @param {boolean} tell whether other tabs must leave too */
  function leave(tell) {
    if (left) return;
    var link = exitLink();
    if (!link) return;
    left = true;
    target = { away: link.href, quiet: link.dataset.quiet || link.href };
    title = link.hostname.replace(/^www\./, "");
    try {
      // Controllers that hold words or a voice drop them now (controllers.js); one that fails must not hold us here.
      document.dispatchEvent(new Event("app:leave"));
      if (window.speechSynthesis) window.speechSynthesis.cancel();
    } catch (error) { /* leaving goes on */ }
    cover();
    if (tell && tabs) tabs.postMessage("leave");
    location.replace(place());
  }

  document.addEventListener("click", function (event) {
    var element = /** @type {Element} */ (event.target);
    var link = /** @type {HTMLAnchorElement | null} */ (element.closest ? element.closest("a[href]") : null);
    var button = early && element.closest ? element.closest("button") : null;
    if (link || button) forgetTap();
    if (button && !button.closest("form[action]")) button.setAttribute("data-tapped", "");
    if (!link) return;
    if (link.hasAttribute("data-exit")) {
      event.preventDefault();
      event.stopPropagation();
      leave(true);
    } else if (/^https?:$/.test(link.protocol) && link.host !== location.host) outside = true;
  }, true);

  /* A button that is tapped before the frame's script has come is marked, and pressed again when its controller is at
     work (controllers.js); unless a link, or the way out, is taken before. A form with an address needs no script. */
  var early = true;
  function forgetTap() {
    var tapped = document.querySelector("[data-tapped]");
    if (tapped) tapped.removeAttribute("data-tapped");
  }
  document.addEventListener("app:started", function () { early = false; });
  document.addEventListener("app:leave", forgetTap);

  /* A form without an address belongs to a script. Pressed before that script has come, the browser would send it to
     the page's own address: the page loads anew, what was typed is gone, and the history has one entry more. */
  document.addEventListener("submit", function (event) {
    if (!/** @type {Element} */ (event.target).getAttribute("action")) event.preventDefault();
  }, true);

  /* Every other open tab of ours leaves too. A tab that the phone put to sleep does so when it wakes. */
  if (window.BroadcastChannel) {
    tabs = new BroadcastChannel("tabs");
    tabs.onmessage = function () { leave(false); };
  }

  // forget.js first sends the other tabs away, so that none writes again, and then leaves like the control.
  document.addEventListener("app:alone", function () { if (tabs) tabs.postMessage("leave"); });
  document.addEventListener("app:exit", function () { leave(true); });

  /* Shift three times, and nothing between: Esc has other meanings. Not while typing, where Shift makes capitals. */
  var shifts = 0, last = 0, clean = false;
  /** @param {EventTarget | null} target */
  function typing(target) {
    var element = /** @type {Element | null} */ (target);
    return element && element.closest && element.closest("input,textarea,select,[contenteditable]");
  }
  document.addEventListener("keydown", function (event) {
    clean = event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey && !typing(event.target);
    if (!clean) shifts = 0;
  }, true);
  document.addEventListener("keyup", function (event) {
    if (event.key !== "Shift" || !clean) return;
    shifts = event.timeStamp - last <= THIRD_SHIFT_WITHIN ? shifts + 1 : 1;
    last = event.timeStamp;
    if (shifts === 3) leave(true);
  }, true);

  /* Who comes by Back, Forward, a closed tab opened again or a restored session is not shown what was read here:
     this page leaves at once. One exception: a youth who opened a line's own site from here and comes back to a page
     that the browser still holds. */
  function cameBack() {
    var entry = performance.getEntriesByType && performance.getEntriesByType("navigation")[0];
    var type = entry && /** @type {PerformanceNavigationTiming} */ (entry).type;
    return entry ? type === "back_forward" : Boolean(performance.navigation) && performance.navigation.type === 2;
  }
  addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    if (left) {
      cover();
      location.replace(place());
    } else if (!outside) leave(false);
    outside = false;
  });
  if (cameBack()) leave(false);

  /* Keep the control in view when the keyboard is open (iPhone lays it over the page) or the page is zoomed by two
     fingers. */
  var view = window.visualViewport;
  function follow() {
    var link = exitLink();
    if (!link || !view) return;
    var root = document.documentElement, rtl = getComputedStyle(root).direction === "rtl";
    var below = root.clientHeight - view.offsetTop - view.height;
    var beside = root.clientWidth - view.offsetLeft - view.width;
    var near = Math.abs(view.scale - 1) < 0.02 && below < 2;
    link.style.transformOrigin = rtl ? "left bottom" : "right bottom";
    var moved = "translate(" + (rtl ? view.offsetLeft : -beside) + "px," + -below + "px) scale(" + 1 / view.scale + ")";
    link.style.transform = near ? "" : moved;
  }
  if (view) {
    view.addEventListener("resize", follow);
    view.addEventListener("scroll", follow);
  }

  /* The blank page goes on to the other site as soon as there is a signal. */
  if (document.documentElement.hasAttribute("data-blank")) {
    addEventListener("online", function () { leave(false); });
  }
})();
