/* The harmless list behind the second PIN: lines to tick, add and remove. It knows nothing of the other one. */

import * as session from "./session.js";

export function other({ root, find }) {
  const list = find("[data-other-items]"), row = find("template[data-other-row]"), field = find("[data-other-new]");
  const isHere = () => { const { phase, kind } = session.state(); return phase === "open" && kind === "list"; };

  function render() {
    find("[data-other]").hidden = !isHere();
    list.textContent = "";
    if (!isHere()) return;
    const marks = session.marks(), order = (marks.order || []).filter((key) => marks[key] !== undefined);
    Object.keys(marks).filter((key) => key.startsWith("item:") && !order.includes(key)).forEach((key) => order.push(key));
    order.forEach((key) => {
      const line = row.content.cloneNode(true), tick = line.querySelector("input");
      line.querySelector("span").textContent = marks[key];
      tick.checked = marks[key.replace("item:", "done:")] === 1;
      tick.dataset.item = key;
      line.querySelector("[data-remove]").dataset.remove = key;
      line.querySelector("[data-remove]").setAttribute("aria-label", `${line.querySelector("[data-remove]").textContent}: ${marks[key]}`);
      list.append(line);
    });
  }

  root.addEventListener("change", (event) => {
    if (event.target.dataset.item) session.set(event.target.dataset.item.replace("item:", "done:"), event.target.checked ? 1 : undefined);
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove]");
    if (!button) return;
    session.set(button.dataset.remove.replace("item:", "done:"), undefined);
    session.set(button.dataset.remove, undefined);
  });
  root.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-other-form]") || !field.value.trim()) return;
    const id = Array.from(crypto.getRandomValues(new Uint8Array(5)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    session.set(`item:${id}`, field.value.trim());
    field.value = "";
    field.focus();
  });

  return { render, clear: () => { field.value = ""; list.textContent = ""; } };
}
