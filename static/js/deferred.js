/* What no page needs at once, in one file: every reader fetches it at the first touch (loading.js). What is in here
   works without a signal only when it came before the signal went. */

export { start as found } from "./near/found.js";
export { start as narrow } from "./near/narrow.js";
export { start as find } from "./outreach/find.js";
export { start as link } from "./outreach/link.js";
export { start as print } from "./outreach/print.js";
export { start as tool } from "./tool.js";
export { backup } from "./plan/backup.js";
export { takeBack } from "./phone_back.js";
export { readAloud } from "./read_aloud.js";
