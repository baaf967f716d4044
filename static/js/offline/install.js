/* The head of the page of a chosen name, when the page was swapped in and its head was not: what "Add to Home
   Screen" reads. Taken away again when the reader goes on, so that no other page can be installed. */

/** Start the controller. Returns stop(), or undefined when the head has it already. @param {HTMLElement} element */
export function start(element) {
  if (document.querySelector("link[rel=manifest]")) return undefined;
  const { manifest = "", icon = "", name = "" } = element.dataset;
  const made = [
    Object.assign(document.createElement("link"), { rel: "manifest", href: manifest }),
    Object.assign(document.createElement("link"), { rel: "apple-touch-icon", href: icon }),
    Object.assign(document.createElement("meta"), { name: "apple-mobile-web-app-title", content: name }),
  ];
  document.head.append(...made);
  return () => made.forEach((node) => node.remove());
}
