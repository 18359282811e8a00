import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/**
 * Turns the long request form into three steps, filters the coaches and fills the
 * review. All of it happens in the browser: what somebody looks for is stored nowhere.
 */
export class FocusStart extends Interaction {
    static selector = ".o_cf_start";
    dynamicContent = {
        "[data-cf-next]": { "t-on-click": this.next },
        "[data-cf-back]": { "t-on-click": () => this.show(this.step - 1) },
        ".o_cf_filter": { "t-on-input": this.filter, "t-on-change": this.filter },
        "input[name='exclude']": { "t-on-change": this.exclude },
        "input[name='channel']": { "t-on-change": this.updateChannel },
        "input[name='what']": { "t-on-change": this.updateRight },
        _root: { "t-on-change": this.review, "t-on-input": this.review },
    };

    setup() {
        this.step = 0;
        this.stepEls = [...this.el.querySelectorAll("[data-cf-step]")];
        this.markerEls = [...this.el.querySelectorAll(".o_cf_steps > li")];
    }

    start() {
        for (const el of this.el.querySelectorAll("[data-cf-js]")) {
            el.hidden = false;
        }
        this.chooseFromAddress();
        this.show(this.firstStep(), { focus: false });
        this.updateChannel();
        this.updateRight();
        this.review();
    }

    /**
     * A link on the page of rights names one of them behind the "#", the part of an
     * address that browsers send to nobody.
     */
    chooseFromAddress() {
        const radios = [...this.el.querySelectorAll("input[name='what']")];
        const wanted = radios.find((el) => `#${el.value}` === window.location.hash);
        if (wanted && !radios.some((el) => el.checked)) {
            wanted.checked = true;
        }
    }

    /** The first step; after an error, the step that has to be corrected. */
    firstStep() {
        const alertEl = document.querySelector(".o_cf [role='alert'][data-cf-focus]");
        if (!alertEl) {
            return 0;
        }
        const name = alertEl.dataset.cfField;
        const at = this.stepEls.findIndex((el) => el.querySelector(`[name="${name}"]`));
        return at < 0 ? this.stepEls.length - 1 : at;
    }

    show(step, { focus = true } = {}) {
        this.step = step;
        this.stepEls.forEach((el, index) => {
            el.hidden = index !== step;
        });
        this.markerEls.forEach((el, index) => {
            el.toggleAttribute("aria-current", index === step);
            if (index === step) {
                el.setAttribute("aria-current", "step");
            }
        });
        if (focus) {
            const heading = this.stepEls[step].querySelector("h2");
            heading.focus({ preventScroll: true });
            this.el.scrollIntoView({ block: "start" });
        }
    }

    next() {
        const fields = this.stepEls[this.step].querySelectorAll(
            "input, select, textarea"
        );
        for (const el of fields) {
            if (!el.reportValidity()) {
                return;
            }
        }
        this.show(this.step + 1);
    }

    filter() {
        const box = this.el.querySelector(".o_cf_filter");
        const words = box
            .querySelector("[data-cf-words]")
            .value.toLowerCase()
            .split(/\s+/)
            .filter(Boolean);
        const wants = [...box.querySelectorAll("select")]
            .filter((el) => el.value)
            .map((el) => [el.dataset.cfBy, el.value]);
        let shown = 0;
        for (const el of this.el.querySelectorAll("[data-cf-coach]")) {
            const text = el.textContent.toLowerCase();
            const fits =
                words.every((word) => text.includes(word)) &&
                wants.every(([by, value]) =>
                    (el.getAttribute(`data-${by}`) || "").split("|").includes(value)
                );
            // The chosen coach stays in sight, or nobody knows what is sent.
            el.hidden = !fits && !el.querySelector("input[name='coach']")?.checked;
            shown += fits ? 1 : 0;
        }
        box.querySelector("[data-cf-shown]").textContent = shown;
    }

    exclude(ev) {
        const radio = this.el.querySelector(
            `input[name='coach'][value='${ev.target.value}']`
        );
        if (radio) {
            radio.disabled = ev.target.checked;
            if (ev.target.checked && radio.checked) {
                this.el.querySelector("input[name='coach'][value='']").checked = true;
            }
        }
    }

    updateChannel() {
        const mail = this.el.querySelector(
            "input[name='channel'][value='mail']"
        ).checked;
        const address = this.el.querySelector("[data-cf-address]");
        address.hidden = !mail;
        address.querySelector("input").required = mail;
    }

    /** What goes with a right is told of the chosen one only. */
    updateRight() {
        for (const el of this.el.querySelectorAll("[data-cf-about]")) {
            const radio = el.parentElement.querySelector("input[name='what']");
            el.hidden = !radio.checked;
            el.querySelector("[data-cf-conditions]").open = radio.checked;
        }
        this.updateCoach();
    }

    /** With some rights the desk proposes a coach: then there is nothing to choose. */
    updateCoach() {
        const right = this.el.querySelector("input[name='what']:checked");
        const isProposed = Boolean(right?.dataset.cfDesk);
        for (const el of this.el.querySelectorAll("[data-cf-choose]")) {
            el.hidden = isProposed;
        }
        for (const el of this.el.querySelectorAll("[data-cf-proposed]")) {
            el.hidden = !isProposed;
        }
        if (isProposed) {
            this.el.querySelector("input[name='coach'][value='']").checked = true;
        }
    }

    review() {
        for (const el of this.el.querySelectorAll("[data-cf-review]")) {
            const name = el.dataset.cfReview;
            const field =
                this.el.querySelector(`input[name='${name}']:checked`) ||
                this.el.querySelector(`input[type='text'][name='${name}']`);
            const said = field?.dataset[el.dataset.cfOf || "cfLabel"];
            el.textContent = said || field?.value || el.dataset.cfNone || "";
        }
    }
}

registry.category("public.interactions").add("hr_career_focus.focus_start", FocusStart);
