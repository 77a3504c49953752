// What the reader practised on this device: which parts were done, and which checks should come back.

import { practiceOf, rememberPractice } from "./storage.js";

/** From now on a choice that is opened is read out with its reason. @param {HTMLElement} part @param {HTMLElement} status */
export function readOut(part, status) {
  const hear = ({ target }) => {
    if (target.open && target.matches(".practice__choice")) {
      status.textContent = target.querySelector(".practice__why").textContent;
    }
  };
  part.addEventListener("toggle", hear, { capture: true }); // it does not bubble
}

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
