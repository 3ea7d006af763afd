// Comfort for the keyboard. Everything works without it; it loads nothing and writes only whether keys are on.
"use strict";
(() => {
  const KEYS = [
    ["/", "search"], ["j", "next in the list, or next result"], ["k", "the one before"], ["Enter", "open"],
    ["s", "star"], ["h", "highlight what is selected"], ["u", "back to the results"], ["?", "these keys"],
  ];
  const OFF = "winnow-keys-off";
  const stored = (value) => {
    try {
      if (value === undefined) return localStorage.getItem(OFF);
      if (value) localStorage.setItem(OFF, "1"); else localStorage.removeItem(OFF);
    } catch { /* a browser that keeps nothing */ }
    return null;
  };
  const first = (selector) => document.querySelector(selector);
  const items = () => [...document.querySelectorAll(
    "main .results :is(h2, h3) a, main .pages > li > p:first-child a, main .seen > li > a, main .list tbody a:first-child"
  )].filter((each) => each.offsetParent);

  const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text, ...more });

  const dialog = () => {
    const box = make("dialog", "", { className: "keys" });
    box.setAttribute("aria-labelledby", "keys");
    const list = make("dl", "", { className: "facts" });
    for (const [key, what] of KEYS) {
      const term = document.createElement("dt");
      term.append(make("kbd", key));
      list.append(term, make("dd", what));
    }
    const toggle = make("button", stored() ? "Switch keys on" : "Switch keys off", { type: "button" });
    toggle.addEventListener("click", () => {
      stored(!stored());
      toggle.textContent = stored() ? "Switch keys on" : "Switch keys off";
    });
    const close = make("button", "Close", { type: "button" });
    close.addEventListener("click", () => { box.close(); box.remove(); });
    box.append(make("h2", "Keys", { id: "keys" }), list, toggle, " ", close);
    box.addEventListener("close", () => box.remove());
    document.body.append(box);
    box.showModal();
  };

  const step = (by) => {
    const around = first(by > 0 ? "main a[rel=next]" : "main a[rel=prev]");
    const all = items();
    if (first("article.reading") && around) return around.click();
    const item = document.activeElement.closest("li");
    const at = all.findIndex((each) => each === document.activeElement || (item && item.contains(each)));
    const next = all[at < 0 && by < 0 ? all.length - 1 : at + by];
    if (next) { next.focus(); next.scrollIntoView({ block: "center" }); } else if (around) around.focus();
  };

  const star = () => {
    const item = document.activeElement.closest("li");
    const button = (item && item.querySelector(".star button")) || first("[data-key=s]");
    if (button) button.click();
  };

  const around = (range, text) => {
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const after = document.createRange();
    after.setStart(range.endContainer, range.endOffset);
    after.setEnd(text, text.childNodes.length);
    return [before.toString().slice(-40), after.toString().slice(0, 40)];
  };

  const quote = () => {
    const text = first("#text");
    const box = first("#highlighting");
    const chosen = getSelection();
    if (!text || !box || !chosen.rangeCount || chosen.isCollapsed) return false;
    const range = chosen.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return false;
    const form = box.querySelector("form");
    form.elements.quote.value = chosen.toString();
    [form.elements.prefix.value, form.elements.suffix.value] = around(range, text);
    box.open = true;
    return true;
  };

  const actions = {
    "/": () => { const field = first("main input[type=search]") || first("input[type=search]"); field?.focus(); field?.select(); },
    "j": () => step(1), "k": () => step(-1), "s": star, "u": () => first("main a[rel=up]")?.click(), "?": dialog,
    "h": () => { if (quote()) { const note = first("#highlighting [name=note]"); note.scrollIntoView({ block: "center" }); note.focus(); } },
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const action = actions[event.key];
    if (!action || (stored() && event.key !== "?")) return;
    event.preventDefault();
    action();
  });
  document.addEventListener("selectionchange", () => { if (first("#highlighting")?.open) quote(); });
  const help = make("button", "Keys", { type: "button", className: "plain" });
  help.addEventListener("click", dialog);
  first(".ft p")?.append(" ", help);
})();
