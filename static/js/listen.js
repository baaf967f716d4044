/* Listen: reads the page aloud with a voice that lives on this phone, what is seen from top to bottom, buttons
   included, and marks where it is.

   Dangers first: a voice that works over the network would send the words away, so only local voices count, and
   without one for the page's language the button stays out of sight. The voice stops on exit, when the page changes,
   and when the phone is put away. Loud in a quiet room is a danger of its own: nothing is ever read unless the
   reader taps. */

import { loadScript } from "./loading.js";

/** @param {string} language */
function localVoice(language) {
  const speaks = (/** @type {SpeechSynthesisVoice} */ voice) => voice.lang.slice(0, 2).toLowerCase() === language;
  return window.speechSynthesis.getVoices().find((voice) => voice.localService && speaks(voice)) || null;
}

/** Start the controller. Returns stop(), or null where the browser cannot speak. @param {HTMLElement} button */
export function start(button) {
  const speech = window.speechSynthesis;
  if (!speech || !window.SpeechSynthesisUtterance) return null;
  const language = document.documentElement.lang;
  const label = /** @type {HTMLElement} */ (button.querySelector("span"));
  const idle = label.textContent;
  /** @param {boolean} reading */
  function show(reading) {
    button.setAttribute("aria-pressed", String(reading));
    label.textContent = reading ? button.dataset.stopWord || "" : idle;
  }
  function stop() {
    speech.cancel();
    document.querySelectorAll(".read-now").forEach((part) => part.classList.remove("read-now"));
    show(false);
  }
  /** @param {Element | null} only the part to read, or the page */
  async function read(only = null) {
    const voice = localVoice(language);
    if (!voice) return;
    show(true);
    // An iPhone lets a page speak only from within the tap; the rest comes a moment later.
    speech.speak(new window.SpeechSynthesisUtterance(""));
    const script = await loadScript("deferred").catch(stop);
    if (script && button.isConnected && button.getAttribute("aria-pressed") === "true") script.readAloud(voice, stop, only);
  }
  function offer() {
    const speaks = Boolean(localVoice(language));
    button.classList.toggle("ready", speaks);
    document.documentElement.classList.toggle("can-hear", speaks);
  }
  const toggle = () => (button.getAttribute("aria-pressed") === "true" ? stop() : read());
  /** "Hear this", beside a drawing: read it with its step, or the drawings of its fold. @param {MouseEvent} event */
  function hear(event) {
    const asked = event.target instanceof Element && event.target.closest("[data-hear]");
    if (!asked) return;
    stop();
    read(asked.closest("li, details"));
  }
  const hidden = () => { if (document.hidden) stop(); };

  offer();
  // Some browsers name their voices only after a moment; old Safari has no such event to listen to and names them at
  // once.
  if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
  button.addEventListener("click", toggle);
  document.addEventListener("click", hear);
  document.addEventListener("app:leave", stop);
  document.addEventListener("visibilitychange", hidden);
  return () => {
    stop();
    if (speech.removeEventListener) speech.removeEventListener("voiceschanged", offer);
    button.removeEventListener("click", toggle);
    document.removeEventListener("click", hear);
    document.removeEventListener("app:leave", stop);
    document.removeEventListener("visibilitychange", hidden);
  };
}
