import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

const DRAFT = "focus-draft:";

/** Forget whatever this tab kept of what was typed, but for what `isKept` tells. */
function forgetDrafts(isKept) {
    for (const key of Object.keys(sessionStorage)) {
        if (key.startsWith(DRAFT) && !isKept?.(key)) {
            sessionStorage.removeItem(key);
        }
    }
}

/**
 * What every page of this product does in the browser. The pages work without it.
 *
 * What is sent is kept in this tab (session storage) until the server has answered, so
 * that an expired session loses no text. An answer, leaving or logging out clears it,
 * and so does another login in this tab. A page that only comes in between, such as
 * the one that asks for the personal code, is no answer.
 */
export class FocusPage extends Interaction {
    static selector = "#wrapwrap";
    static selectorHas = ".o_cf";
    dynamicContent = {
        "[data-cf-leave]": { "t-on-click": this.leave },
        ".o_cf_header a[href^='/web/session/logout']": {
            "t-on-click": () => forgetDrafts(),
        },
        ".o_cf form[method='post']": { "t-on-submit": this.send },
        _window: { "t-on-pageshow": this.shownAgain },
    };

    setup() {
        const own = `${DRAFT}${user.userId || ""}:`;
        this.key = own + window.location.pathname;
        this.unlockKey = own + "unlock:" + window.location.pathname;
        if (user.userId) {
            forgetDrafts((key) => key.startsWith(own));
        }
    }

    start() {
        if (window.self !== window.top) {
            document.body.classList.add("o_cf_framed");
        }
        // Other services of the portal rewrite the title; ours stays.
        const { cfTitle, cfClosed } = this.el.querySelector(".o_cf").dataset;
        this.services.title?.setParts({ page: cfTitle });
        this.announce();
        if (!cfClosed) {
            this.takeBackDraft();
        }
    }

    /** Bring an error into view and have good news read out. */
    announce() {
        const alertEl = this.el.querySelector(".o_cf [role='alert'][data-cf-focus]");
        if (alertEl) {
            this.markField(alertEl);
            this.openAround(
                document.querySelector(alertEl.querySelector("a")?.hash || null)
            );
            alertEl.focus();
        }
        const statusEl = this.el.querySelector(".o_cf [role='status'][data-cf-focus]");
        if (statusEl) {
            // A live region is read out when it changes, not when it is born.
            const children = [...statusEl.childNodes];
            statusEl.replaceChildren();
            this.waitForTimeout(() => statusEl.replaceChildren(...children), 50);
        }
    }

    /** Show which field the error is about; the link of the error leads to it. */
    markField(alertEl) {
        const link = alertEl.querySelector("a");
        const form = link && document.getElementById(link.hash.slice(1));
        const field = form?.elements?.[alertEl.dataset.cfField];
        if (field instanceof HTMLElement) {
            field.setAttribute("aria-invalid", "true");
            field.setAttribute("aria-describedby", alertEl.id);
            this.addListener(link, "click", (ev) => {
                ev.preventDefault();
                field.focus();
            });
        }
    }

    openAround(el) {
        for (let box = el; box; box = box.parentElement) {
            if (box.tagName === "DETAILS") {
                box.open = true;
            }
        }
    }

    leave(ev) {
        ev.preventDefault();
        forgetDrafts();
        // Replaced, so that "back" does not return to this page.
        window.location.replace(ev.currentTarget.href);
    }

    send(ev) {
        const form = ev.currentTarget;
        if (form.dataset.cfDownload) {
            // The page stays, and may be asked for another file.
            return;
        }
        if (form.dataset.cfSent) {
            ev.preventDefault();
            return;
        }
        form.dataset.cfSent = "1";
        for (const button of form.querySelectorAll("button[type='submit']")) {
            button.setAttribute("aria-disabled", "true");
        }
        const hasText = form.querySelector("textarea, input[type='text']");
        if (hasText && !form.dataset.cfSecret) {
            this.keepDraft(this.key, form);
        }
        if (form.id === "form-unlock") {
            // What was refused because the key was locked comes back once it is open.
            const link = this.el.querySelector(".o_cf [role='alert'] a");
            const refused = link && document.getElementById(link.hash.slice(1));
            if (refused?.querySelector("textarea")) {
                this.keepDraft(this.unlockKey, refused);
            }
        }
    }

    keepDraft(key, form) {
        const fields = [...new FormData(form)].filter(
            ([name, value]) =>
                !["csrf_token", "once"].includes(name) && typeof value === "string"
        );
        sessionStorage.setItem(key, JSON.stringify(fields));
    }

    /** After an expired session, or an unlocked key: put back what was being sent. */
    takeBackDraft() {
        const draft = sessionStorage.getItem(this.key);
        sessionStorage.removeItem(this.key);
        if (draft && !this.el.querySelector(".o_cf [data-cf-focus]")) {
            this.putBack(JSON.parse(draft));
        }
        const refused = sessionStorage.getItem(this.unlockKey);
        sessionStorage.removeItem(this.unlockKey);
        if (refused) {
            this.putBack(JSON.parse(refused));
        }
    }

    putBack(fields) {
        const told = Object.fromEntries(fields);
        const form = [...this.el.querySelectorAll(".o_cf form[method='post']")].find(
            (el) =>
                (el.elements.do?.value || "") === (told.do || "") &&
                (el.elements.entry?.value || "") === (told.entry || "")
        );
        if (!form) {
            return;
        }
        for (const el of form.elements) {
            const values = fields
                .filter(([name]) => name === el.name)
                .map(([, value]) => value);
            if (["radio", "checkbox"].includes(el.type)) {
                el.checked = values.includes(el.value);
            } else if (el.type !== "hidden" && values.length) {
                el.value = values[0];
            }
        }
        this.openAround(form);
        const note = this.el.querySelector(".o_cf_draft_note");
        if (note) {
            note.hidden = false;
            form.prepend(note);
            form.scrollIntoView({ block: "center" });
        }
    }

    /** A page out of the browser's back list may show what is no longer true. */
    shownAgain(ev) {
        if (ev.persisted) {
            window.location.reload();
        }
    }
}

registry.category("public.interactions").add("hr_career_focus.focus_page", FocusPage);
