/* Without a signal for data, what needs internet says so and comes after calls and texts (base.css, ".no-signal"). A
   phone that only believes that it has a signal loses nothing: the page stands as it was. */

function showSignal() {
  document.documentElement.classList.toggle("no-signal", navigator.onLine === false);
}

window.addEventListener("online", showSignal);
window.addEventListener("offline", showSignal);
showSignal();
