/* Leaving at once. The link works without this file; with it, one tap covers the screen before the network is asked for anything.

   A classic script on purpose: it must run on the oldest phone that runs any script of ours, and it depends on nothing.
   Dangers first: no storage, no request, no history entry of our own; `location.replace` so that Back does not come here again. */
(function () {
  "use strict";
  var COVERED = "covered";

  /* Empty the page and give it a dull title: the browser files the visit under the title it sees last. An empty title would show the address. */
  function cover(title) {
    document.title = title;
    document.documentElement.className = COVERED;
    document.body.textContent = "";
  }

  function leave(link) {
    var target = link.href, title = link.hostname.replace(/^www\./, "");
    cover(title);
    location.replace(target);
  }

  function exitLink() {
    return document.querySelector("a[data-exit]");
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a[data-exit]") : null;
    if (!link) return;
    event.preventDefault();
    leave(link);
  }, true);
})();
