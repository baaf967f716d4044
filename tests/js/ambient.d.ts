// What the browsers' own types and the packages do not say.

declare module "htmx.org/dist/htmx.esm.min.js" {
  const htmx: {
    ajax(verb: string, path: string, context: Record<string, unknown>): Promise<void>;
    process(element: Element): void;
    trigger(element: Element, event: string): void;
  };
  export default htmx;
}

interface Navigator {
  /** Not in Safari and Firefox. */
  readonly connection?: { readonly saveData?: boolean };
}

/** Chrome 126 and later; TypeScript does not know it yet. https://html.spec.whatwg.org/#close-requests-and-close-watchers */
declare class CloseWatcher extends EventTarget {
  onclose: (() => void) | null;
  destroy(): void;
}
interface Window {
  CloseWatcher?: typeof CloseWatcher;
}
