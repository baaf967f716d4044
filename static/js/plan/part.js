/* What a part of a plan page is given and what it gives back: types only. */

/**
 * say     a sentence of this language: say("picked", {n: 2})
 * go      show a view of the page: "list", "yours", …
 * view    the view that is shown
 * count   tell anew how much is picked
 * @typedef {import("./dom.js").Queries & {root: HTMLElement, say: Say, view: string}
 *   & {go: (view: string) => void, count: () => void}} Page
 */

/** @typedef {(key: string, holes?: Record<string, string | number>) => string} Say */

/**
 * render   the list or the state changed; shown: whether the list may be on the screen
 * onEvent  an event of the session
 * enter    a view was opened: what to do, by its name
 * leave    a view was opened, whichever: what another view left behind goes
 * clear    no list may be on the screen: every word of it leaves the page
 * stop     the page goes: what hangs on the window goes with it
 * @typedef {object} Part
 * @property {(shown: boolean) => void} [render]
 * @property {(event: import("./session.js").Event) => void} [onEvent]
 * @property {Record<string, () => void>} [enter]
 * @property {(view: string) => void} [leave]
 * @property {() => void} [clear]
 * @property {() => void} [stop]
 */

export {};
