// What makes every page quicker to use; nothing here is needed to use it.
(function () {
  "use strict";

  const HEADING = "h1, h2, h3";
  const RESET_AFTER = 8000; // a download leaves the page as it is: the button must work again

  function focusOn(element) {
    if (!element) return;
    if (!element.matches("a[href], button, input, select, textarea, [tabindex]")) element.tabIndex = -1;
    element.focus();
  }

  function announce(text) {
    document.getElementById("live").textContent = text;
  }

  // Errors first: the summary gets focus when the page, or a fragment, brings one.
  function focusErrors(root) {
    const summary = root.matches("[data-focus-on-load]") ? root : root.querySelector("[data-focus-on-load]");
    focusOn(summary);
    return Boolean(summary);
  }

  function offerScriptedButtons(root) {
    root.querySelectorAll("[data-message-close]").forEach((button) => { button.hidden = false; });
    root.querySelectorAll("[data-hide-after]").forEach((name) => {
      setTimeout(hideNames, Number(name.dataset.hideAfter) * 1000);
    });
  }

  function hideNames() {
    document.querySelectorAll("[data-name-shown]").forEach((name) => {
      const bar = name.closest(".identity-bar");
      const button = bar.querySelector("[data-name-show]");
      const hide = bar.querySelector("[data-name-hide]");
      const hadFocus = hide === document.activeElement;
      name.remove();
      bar.classList.remove("identity-bar--open");
      bar.querySelector("[data-name-hidden]").hidden = false;
      if (hide) hide.remove();
      if (button) button.hidden = false;
      if (hadFocus) focusOn(button);
      announce("Naam verborgen");
    });
  }

  // Menus
  function closeMenus(except) {
    document.querySelectorAll("[data-menu][open]").forEach((menu) => {
      if (menu === except) return;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    });
  }

  // The open page of a sub-navigation that is wider than the screen.
  function slideToOpenPage() {
    const open = document.querySelector(".subnav__items [aria-current]");
    if (!open) return;
    const row = open.closest("ul");
    row.scrollLeft = open.offsetLeft - (row.clientWidth - open.offsetWidth) / 2;
  }

  // Theme: at once on this page, and kept by the server for the next.
  function switchTheme(form) {
    const root = document.documentElement;
    const deviceIsDark = matchMedia("(prefers-color-scheme: dark)").matches;
    const isDark = root.dataset.bsTheme === "dark" || (root.dataset.bsTheme === "auto" && deviceIsDark);
    const body = new FormData(form);
    root.dataset.bsTheme = isDark ? "light" : "dark";
    body.set("theme", root.dataset.bsTheme);
    fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
    announce(isDark ? "De pagina is nu licht" : "De pagina is nu donker");
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    closeMenus(target.closest("[data-menu]"));

    const opener = target.closest("[data-dialog-open]");
    const dialog = opener && document.getElementById(opener.dataset.dialogOpen);
    if (dialog && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      dialog.showModal();
    }
    if (target.closest("[data-dialog-close]")) target.closest("dialog").close();

    if (target.closest("[data-message-close]")) {
      target.closest("[data-message]").remove();
      focusOn(document.querySelector("main h1") || document.querySelector("main"));
    }
    if (target.closest("[data-name-hide]")) {
      event.preventDefault();
      hideNames();
    }
    if (target.closest("[data-print]")) {
      event.preventDefault();
      print();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenus();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const scope = document.querySelector("dialog[open]") || document;
      const form = event.target.form || event.target.closest("form") || scope.querySelector("form[data-main]");
      const button = form && form.querySelector(".btn-primary, [type=submit]");
      if (form && form.method === "post") {
        event.preventDefault();
        form.requestSubmit(button && button.type === "submit" ? button : undefined);
      }
    }
  });

  // One press, one save.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-theme-switch]")) {
      event.preventDefault();
      switchTheme(form);
    }
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "true";
    setTimeout(() => delete form.dataset.sending, RESET_AFTER);
  });
  // Another choice is another press: after a file one may want the next at once.
  document.addEventListener("change", (event) => {
    if (event.target.form) delete event.target.form.dataset.sending;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form");
    if (form) delete form.dataset.sending;
  });
  addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sending]").forEach((form) => delete form.dataset.sending);
  });
  addEventListener("pagehide", hideNames);

  // htmx: after a swap focus goes where the fragment says; after a press otherwise to its heading.
  document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", (event) => event.detail.target.removeAttribute("aria-busy"));
  document.addEventListener("htmx:afterSettle", (event) => {
    const fragment = event.detail.elt;
    offerScriptedButtons(fragment);
    if (focusErrors(fragment)) return;
    const named = fragment.matches("[data-focus]") ? fragment : fragment.querySelector("[data-focus]");
    if (named) {
      if (named.dataset.focus !== "keep") focusOn(document.querySelector(named.dataset.focus));
      return;
    }
    const config = event.detail.requestConfig;
    const cause = config && config.triggeringEvent && config.triggeringEvent.type;
    if (cause === "click" || cause === "submit") focusOn(fragment.querySelector(HEADING));
  });

  // A choice that was made before or while its part of the page came anew stays, where it is still offered.
  const chosen = new Map();
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.target.matches("[data-keep-choices]")) return;
    chosen.clear();
    event.detail.target.querySelectorAll("select").forEach((select) => chosen.set(select.name, select.value));
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (!event.detail.elt.matches("[data-keep-choices]")) return;
    event.detail.elt.querySelectorAll("select").forEach((select) => {
      const value = chosen.get(select.name);
      if ([...select.options].some((option) => option.value === value)) select.value = value;
    });
  });

  // Paper shows what is folded away.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("main details:not([open])")];
    folded.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((details) => { details.open = false; }));

  // Connection
  const bar = document.getElementById("connection");
  addEventListener("offline", () => { bar.textContent = bar.dataset.lost; });
  addEventListener("online", () => {
    if (!document.dispatchEvent(new CustomEvent("wel:online", { cancelable: true }))) return;
    bar.textContent = bar.dataset.back;
    setTimeout(() => { bar.textContent = ""; }, 10000);
  });

  // A part of the page that the server refuses: what is on the screen may be old, and silence would look like success.
  document.addEventListener("htmx:responseError", () => { bar.textContent = bar.dataset.failed; });

  offerScriptedButtons(document);
  slideToOpenPage();
  focusErrors(document.body);
})();
