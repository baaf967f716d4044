/* Copy and share buttons beside a text that is there to be handed on. Nothing is sent by us: copying and sharing are the phone's own. */

export function start(root) {
  const field = root.querySelector("[data-text]");
  const copy = root.querySelector("[data-copy]");
  const share = root.querySelector("[data-share]");
  const name = copy.textContent;
  let timer = 0;

  function say(text) {
    copy.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => { copy.textContent = name; }, 4000);
  }

  function byHand() {
    field.focus();
    field.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch (error) { done = false; }
    say(done ? copy.dataset.done : copy.dataset.failed);
  }

  copy.setAttribute("aria-live", "polite");
  copy.addEventListener("click", () => {
    if (navigator.clipboard && navigator.clipboard.writeText) navigator.clipboard.writeText(field.value).then(() => say(copy.dataset.done), byHand);
    else byHand();
  });
  copy.hidden = false;
  if (navigator.share) {
    share.hidden = false;
    share.addEventListener("click", () => { navigator.share({ text: field.value }).catch(() => {}); });
  }
  return () => clearTimeout(timer);
}
