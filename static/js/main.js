// The browser's table of contents: every element of the guide, and the key that leads to the search.
import "./card-index.js";
import "./guide-search.js";
import "./language-switch.js";
import "./locale-choice.js";
import "./offline-status.js";
import "./person-cards.js";
import "./phone-settings.js";
import "./plain-clock.js";
import "./plain-screen.js";
import "./shortcut.js";
import "./whats-new.js";
import "./who-to-call.js";
