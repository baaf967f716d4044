/** htmx, fetched once, at the first sign of a reader (navigation.js). Rejects when it is not installed, does not arrive, or the phone is too old to read it. */
export function library() {
  return import("htmx.org/dist/htmx.esm.min.js").then((module) => module.default);
}
