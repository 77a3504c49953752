// The browser's table of contents: every element of the guide.
import "./guide-search.js";
import "./language-switch.js";
import "./locale-choice.js";
import "./offline-status.js";
import "./phone-settings.js";
import "./whats-new.js";
