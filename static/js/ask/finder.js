/* What Ask needs from the first touch of its field on, as one file: the search and the list of answers (ask.js). */

export { answerList } from "./answers.js";
export { open } from "./search.js";
