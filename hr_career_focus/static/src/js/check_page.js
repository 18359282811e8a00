import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

const EVERY = 700;

/** Tell how far a check is, while the answer to the form is under way. */
export class CheckProgress extends Interaction {
    static selector = "form[data-cf-check]";
    dynamicContent = { _root: { "t-on-submit": this.follow } };

    follow() {
        this.boxEl = document.getElementById("check-progress");
        this.boxEl.hidden = false;
        this.boxEl.scrollIntoView({ block: "center" });
        this.timer = setInterval(() => this.ask(), EVERY);
        this.registerCleanup(() => clearInterval(this.timer));
    }

    async ask() {
        try {
            const answer = await fetch("/focus/check/progress", { cache: "no-store" });
            this.tell((await answer.json()).step);
        } catch {
            // the page is leaving, or the server is busy: the form's answer decides
        }
    }

    tell(step) {
        if (!step) {
            return;
        }
        const names = this.boxEl.querySelectorAll("li");
        this.boxEl.querySelector("progress").value = step - 0.5;
        const text = names[step - 1]?.textContent || "";
        const sayEl = this.boxEl.querySelector("[role='status']");
        if (sayEl.textContent !== text) {
            sayEl.textContent = text;
        }
    }
}

registry.category("public.interactions").add("hr_career_focus.check", CheckProgress);
