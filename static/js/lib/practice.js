// What the reader practised on this device: which parts were done, and which checks should come back.

import { practiceOf, rememberPractice } from "./storage.js";

/** A part was done. @param {string} slug */
export function noteDone(slug) {
  const practice = practiceOf();
  rememberPractice({ ...practice, done: [...new Set([...practice.done, slug])] });
}

/** A check was answered: what was missed comes back until it is right at once. @param {string} check page/name */
export function noteCheck(check, isRight) {
  const practice = practiceOf();
  const again = practice.again.filter((each) => each !== check);
  rememberPractice({ ...practice, again: isRight ? again : [...again, check] });
}
