/* Codes as pictures: put on a canvas, and read from a picture or a text file. A worker (codes.js) draws and reads
   them. */

/** A code as a picture with a white margin, at least 700 pixels wide. @param {boolean[][]} matrix */
function drawn(matrix) {
  const canvas = document.createElement("canvas"),
    size = matrix.length,
    scale = Math.max(2, Math.ceil(700 / size));
  canvas.width = canvas.height = size * scale;
  const paint = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  paint.fillStyle = "#fff";
  paint.fillRect(0, 0, canvas.width, canvas.height);
  paint.fillStyle = "#000";
  matrix.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark) paint.fillRect(x * scale, y * scale, scale, scale);
    }),
  );
  return canvas;
}

/** What the worker answers. @typedef {{drawn?: boolean[][][], found?: string | null}} Answer */

/**
 * One question to the worker. Resolves to its answer, or to null when it did not come.
 * @param {string} address
 * @param {{texts: string[]} | {picture: ImageData}} question
 * @returns {Promise<Answer | null>}
 */
function askWorker(address, question) {
  return new Promise((done) => {
    const worker = new Worker(address);
    const end = (/** @type {Answer | null} */ answer) => {
      worker.terminate();
      done(answer);
    };
    worker.onmessage = ({ data }) => end(data);
    worker.onerror = () => end(null);
    worker.postMessage(question);
  });
}

/**
 * The codes as pictures with their names under them; null where they cannot be drawn (the worker did not come).
 * @param {string} worker its address
 * @param {typeof import("./dom.js").element} element
 * @param {string[]} parts
 * @param {(at: number) => string} nameOf
 * @returns {Promise<HTMLElement[] | null>}
 */
export async function picturesOf(worker, element, parts, nameOf) {
  const answer = await askWorker(worker, { texts: parts }),
    matrices = answer && answer.drawn;
  if (!matrices) return null;
  const pictures = matrices.map((matrix, at) => {
    const figure = element("figure", "", "qr"),
      canvas = drawn(matrix);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", nameOf(at));
    figure.append(canvas);
    return [figure, element("p", nameOf(at), "small")];
  });
  return pictures.reduce((all, pair) => all.concat(pair), []);
}

/** The pixels of a picture. @param {File} file */
async function pixelsOf(file) {
  const bitmap = await createImageBitmap(file),
    canvas = document.createElement("canvas");
  // A camera's picture has more than a code needs; a small one is read faster and with less memory.
  const scale = Math.min(1, 1600 / Math.max(bitmap.width, bitmap.height));
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const paint = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  paint.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return paint.getImageData(0, 0, canvas.width, canvas.height);
}

/** @param {File} file @returns {Promise<string>} */
function textOf(file) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = fail;
    reader.readAsText(file);
  });
}

/** Letters of a text file that are looked at: a backup has at most 110,000. */
const MOST_LETTERS = 400000;

/**
 * The parts of codes in a file. Throws an Error when the picture holds none; its message is "no-reader" when this
 * browser cannot read pictures.
 * @param {string} worker its address
 * @param {File} file
 */
export async function partsIn(worker, file) {
  if (file.type.startsWith("text/") || /\.txt$/.test(file.name)) {
    return file.size < MOST_LETTERS ? (await textOf(file)).split(/\s+/) : [];
  }
  const answer = await askWorker(worker, { picture: await pixelsOf(file) });
  if (!answer) throw new Error("no-reader");
  if (!answer.found) throw new Error("not-found");
  return [answer.found];
}
