// Het klad: what somebody types is kept on the server while typing, and nowhere in the browser.
(function () {
  "use strict";

  const form = document.querySelector("form[data-draft]");
  if (!form) return;

  const WAIT = 1500; // after the last key
  const RETRY = [2, 5, 10, 30]; // seconds
  const QUIET = 30000; // between two things said aloud
  const OWN = ["csrfmiddlewaretoken", "klad", "klad_van", "klad_stand", "klad_wie"];
  const state = form.querySelector("[data-draft-state]");
  const bar = document.getElementById("connection");
  const dialog = document.getElementById("draft-signed-out");
  const input = (name) => form.querySelector(`input[name="${name}"]`);

  let kept = form.hasAttribute("data-draft-dirty") ? null : written();
  let busy = null;
  let failures = 0;
  let spoken = 0;
  let timer = null;
  let retry = null;
  let waiting = null; // the button that was pressed while there was no connection
  let ready = false;
  let ended = false;

  function written() {
    const data = new FormData(form);
    OWN.forEach((name) => data.delete(name));
    return new URLSearchParams(data).toString();
  }

  const isDirty = () => written() !== kept;

  // Under the text that is being written.
  function moveState(text) {
    const place = text && (text.closest(".form-field, .conflict-both") || text.parentElement);
    if (place) place.append(state);
  }

  function say(text, aloud) {
    state.hidden = false;
    state.textContent = text;
    if (!aloud || Date.now() - spoken < QUIET) return;
    spoken = Date.now();
    document.getElementById("live").textContent = text;
  }

  async function send(text, keepalive, again) {
    input("klad_stand").value = Number(input("klad_stand").value) + 1;
    const answer = await fetch(form.dataset.draft, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { "X-Background": "1" },
      redirect: "manual",
      keepalive,
    }).catch(() => null);

    if (answer && answer.ok) {
      const { om } = await answer.json();
      kept = text;
      if (failures && bar.textContent) {
        bar.textContent = bar.dataset.back;
        setTimeout(() => { bar.textContent = ""; }, 10000);
      }
      failures = 0;
      if (isDirty()) say("Nog niet bewaard");
      else say(`Bewaard om ${om}`, true);
      return "kept";
    }
    if (answer && answer.status === 422) {
      failures = 0;
      say(`Nog niet bewaard. ${(await answer.json()).waarom}`, true);
      return "refused";
    }
    // Taken back meanwhile: nothing of this may be kept, and trying again would promise too much.
    if (answer && answer.status === 404 && !ended) {
      say("Je kunt hier niets meer bewaren. Deze jeugdige is niet meer te openen.", true);
      return "closed";
    }
    // Saved or thrown away in another window: from here on this is a klad of its own.
    if (answer && answer.status === 409 && !again) {
      input("klad").value = (await answer.json()).klad;
      input("klad_van").value = "";
      return send(text, keepalive, true);
    }
    // Logged in again in another window: that made a new token.
    if (answer && answer.status === 403 && !again && (await renew())) return send(text, keepalive, true);

    if (!answer) bar.textContent = bar.dataset.lost;
    else if (answer.type === "opaqueredirect") cover(); // on to the login page: signed out
    say("Bewaren lukt niet. We proberen het opnieuw.", true);
    retry = setTimeout(() => save().then(after), RETRY[Math.min(failures, RETRY.length - 1)] * 1000);
    failures += 1;
    return "failed";
  }

  async function renew() {
    const answer = await fetch(location.pathname, { headers: { "X-Background": "1" }, redirect: "manual" }).catch(() => null);
    if (!answer || !answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[name=csrfmiddlewaretoken]");
    if (!fresh) return false;
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = fresh.value; });
    return true;
  }

  // One at a time; what was typed meanwhile goes next.
  async function save() {
    clearTimeout(timer);
    clearTimeout(retry);
    while (busy) await busy;
    if (!isDirty()) return "kept";
    busy = send(written(), false);
    const outcome = await busy;
    busy = null;
    return outcome;
  }

  // Leaving or hiding the page does not wait; the server goes by the number of each save.
  function saveInPassing() {
    if (!ready && isDirty()) send(written(), true);
  }

  function after(outcome) {
    if (outcome === "failed") return;
    if (ended) {
      if (outcome === "kept") location.assign(`${location.pathname}?klad=${input("klad").value}`);
    } else if (waiting) {
      ready = true;
      form.requestSubmit(waiting.button);
      waiting = null;
    }
  }

  form.addEventListener("input", (event) => {
    if (event.target.matches("textarea")) moveState(event.target);
    say("Nog niet bewaard");
    clearTimeout(timer);
    timer = setTimeout(() => save().then(after), WAIT);
  });
  moveState(form.querySelector("textarea:not([hidden])"));

  form.addEventListener("focusout", () => { if (isDirty()) save().then(after); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) saveInPassing(); });
  addEventListener("pagehide", saveInPassing);
  addEventListener("pageshow", () => { ready = false; });

  // First keep it, then save it: without a connection, or signed out, the page stays as it is and tries again.
  form.addEventListener("submit", (event) => {
    if (ready || (!isDirty() && !busy && navigator.onLine)) {
      ready = true;
      return;
    }
    event.preventDefault();
    waiting = { button: event.submitter || undefined };
    if (!isDirty() && !navigator.onLine) {
      kept = null; // ask the server whether it can be reached
    }
    save().then(after);
  });

  document.addEventListener("wel:online", (event) => {
    if (!isDirty() && !waiting) return;
    event.preventDefault(); // the bar says so when it is true
    save().then(after);
  });

  // Covers the page until somebody logged in again; then what is typed is kept, and the page goes on with it.
  function cover() {
    ended = true;
    if (dialog.open) return;
    document.querySelectorAll("dialog[open]").forEach((other) => other.close());
    dialog.showModal();
  }

  // Signed out with something that could not be kept.
  document.addEventListener("wel:ending", (event) => {
    if (!isDirty()) return;
    event.preventDefault();
    save().then((outcome) => {
      if (outcome === "kept") location.assign(event.detail.url);
      else cover();
    });
  });
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", () => { if (ended) dialog.showModal(); }); // a browser lets Escape pass the second time
  new BroadcastChannel("wel-session").addEventListener("message", (event) => {
    if (ended && event.data === "active") save().then(after);
  });
})();
