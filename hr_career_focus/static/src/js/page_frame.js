import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
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

    /** Address to frame; anything but our own pages is refused. */
    get path() {
        const path = (this.props.action.params || {}).path || "";
        return PAGES.some((page) => path.startsWith(page)) ? path : FALLBACK;
    }

    get title() {
        return this.props.action.name || "";
    }
}

registry.category("actions").add("hr_career_focus.page_frame", PageFrame);
