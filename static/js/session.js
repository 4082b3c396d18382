// Automatic sign-out: asks at 25 minutes, goes at 30 (a live table: 85 and 90). The server keeps the real clock; every
// open tab follows, also in how long that is: what counts is the page that was used last.
(function () {
  "use strict";

  const dialog = document.getElementById("session-dialog");
  if (!dialog) return;

  const own = { warnAfter: Number(dialog.dataset.warnAfter), endAfter: Number(dialog.dataset.endAfter) };
  let limits = own;
  const left = dialog.querySelector("[data-session-left]");
  const status = dialog.querySelector("[data-session-announce]");
  const SPOKEN = [300, 120, 60, 20]; // seconds left at which the countdown is read aloud
  const tabs = new BroadcastChannel("wel-session");
  let since = Date.now();
  let spoken = null;
  let ended = false;

  function inWords(seconds) {
    if (seconds <= 20) return "20 seconden";
    const minutes = Math.ceil(seconds / 60);
    return minutes === 1 ? "1 minuut" : `${minutes} minuten`;
  }

  function active() {
    since = Date.now();
    spoken = null;
    if (dialog.open) dialog.close();
  }

  function end() {
    ended = true;
    const url = dialog.dataset.signedOutUrl || "/";
    // Whoever still holds something that is not kept stays, and says so.
    if (document.dispatchEvent(new CustomEvent("wel:ending", { cancelable: true, detail: { url } }))) location.assign(url);
  }

  function tick() {
    if (ended) return;
    const idle = (Date.now() - since) / 1000;
    const remaining = limits.endAfter - idle;
    if (remaining <= 0) {
      tabs.postMessage("ended");
      end();
      return;
    }
    if (idle < limits.warnAfter) return;
    if (!dialog.open) {
      const other = document.querySelector("dialog[open]");
      if (other) other.close(); // dialogs never lie on one another
      dialog.showModal();
    }
    left.textContent = inWords(remaining);
    const moment = SPOKEN.filter((seconds) => remaining <= seconds).pop();
    if (moment && moment !== spoken) {
      spoken = moment;
      status.textContent = `Over ${inWords(remaining)} loggen we je uit.`;
    }
  }

  function tell() {
    limits = own;
    tabs.postMessage(own);
    stay();
  }

  function stay() {
    active();
    tabs.postMessage("active");
  }

  dialog.querySelector("[data-session-keep]").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => null);
    delete form.dataset.sending;
    if (answer && answer.ok) stay();
    else if (answer) end();
  });
  // Escape means "I am here" too.
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    dialog.querySelector("[data-session-keep]").requestSubmit();
  });
  tabs.addEventListener("message", (event) => {
    if (event.data === "ended") end();
    else if (event.data === "active") active();
    else limits = event.data;
  });
  // A page that asks without htmx, and not by itself.
  document.addEventListener("wel:there", tell);
  document.addEventListener("htmx:afterRequest", (event) => {
    // A poll must not keep an empty chair logged in; the server does not count it either.
    if (!event.target.closest("[data-background]")) tell();
  });
  document.addEventListener("visibilitychange", tick);

  tell();
  setInterval(tick, 1000);
})();
