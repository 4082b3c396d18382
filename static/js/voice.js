// The form of the jongere: keeps while typing, leaves no trail in the history, and goes away at once. Works without it too.
(function () {
  "use strict";

  const WAIT = 1500; // after the last key
  const RETRY = 5000;
  const form = document.querySelector("form[data-main]");
  const state = document.querySelector("[data-voice-state]");
  const away = document.querySelector("[data-away]");
  const problem = document.querySelector("[data-focus-on-load]");

  if (problem) problem.focus();

  // Come back by the arrow of the browser: what is shown may be older than what was kept.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  function say(text) {
    if (state && state.textContent !== text) state.textContent = text;
  }

  // One page in the history, whatever one does here: Sluit snel takes its place, and the arrow back leads past it.
  function go(url) {
    location.replace(url);
  }

  away.addEventListener("click", (event) => {
    event.preventDefault();
    document.documentElement.hidden = true;
    const silent = document.createElement("meta");
    silent.name = "referrer";
    silent.content = "no-referrer";
    document.head.append(silent);
    go(away.href);
  });

  let kept = null;
  let busy = null;
  let timer = null;

  const typed = () => {
    const data = new FormData(form);
    data.delete("csrfmiddlewaretoken");
    data.delete("version");
    return new URLSearchParams(data).toString();
  };
  const isDirty = () => form && kept !== null && typed() !== kept;

  async function send(keepalive) {
    const now = typed();
    const answer = await fetch(location.pathname, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { "X-Background": "1" },
      keepalive,
    }).catch(() => null);
    if (answer && answer.ok) {
      const { versie } = await answer.json();
      if (versie !== undefined) form.elements.version.value = versie;
      kept = now;
      say("Bewaard. Je kunt later verder gaan.");
      return true;
    }
    if (answer && answer.status === 422) say(`Nog niet bewaard. ${(await answer.json()).waarom}`);
    else if (answer) say("Nog niet bewaard. Druk op de knop.");
    else {
      say("Geen verbinding. Blijf op deze pagina: we bewaren het zodra het weer kan.");
      timer = setTimeout(save, RETRY);
    }
    return false;
  }

  async function save() {
    clearTimeout(timer);
    while (busy) await busy;
    if (!isDirty()) return true;
    busy = send(false);
    const done = await busy;
    busy = null;
    return done;
  }

  // What was sent is read by somebody: from then on only the button changes it.
  const keeps = form && (form.matches("[data-voice]:not([data-sent])") || form.matches("[data-voice-check]"));
  if (keeps) {
    if (form.matches("[data-voice-check]") || !document.querySelector(".error-summary, [role=status] blockquote")) kept = typed();
    form.addEventListener("input", () => {
      say("Nog niet bewaard");
      clearTimeout(timer);
      timer = setTimeout(save, form.matches("[data-voice-check]") ? 0 : WAIT);
    });
    form.addEventListener("focusout", () => save());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden || !isDirty() || busy) return;
      busy = send(true);
      busy.then(() => { busy = null; });
    });
    addEventListener("online", () => save());
  }

  document.querySelectorAll("a[data-step]").forEach((link) => {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      if (keeps && !link.closest(".voice-skip") && !(await save())) return;
      go(link.href);
    });
  });

  // Send it without a new page in the history; what the server has to say about it comes the ordinary way.
  document.querySelectorAll("form").forEach((each) => {
    let sending = false;
    each.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (sending) return;
      sending = true;
      const button = event.submitter;
      if (each.matches("[data-voice-file]")) say("Bezig. We kijken of het bestand veilig is.");
      clearTimeout(timer);
      while (busy) await busy;
      const body = new FormData(each);
      if (button && button.name) body.append(button.name, button.value);
      const isFile = each.enctype === "multipart/form-data";
      const answer = await fetch(each.action || location.pathname, {
        method: "POST",
        body: isFile ? body : new URLSearchParams(body),
      }).catch(() => null);
      sending = false;
      if (!answer) {
        say("Geen verbinding. Blijf op deze pagina en probeer het zo nog een keer.");
      } else if (answer.redirected && answer.ok) {
        kept = null;
        go(answer.url);
      } else {
        if (button && button.name) {
          const chosen = document.createElement("input");
          chosen.type = "hidden";
          chosen.name = button.name;
          chosen.value = button.value;
          each.append(chosen);
        }
        each.submit();
      }
    });
  });
})();
