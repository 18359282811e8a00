import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/**
 * Takes the code out of the part of the address that browsers send to nobody, takes it
 * out of the address too, so that the history does not keep it, and sends the form.
 */
export class FocusLater extends Interaction {
    static selector = ".o_cf_later";

    start() {
        const code = decodeURIComponent(window.location.hash.slice(1));
        if (!code) {
            return;
        }
        window.history.replaceState(null, "", window.location.pathname);
        this.el.querySelector("input[name='code']").value = code;
        this.el.querySelector("form").requestSubmit();
    }
}

registry.category("public.interactions").add("hr_career_focus.later", FocusLater);
