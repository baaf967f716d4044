/* A worker that draws and reads the codes of a backup. Reading a photo takes seconds on a slow phone, and the page
   must stay quick to leave. A worker's script, unlike a page's, leaves no name in a browser's code cache (measured
   in Chromium), so that nothing there tells of a backup. */

import draw from "qr";
import read from "qr/decode.js";

/**
 * Answers {texts} with {drawn: one matrix of true and false for each text}, and {picture: ImageData} with {found: its
 * text, or null}.
 */
addEventListener("message", ({ data }) => {
  if (data.texts) {
    postMessage({
      drawn: data.texts.map((/** @type {string} */ text) => draw(text, "raw", { ecc: "medium", border: 4 })),
    });
    return;
  }
  let found = null;
  try {
    found = read(data.picture);
  } catch (error) {
    /* no code in this picture */
  }
  postMessage({ found });
});
