/* The head of the page of a chosen name, when the page was swapped in and its head was not: what "Add to Home Screen" reads. Taken away again
   when the reader goes on, so that no other page can be installed. */

export function start(element) {
  if (document.querySelector("link[rel=manifest]")) return undefined;
  const made = [
    ["link", { rel: "manifest", href: element.dataset.manifest }],
    ["link", { rel: "apple-touch-icon", href: element.dataset.icon }],
    ["meta", { name: "apple-mobile-web-app-title", content: element.dataset.name }],
  ].map(([tag, attributes]) => Object.assign(document.createElement(tag), attributes));
  document.head.append(...made);
  return () => made.forEach((node) => node.remove());
}
