/* The states of the plan's session and the only moves between them. Pure: no page, no storage.

   Dangers: a state that is left by a move that nobody foresaw is how a list ends up on a screen that nobody
   watches. So a move that is not in the table throws, and the three moves that take words off the screen (hide,
   leave, erase) are legal in every state. */

/**
 * closed    Nothing is held, and the phone has not been asked what it keeps. The start.
 * open      A list in memory only; the phone keeps nothing of it.
 * covered   As open, but taken off the screen until the reader asks for it: the page was hidden or idle.
 * opening   A kept list is being tried with a PIN, or opened without one. Nothing is held yet.
 * kept      A list is open and its locked copy is on the phone; each change is saved.
 * locked    The phone keeps a list; nothing of it is held.
 * broken    The phone keeps something that cannot be read; nothing is held.
 * erased    The reader erased the list here; nothing is held, and the page shows nothing but that.
 * @typedef {"closed"|"open"|"covered"|"opening"|"kept"|"locked"|"broken"|"erased"} State
 */

/**
 * none      The phone was asked: it keeps nothing.
 * found     The phone was asked: it keeps a list that waits for its reader.
 * fail      What the phone keeps cannot be read.
 * try       A PIN was given, or a list without one is opened at once.
 * refuse    What was tried opened nothing.
 * unlock    What was tried opened a list.
 * keep      The list was put on the phone, or put there anew under another PIN.
 * look      Another tab kept a list while this one holds none: ask the phone again.
 * lose      The phone does not have the list any more; what is held stays in memory.
 * gone      The list was erased by another tab or by too many wrong tries.
 * hide      Nobody may be looking: the page is hidden, or idle, or the reader tapped Lock.
 * show      The reader asks for a covered list.
 * leave     The reader leaves the app, or every tab is told to.
 * erase     The reader erased the list here.
 * @typedef {"none"|"found"|"fail"|"try"|"refuse"|"unlock"|"keep"|"look"|"lose"|"gone"|"hide"|"show"|"leave"|"erase"}
 *   Move
 */

/** @type {Record<State, Partial<Record<Move, State>>>} */
export const TRANSITIONS = {
  closed: {
    none: "open",
    found: "locked",
    fail: "broken",
    try: "opening",
    gone: "closed",
    hide: "closed",
    leave: "closed",
    erase: "erased",
  },
  open: { keep: "kept", look: "closed", gone: "open", hide: "covered", leave: "closed", erase: "erased" },
  // A list whose keeping ended while it was covered is on the phone: it waits for its PIN.
  covered: { keep: "locked", gone: "covered", hide: "covered", show: "open", leave: "closed", erase: "erased" },
  opening: {
    none: "open",
    unlock: "kept",
    refuse: "locked",
    fail: "broken",
    gone: "open",
    hide: "locked",
    leave: "locked",
    erase: "erased",
  },
  kept: { keep: "kept", lose: "open", gone: "open", hide: "locked", leave: "locked", erase: "erased" },
  locked: {
    none: "open",
    found: "locked",
    fail: "broken",
    try: "opening",
    gone: "open",
    hide: "locked",
    leave: "locked",
    erase: "erased",
  },
  broken: {
    none: "open",
    found: "locked",
    fail: "broken",
    try: "opening",
    gone: "open",
    hide: "broken",
    leave: "broken",
    erase: "erased",
  },
  erased: {
    none: "open",
    found: "locked",
    fail: "broken",
    try: "opening",
    gone: "erased",
    hide: "erased",
    leave: "closed",
    erase: "erased",
  },
};

/** States in which a list is in memory and may be on the screen. @param {State} state */
export const isShown = (state) => state === "open" || state === "kept";

/**
 * The state after a move. Throws an Error when the table has no such move.
 * @param {State} state
 * @param {Move} move
 * @returns {State}
 */
export function next(state, move) {
  const after = TRANSITIONS[state][move];
  if (!after) throw new Error(`no move "${move}" from state "${state}"`);
  return after;
}
