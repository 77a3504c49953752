import { notes } from "./lib/notes.js";
import { fill, writeBytes, writeDay, writeTime } from "./lib/writing.js";
import { chooseRole, forgetEverything, myRole } from "./lib/storage.js";
import { dismissWorker, languagesIn, lookForUpdate, obstacle, requestOf, sumOf } from "./lib/worker.js";
import { need } from "./lib/need.js";

/**
 * <phone-settings>: what is kept on this phone, and everything a reader can do about it: languages, self-test, repair,
 * update, lasting storage, erasing. It works beside an <offline-status>, which stores and tells how far that is.
 */
export class PhoneSettings extends HTMLElement {
  #line = document.querySelector("offline-status");
  #outcome = this.querySelector("[role=status]");
  #locale = document.documentElement.lang;
  #status = null;

  connectedCallback() {
    need(this, { line: this.#line, outcome: this.#outcome });
    if (obstacle(this.#line)) return; // the line says why; there is nothing to set
    this.#line.addEventListener("guide-stored", ({ detail }) => this.#show(detail));
    this.addEventListener("change", ({ target }) => this.#keep(target));
    this.addEventListener("click", ({ target }) => this.#act(target.closest("[data-action]")));
  }

  #show(status) {
    this.#status = status;
    this.#fact("edition", writeDay(status.edition.date, this.#locale));
    this.#fact("checked", writeTime(status.checked, this.#locale));
    for (const box of this.querySelectorAll("[name=language]")) {
      const { done, total, size } = sumOf(status, box.value);
      box.checked = !status.declined.includes(box.value);
      const words = { done, total, size: writeBytes(size, this.#locale) };
      this.querySelector(`[data-size-of="${box.value}"]`).textContent = fill(this.dataset.size, words);
    }
    this.querySelector("[name=role]").value = myRole() ?? "";
    this.#showRoom();
    this.hidden = false;
  }

  async #showRoom() {
    const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
    const words = { used: writeBytes(usage, this.#locale), granted: writeBytes(quota, this.#locale) };
    this.#fact("room", quota ? fill(this.dataset.used, words) : this.dataset.unknown);
    const isLasting = await navigator.storage?.persisted?.();
    this.#fact("lasting", isLasting ? this.dataset.lasting : this.dataset.fleeting);
    this.querySelector('[data-action="persist"]').hidden = isLasting || !navigator.storage?.persist;
  }

  #fact(name, text) {
    this.querySelector(`[data-fact="${name}"]`).textContent = text;
  }

  async #keep(field) {
    if (field.name === "role") {
      chooseRole(field.value || null);
      return this.#say(field.value ? this.dataset.roleKept : this.dataset.roleForgotten);
    }
    await this.#keepLanguage(field);
  }

  async #keepLanguage(box) {
    const language = { language: box.parentElement.querySelector("[lang]").textContent };
    await this.#work(async () => {
      const status = await requestOf(box.checked ? "store" : "decline", { locale: box.value, isWished: true });
      this.#show({ ...this.#status, ...status });
      return fill(box.checked ? this.dataset.kept : this.dataset.dropped, language);
    });
    await this.#line.store();
  }

  async #act(button) {
    if (button) await this.#work(() => this.#actions[button.dataset.action](button));
  }

  #actions = {
    check: async () => {
      const locales = languagesIn(this.#status);
      const found = await requestOf("check", { locales });
      this.#show({ ...found, checked: Date.now() });
      await this.#line.store();
      return fill(found.damaged ? this.dataset.mended : this.dataset.sound, found);
    },
    update: async () => {
      await lookForUpdate();
      await this.#line.store();
      if (this.#status.next) return this.dataset.newer;
      return this.#status.isNewest ? this.dataset.newest : this.dataset.behind;
    },
    persist: async () => {
      const isLasting = await navigator.storage.persist();
      await this.#showRoom();
      return isLasting ? this.dataset.lasting : this.dataset.refused;
    },
    erase: async (button) => {
      if (button.textContent !== this.dataset.confirm) {
        button.textContent = this.dataset.confirm; // asked once more, in the same place
        return "";
      }
      forgetEverything(); // first, since this takes no time and its reader may leave
      notes.erase();
      await this.#line.rest(requestOf("erase").then(dismissWorker));
      this.hidden = true;
      return "";
    },
  };

  async #work(action) {
    this.#say(this.dataset.working);
    try {
      this.#say(await action());
    } catch (error) {
      if (this.#status) this.#show(this.#status);
      this.#say(["network", undefined].includes(error.failure) ? this.dataset.unreachable : this.dataset.failed);
    }
  }

  #say(text) {
    this.#outcome.textContent = text;
  }
}

customElements.define("phone-settings", PhoneSettings);
