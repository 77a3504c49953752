// Opening hours, in Brussels time whatever the device is set to. They are written “12345 09:00 17:00”, several with “;”.

// Made once: it takes longer to make than to use, and looking for the next opening uses it some hundred times.
const BRUSSELS = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Brussels",
  weekday: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const DAYS = { Mon: "1", Tue: "2", Wed: "3", Thu: "4", Fri: "5", Sat: "6", Sun: "7" };

/** Whether somebody answers at that moment; null when the hours are not known. @param {string} hours @param {Date} now */
export function openingAt(hours, now) {
  if (hours === "always") return true;
  if (hours === "unknown") return null;
  const { day, time } = inBrussels(now);
  return hours.split(";").some((each) => {
    const [days, opens, closes] = each.split(" ");
    return days.includes(day) && opens <= time && time < closes;
  });
}

/** The items with what is closed at that moment behind the others. @param {HTMLElement[]} items @param {Date} now */
export function closedLast(items, now) {
  const isClosed = (item) => openingAt(item.dataset.hours, now) === false;
  return [...items.filter((item) => !isClosed(item)), ...items.filter(isClosed)];
}

const STEP = 15 * 60 * 1000; // ms; nobody opens or closes between the quarters of an hour
const SEARCHED = 8 * 24 * 60 * 60 * 1000; // ms; every opening comes back within a week

/** The next moment at which that changes; null when it never does, or is not known. @returns {Date|null} */
export function changeAfter(hours, now) {
  const before = openingAt(hours, now);
  if (before === null || hours === "always") return null;
  for (let at = Math.ceil((now.getTime() + 1) / STEP) * STEP; at < now.getTime() + SEARCHED; at += STEP) {
    if (openingAt(hours, new Date(at)) !== before) return new Date(at);
  }
  return null;
}

const MINUTE = 60 * 1000; // ms

/** Call back at the beginning of every minute, and when the page comes into sight again, until the signal. */
export function everyMinute(callBack, signal) {
  let timer;
  const wait = () => {
    timer = setTimeout(() => {
      callBack();
      wait();
    }, MINUTE - (Date.now() % MINUTE));
  };
  wait();
  document.addEventListener("visibilitychange", () => document.hidden || callBack(), { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
}

function inBrussels(now) {
  const parts = BRUSSELS.formatToParts(now);
  const { weekday, hour, minute } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return { day: DAYS[weekday], time: `${hour}:${minute}` };
}
