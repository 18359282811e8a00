import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { CodeError, read, shown } from "./voucher_code";

const KEPT = "focus-redeem";

/**
 * The page where vouchers are redeemed. It works without this.
 *
 * A scanned code stands in the part of the address that browsers send to nobody. It is
 * taken out of the address at once, so that the history does not keep it. Only while
 * somebody goes to the log-in page and back does this tab keep it.
 */
export class FocusRedeem extends Interaction {
    static selector = "#wrapwrap";
    static selectorHas = ".o_cf_redeem";
    dynamicContent = {
        "[data-cf-login]": { "t-on-click": this.keepForLogin },
        _window: { "t-on-hashchange": this.scannedAgain },
    };

    start() {
        const form = this.el.querySelector("#form-look");
        if (form) {
            // Before the listener that takes a form as sent.
            this.addListener(form, "submit", (ev) => this.check(ev), {
                capture: true,
            });
        }
        const code = this.takeScanned() || this.takeKept();
        if (code) {
            this.fillIn(code);
        }
    }

    /** What the head of the page took out of the address. */
    takeScanned() {
        const scanned = window.o_cf_scanned || "";
        delete window.o_cf_scanned;
        try {
            return decodeURIComponent(scanned);
        } catch {
            return scanned;
        }
    }

    takeKept() {
        const code = sessionStorage.getItem(KEPT);
        sessionStorage.removeItem(KEPT);
        return code;
    }

    /** A code was scanned while the page was open. */
    scannedAgain() {
        // Other parts of the page have shorter names.
        if (window.location.hash.length > 28) {
            window.o_cf_scanned = window.location.hash.slice(1);
            window.history.replaceState(null, "", window.location.pathname);
            this.fillIn(this.takeScanned());
        }
    }

    fillIn(code) {
        const field = this.el.querySelector("[data-cf-code]");
        if (!field) {
            return;
        }
        field.value = code;
        const form = this.el.querySelector("#form-look");
        if (form) {
            form.requestSubmit();
        }
    }

    keepForLogin() {
        const code = this.el.querySelector("[data-cf-code]").value;
        if (code) {
            sessionStorage.setItem(KEPT, code);
        }
    }

    /** Say what is mistyped before the server is asked. */
    check(ev) {
        const field = this.el.querySelector("#form-look [data-cf-code]");
        try {
            field.value = shown(read(field.value));
            this.say(null);
        } catch (error) {
            if (!(error instanceof CodeError)) {
                throw error;
            }
            ev.preventDefault();
            ev.stopImmediatePropagation();
            this.say(error, field);
        }
    }

    say(error, field) {
        const box = this.el.querySelector("[data-cf-typo]");
        const name = error && error.reason + (error.group ? "-group" : "");
        for (const sentence of box.querySelectorAll("[data-cf-say]")) {
            sentence.hidden = sentence.dataset.cfSay !== name;
            for (const place of sentence.querySelectorAll("[data-cf-group]")) {
                place.textContent = error?.group || "";
            }
        }
        box.hidden = !error;
        if (error) {
            box.setAttribute("role", "alert");
            // One message at a time: what the server said before is over.
            for (const old of this.el.querySelectorAll(".o_cf [data-cf-focus]")) {
                old.remove();
            }
            box.id ||= "o_cf_typo";
            field.setAttribute("aria-invalid", "true");
            field.setAttribute("aria-describedby", box.id);
            field.focus();
        }
    }
}

registry.category("public.interactions").add("hr_career_focus.redeem", FocusRedeem);
