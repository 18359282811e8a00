import { Component } from "@odoo/owl";
import { jsToPyLocale } from "@web/core/l10n/utils";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const PAGES = ["/focus/", "/my/focus"];
const FALLBACK = "/my/home";

/**
 * Shows one of the product's own pages inside the web client.
 *
 * The page is framed, not loaded: what it shows never becomes a record, a field or a
 * view of the web client, so nothing here can group, export, search or cache it.
 */
export class PageFrame extends Component {
    static template = "hr_career_focus.PageFrame";
    static props = { ...standardActionServiceProps };

    /**
     * Address to frame; anything but our own pages is refused. It names the language
     * of the login: a page alone would take the one of the browser.
     */
    get path() {
        const asked = (this.props.action.params || {}).path || "";
        const path = PAGES.some((page) => asked.startsWith(page)) ? asked : FALLBACK;
        return user.lang ? `/${jsToPyLocale(user.lang)}${path}` : path;
    }

    get title() {
        return this.props.action.name || "";
    }
}

registry.category("actions").add("hr_career_focus.page_frame", PageFrame);
