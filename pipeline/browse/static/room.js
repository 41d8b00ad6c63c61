// Small aids for the pages, which all work without them: keys, announcements, folding, errors of a swap.
(() => {
  "use strict";

  const narrow = window.matchMedia("(max-width: 820px)");
  const unfolded = new Map();

  // Every request that may change something carries the token of this page.
  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-Factledger-Token"] = document.body.dataset.token;
    for (const name of ["q", "from", "to", "measure", "document"]) {
      if (event.detail.parameters.get?.(name) === "") event.detail.parameters.delete(name);
    }
  });

  const announce = (text) => {
    const place = document.getElementById("announcer");
    if (!place || !text) return;
    place.textContent = "";
    window.setTimeout(() => { place.textContent = text; }, 60);
  };

  const complain = (text) => {
    const toast = document.getElementById("toast");
    toast.textContent = text;
    toast.hidden = false;
    window.clearTimeout(complain.timer);
    complain.timer = window.setTimeout(() => { toast.hidden = true; }, 12000);
  };

  // Filters and schema are folded on narrow screens until somebody unfolds them; a swap keeps what was chosen.
  const fold = (root) => {
    for (const each of root.querySelectorAll("details.folding")) {
      each.open = unfolded.has(each.id) ? unfolded.get(each.id) : !narrow.matches;
    }
  };
  document.addEventListener("click", (event) => {
    const summary = event.target.closest("details.folding > summary");
    if (summary) unfolded.set(summary.parentElement.id, !summary.parentElement.open);
    const menu = event.target.closest("details.menu");
    for (const other of document.querySelectorAll("details.menu[open]")) if (other !== menu) other.open = false;
    const insert = event.target.closest("[data-insert]");
    if (insert) {
      const editor = document.getElementById("sql");
      editor.setRangeText(insert.dataset.insert, editor.selectionStart, editor.selectionEnd, "end");
      editor.focus();
    }
  });
  narrow.addEventListener("change", () => fold(document));

  // What is typed into the search has been asked for already when its field is left.
  window.addEventListener("change", (event) => { if (event.target.id === "q") event.stopPropagation(); }, true);

  const showChosen = (root, first) => {
    const chosen = root.querySelector("a.mark[aria-current]");
    if (!chosen) return;
    const box = chosen.getBoundingClientRect();
    const low = narrow.matches ? window.innerHeight * 0.4 : window.innerHeight - 40;
    if (first || box.top < 90 || box.bottom > low) {
      const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches || first;
      window.scrollTo({ top: window.scrollY + box.top - (narrow.matches ? 130 : window.innerHeight * 0.35), behavior: calm ? "auto" : "smooth" });
    }
  };

  const settle = (root, first) => {
    fold(root);
    showChosen(root, first);
    const told = root.matches?.("[data-announce]") ? root : root.querySelector?.("[data-announce]");
    if (!first && told) announce(told.dataset.announce);
  };

  document.addEventListener("htmx:afterSwap", (event) => {
    const id = event.detail.target.id;
    settle((id && document.getElementById(id)) || document, false);
  });
  document.addEventListener("htmx:responseError", (event) => complain(event.detail.xhr.responseText.slice(0, 600)));
  document.addEventListener("htmx:sendError", () => complain("The server does not answer. It may have been stopped; start it again with: factledger browse"));

  // One key each: whatever is on the page and says data-key. Not while somebody is writing.
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "sql") {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.key === "Escape") {
      const menu = document.querySelector("details.menu[open]");
      if (menu) { menu.open = false; menu.querySelector("summary").focus(); return; }
      const form = document.querySelector("details.correct[open]");
      if (form) { form.open = false; form.querySelector("summary").focus(); return; }
      if (writing) { writing.blur(); return; }
    }
    if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.matches("input")) { target.focus(); target.select(); } else target.click();
    if (target.matches("details.correct > summary")) {
      window.setTimeout(() => {
        if (target.parentElement.open) target.parentElement.querySelector("input:not([type=hidden])")?.focus();
      }, 0);
    }
  });

  document.addEventListener("submit", (event) => {
    for (const field of event.target.querySelectorAll("[data-copy-of]")) {
      field.value = document.getElementById(field.dataset.copyOf).value;
    }
    for (const field of event.target.method === "get" ? event.target.querySelectorAll("input, select") : []) {
      if (field.value === "" && !field.disabled) { field.disabled = true; window.setTimeout(() => { field.disabled = false; }, 0); }
    }
  }, true);

  settle(document, true);
  // Once the page has loaded the browser moves the focus to the figure in the address, and no more after that.
  const tell = () => window.setTimeout(() => { document.documentElement.dataset.ready = ""; }, 0);
  if (document.readyState === "complete") tell(); else window.addEventListener("load", tell);
})();
