// While something is noted, another page of the guide comes into this document, since a new document would lose it.
// Addresses, titles, “back” and what is read out are as with any link.

import { notes } from "./lib/notes.js";
import { readPage } from "./lib/passage.js";

let here = location.pathname; // the page shown, when the browser has moved on already
let turning = 0;
const heights = new Map(); // path → how far down it was left

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (notes.isEmpty || !isPage(link) || (link.pathname === here && link.hash)) return;
  event.preventDefault();
  if (link.pathname === here) return window.scrollTo(0, 0); // loading it anew would lose what is noted
  turn(link.href, () => {
    heights.set(here, window.scrollY);
    history.pushState(null, "", link.href);
  });
});

// Also where another document turned these pages and was loaded anew since: the browser takes them for one.
window.addEventListener("popstate", () => {
  turning += 1; // what is still being read is not wanted any more
  if (location.pathname !== here) turn(location.href, null);
});

function isPage(link) {
  return link.origin === location.origin && link.pathname.endsWith("/") && !link.target;
}

async function turn(address, move) {
  const mine = ++turning;
  const page = await readPage(address, true);
  if (mine !== turning) return; // the reader has gone elsewhere meanwhile
  if (!page?.querySelector("main")) return location.assign(address); // not a page of ours: the browser tells it better
  move?.();
  here = location.pathname;
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  document.body.replaceWith(document.adoptNode(page.body));
  arrive(move ? 0 : heights.get(here));
}

/** Where a document would begin: at the anchor, where it was left, or at the top; screen readers say what is there. */
function arrive(height = 0) {
  const anchor = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const place = anchor ?? document.querySelector("h1");
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  if (anchor) anchor.scrollIntoView();
  else window.scrollTo(0, height);
}
