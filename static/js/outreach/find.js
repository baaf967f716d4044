/* Narrows a list to the rows that hold all typed words. The words never leave the phone; without this file the list is whole. */

function plain(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
}

export function start(root) {
  const field = root.querySelector("input");
  const list = document.getElementById(root.dataset.list);
  const none = root.querySelector("[data-none]");
  const rows = Array.from(list.querySelectorAll("[data-row]"), (row) => ({ row, text: plain(row.textContent) }));
  const groups = Array.from(list.querySelectorAll("details, section"));
  const opened = groups.map((group) => group.open);

  function narrow() {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    rows.forEach(({ row, text }) => { row.hidden = !words.every((word) => text.includes(word)); });
    groups.forEach((group, index) => {
      group.hidden = words.length > 0 && !group.querySelector("[data-row]:not([hidden])");
      if ("open" in group) group.open = words.length ? true : opened[index];
    });
    none.hidden = rows.some(({ row }) => !row.hidden);
  }

  function drop() {
    field.value = "";
    narrow();
  }

  field.addEventListener("input", narrow);
  document.addEventListener("app:leave", drop);
  root.hidden = false;
  return () => document.removeEventListener("app:leave", drop);
}
