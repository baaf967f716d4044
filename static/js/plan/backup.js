/* A backup without a login: the list sealed with six words that the phone draws, as pictures of a code and as text; and the way back.
   The words are never kept and never sent; the code may be, since it opens nothing alone.

   plan.js hands over the session and the sealing. Imported, they would be code of two bundles, and so one more file for every page with a list. */

/** Six words drawn evenly from a list whose length divides 2^32. */
export function drawWords(list) {
  return Array.from(crypto.getRandomValues(new Uint32Array(6)), (number) => list[number % list.length]);
}

function drawn(matrix) {
  const canvas = document.createElement("canvas"), size = matrix.length, scale = Math.max(2, Math.ceil(700 / size));
  canvas.width = canvas.height = size * scale;
  const paint = canvas.getContext("2d");
  paint.fillStyle = "#fff";
  paint.fillRect(0, 0, canvas.width, canvas.height);
  paint.fillStyle = "#000";
  matrix.forEach((row, y) => row.forEach((dark, x) => { if (dark) paint.fillRect(x * scale, y * scale, scale, scale); }));
  return canvas;
}

/* One question to the worker codes.js. Resolves to its answer, or to null when it did not come. */
function askWorker(address, question) {
  return new Promise((done) => {
    const worker = new Worker(address);
    const end = (answer) => { worker.terminate(); done(answer); };
    worker.onmessage = ({ data }) => end(data);
    worker.onerror = () => end(null);
    worker.postMessage(question);
  });
}

async function pixels(file) {
  const bitmap = await createImageBitmap(file), canvas = document.createElement("canvas");
  // A camera's picture has more than a code needs; a small one is read faster and with less memory.
  const scale = Math.min(1, 1600 / Math.max(bitmap.width, bitmap.height));
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const paint = canvas.getContext("2d");
  paint.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return paint.getImageData(0, 0, canvas.width, canvas.height);
}

function textOf(file) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = fail;
    reader.readAsText(file);
  });
}

export function backup({ root, find, say, session, sealed }) {
  const made = find("[data-backup-made]"), status = find("[data-backup-status]"), form = find("[data-restore-form]"), button = find("[data-backup-make]");
  const file = find("[data-restore-file]"), text = find("[data-restore-text]"), words = find("[data-restore-words]");
  const found = find("[data-restore-found]"), told = find("[data-restore-status]");
  const worker = find("[data-backup]").dataset.codesWorker;
  let parts = [], read = [];

  function clear() {
    parts = [];
    made.hidden = true;
    ["[data-six]", "[data-codes]", "[data-code-text]"].forEach((place) => { find(place).textContent = ""; });
    find("[data-file-warning]").hidden = true;
    status.textContent = "";
  }

  async function make() {
    clear();
    status.textContent = say("sealing");
    const six = drawWords(find("template[data-six-words]").content.textContent.trim().split(/\s+/));
    const bytes = session.told();
    parts = await sealed.sealBackup(bytes, six.join(" "));
    bytes.fill(0);
    // Locked or left meanwhile.
    if (button.hidden || !root.isConnected) { clear(); return; }
    six.forEach((word) => { const row = document.createElement("li"); row.textContent = word; find("[data-six]").append(row); });
    find("[data-code-text]").textContent = parts.join(" ");
    const many = parts.length > sealed.MOST_PARTS, codes = many ? null : await askWorker(worker, { texts: parts });
    find("[data-codes-many]").hidden = !many;
    find("[data-codes-none]").hidden = many || !!codes;
    if (codes) {
      parts.forEach((part, at) => {
        const figure = document.createElement("figure"), canvas = drawn(codes.drawn[at]);
        figure.className = "qr";
        canvas.setAttribute("role", "img");
        canvas.setAttribute("aria-label", say("code-of", { n: at + 1, m: parts.length }));
        figure.append(canvas);
        const name = document.createElement("p");
        name.className = "small";
        name.textContent = say("code-of", { n: at + 1, m: parts.length });
        find("[data-codes]").append(figure, name);
      });
    }
    find("[data-backup-share]").hidden = typeof navigator.share !== "function";
    made.hidden = false;
    status.textContent = "";
    made.querySelector("h2").focus();
  }

  function save() {
    const link = document.createElement("a"), address = URL.createObjectURL(new Blob([parts.join("\n")], { type: "text/plain" }));
    link.href = address;
    link.download = "list.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 2000);
    find("[data-file-warning]").hidden = true;
  }

  function printCode() {
    const codes = find("[data-codes]"), sheet = document.querySelector("[data-paper]"), next = codes.nextSibling, title = document.title;
    // The title stands on paper in some browsers: a dull one while it prints. The pictures go back to their place.
    document.title = sheet.dataset.paper;
    sheet.append(codes);
    addEventListener("afterprint", () => { made.insertBefore(codes, next); document.title = title; }, { once: true });
    window.print();
  }

  async function look() {
    const files = Array.from(file.files);
    file.value = "";
    if (!files.length) return;
    found.textContent = say("reading");
    for (const one of files) {
      try {
        if (one.type.startsWith("text/") || /\.txt$/.test(one.name)) { if (one.size < 400000) read.push(...(await textOf(one)).split(/\s+/)); } else {
          const answer = await askWorker(worker, { picture: await pixels(one) });
          if (!answer) { found.textContent = say("no-reader"); return; }
          if (!answer.found) { found.textContent = say("not-found"); return; }
          read.push(answer.found);
        }
      } catch (error) { found.textContent = say("not-found"); return; }
    }
    read = Array.from(new Set(read.filter((part) => /^LIST\d+\./.test(part))));
    const total = read.length ? read[0].split(".")[2] : 0;
    found.textContent = read.length ? say("found", { n: read.length, m: total }) : say("not-found");
  }

  async function restore() {
    const phase = session.state().phase;
    if (phase !== "new" && phase !== "open") { told.textContent = say("unlock-first"); return; }
    const typed = words.value;
    if (!typed.trim()) { told.textContent = say("no-words"); words.focus(); return; }
    told.textContent = say("trying");
    try {
      session.take(await sealed.openBackup(`${text.value} ${read.join(" ")}`, typed));
      forget();
      told.textContent = phase === "open" ? say("restored-kept") : say("restored");
    } catch (error) {
      const why = error instanceof sealed.Refused ? error.why : "damaged";
      told.textContent = say({ damaged: "damaged-code", newer: "newer-code" }[why] || why) || say("damaged-code");
    }
  }

  function forget() {
    read = [];
    text.value = "";
    words.value = "";
    file.value = "";
    found.textContent = "";
    told.textContent = "";
  }

  root.addEventListener("click", (event) => {
    const tapped = (name) => event.target.closest(`[${name}]`);
    if (tapped("data-backup-make")) make();
    if (tapped("data-backup-share")) navigator.share({ text: parts.join("\n") }).catch(() => {});
    if (tapped("data-backup-print")) printCode();
    if (tapped("data-backup-file")) find("[data-file-warning]").hidden = false;
    if (tapped("data-file-sure")) save();
  });
  file.addEventListener("change", look);
  root.addEventListener("submit", (event) => { if (event.target === form) restore(); });

  return {
    render: (shown) => {
      button.hidden = !shown || session.isEmpty();
      find("[data-backup-empty]").hidden = !shown || !session.isEmpty();
      find("[data-restore]").hidden = !shown;
    },
    // A picture is taken while the page is hidden: what was read so far stays until the list is opened, kept or left.
    clear,
    heard: (what) => { if (what === "phase" && session.state().phase === "closed") forget(); },
  };
}
