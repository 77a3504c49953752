// While something is noted, another page of the guide comes into this document, since a new document would lose it.
// Addresses, titles, “back” and what is read out are as with any link.

import { notes } from "./lib/notes.js";
import { readPage } from "./lib/passage.js";

let here = location.pathname; // the page shown, when the browser has moved on already
let isTurned = false;
let turning = 0;

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (notes.isEmpty || !isPage(link) || (link.pathname === here && link.hash)) return;
  event.preventDefault();
  if (link.pathname === here) return window.scrollTo(0, 0); // loading it anew would lose what is noted
  turn(link.href, () => history.pushState(null, "", link.href));
});

window.addEventListener("popstate", () => {
  if (isTurned && location.pathname !== here) turn(location.href, () => {});
});

function isPage(link) {
  return link.origin === location.origin && link.pathname.endsWith("/") && !link.target;
}

async function turn(address, move) {
  const mine = ++turning;
  const page = await readPage(address);
  if (mine !== turning) return; // the reader has gone elsewhere meanwhile
  if (!page?.querySelector("main")) return location.assign(address); // not here: the browser tells it better
  move();
  isTurned = true;
  here = location.pathname;
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  document.body.replaceWith(document.adoptNode(page.body));
  arrive();
}

/** Where a new document would begin: at the anchor, else at the top, and screen readers say its title. */
function arrive() {
  const heading = document.querySelector("h1");
  const anchor = document.getElementById(decodeURIComponent(location.hash.slice(1)) || "main");
  heading.tabIndex = -1;
  if (anchor?.matches("input")) return anchor.focus();
  heading.focus({ preventScroll: true });
  if (location.hash) anchor?.scrollIntoView();
  else window.scrollTo(0, 0);
}
