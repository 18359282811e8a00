/**
 * The code of a voucher, read as the server reads it (engine/voucher_code.py): so that a
 * mistyped code is found before anybody is asked whether it exists.
 */

export const SIGNS = "23456789ACDEFHJKMNPRTVWXY";
export const DRAWN = 28;
export const CHECKED = 4;
export const GROUP = 4;
const MODULUS = 390581n;
const ALIKE = { B: "8", S: "5", Z: "2", U: "V", G: "6" };
const BETWEEN = " \t\r\n\u00a0.-\u2010\u2011\u2012\u2013\u2014\u2212";
const LONGEST = 400;

export const LENGTH = "length";
export const SIGN = "sign";
export const CHECK = "check";

const READ = new Map();
for (const sign of SIGNS) {
    READ.set(sign, sign);
    READ.set(sign.toLowerCase(), sign);
}
for (const [looks, sign] of Object.entries(ALIKE)) {
    READ.set(looks, sign);
    READ.set(looks.toLowerCase(), sign);
}

/** A text is no code: `reason` says why, `group` where (from 1), when it is known. */
export class CodeError extends Error {
    constructor(reason, group = null) {
        super(reason);
        this.reason = reason;
        this.group = group;
    }
}

/** Return the drawn signs with their check signs. */
export function complete(drawn) {
    let number = 0n;
    for (const sign of drawn) {
        number = number * BigInt(SIGNS.length) + BigInt(SIGNS.indexOf(sign));
    }
    let rest = Number(number % MODULUS);
    let checks = "";
    for (let place = 0; place < CHECKED; place++) {
        checks = SIGNS[rest % SIGNS.length] + checks;
        rest = Math.floor(rest / SIGNS.length);
    }
    return drawn + checks;
}

/** Return the code that was typed, pasted or scanned; throws a CodeError for others. */
export function read(text) {
    if ([...text].length > LONGEST) {
        throw new CodeError(LENGTH);
    }
    const typed = text.slice(text.lastIndexOf("#") + 1);
    let code = "";
    for (const mark of typed) {
        if (BETWEEN.includes(mark)) {
            continue;
        }
        if (!READ.has(mark)) {
            throw new CodeError(SIGN, Math.floor(code.length / GROUP) + 1);
        }
        code += READ.get(mark);
    }
    if (code.length !== DRAWN + CHECKED) {
        throw new CodeError(LENGTH, shortGroup(typed));
    }
    if (complete(code.slice(0, DRAWN)) !== code) {
        throw new CodeError(CHECK);
    }
    return code;
}

/** Return a code as people read it, in groups of four. */
export function shown(code) {
    return code.match(/.{1,4}/g)?.join("-") || "";
}

/** Return which group has not four signs, when groups were typed. */
function shortGroup(typed) {
    const groups = [...typed]
        .map((mark) => (BETWEEN.includes(mark) ? " " : mark))
        .join("")
        .split(" ")
        .filter(Boolean);
    const wrong = groups.findIndex((group) => group.length !== GROUP);
    return groups.length < 2 || wrong < 0 ? null : wrong + 1;
}
