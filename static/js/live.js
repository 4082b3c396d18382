// The live table: a line is shown before it is saved, sent until it is acknowledged, and the board follows other laptops.
(function () {
  "use strict";

  const lines = document.querySelector("[data-live-lines]");
  if (!lines) return;

  const form = document.querySelector("[data-live-add]");
  const field = form && form.elements.line;
  const preview = form && form.querySelector("[data-live-preview]");
  const bar = document.getElementById("connection");
  const speak = document.getElementById("live");
  const people = JSON.parse(document.getElementById("live-people")?.textContent || "[]");
  const EVERY = 5000;
  const PAUSES = [2000, 5000, 10000, 30000];
  const TERM = /(^|\s)4([udwm])\s$/i;
  const waiting = []; // lines that the server has not acknowledged; in memory only
  let failures = 0;
  let isSending = false;
  let isOffline = false;

  // Time left: no alarm, and nothing ends by itself.
  const clock = document.querySelector("[data-live-time]");
  function showTime() {
    const now = Date.now() / 1000;
    if (!clock || now < Number(clock.dataset.starts)) return;
    const minutes = Math.ceil((Number(clock.dataset.ends) - now) / 60);
    clock.textContent = minutes > 0 ? `nog ${minutes} min` : "de tijd is om, rond rustig af";
  }

  function connection(isBack, text) {
    if (isBack && !isOffline) return;
    isOffline = !isBack;
    bar.textContent = text || (isBack ? bar.dataset.back : bar.dataset.lost);
  }

  function show(html) {
    lines.innerHTML = html;
    const fresh = lines.querySelector("[data-live-new]");
    if (fresh) speak.textContent = fresh.textContent;
  }

  async function ask(url, options) {
    const response = await fetch(url, { credentials: "same-origin", redirect: "manual", ...options });
    // Signed out, or closed to this person now: nothing was written.
    if (response.type === "opaqueredirect") throw new Error("signed out");
    if (response.status >= 500) throw new Error("server");
    if (!("X-Background" in options.headers)) document.dispatchEvent(new Event("wel:there"));
    return response;
  }

  async function poll() {
    if (isSending || waiting.length || lines.contains(document.activeElement) || document.hidden) return;
    try {
      const response = await ask(lines.dataset.url, { headers: { "X-Background": "1", "X-Live": "1" } });
      if (response.ok && !lines.contains(document.activeElement) && !isSending && !waiting.length) {
        const html = await response.text();
        if (html !== lines.dataset.last) show(html);
        lines.dataset.last = html;
        connection(true);
      }
    } catch (error) {
      lost(error);
    }
  }

  function lost(error) {
    connection(false, error.message === "signed out"
      ? "Je bent uitgelogd. Log in een ander venster in; wat je typte, blijft hier staan." : "");
  }

  showTime();
  setInterval(showTime, 15000);
  setInterval(poll, EVERY);

  lines.addEventListener("submit", async (event) => {
    if (!event.target.matches("[data-live-undo]")) return;
    event.preventDefault();
    try {
      const response = await ask(event.target.action, {
        method: "POST", body: new FormData(event.target), headers: { "X-Live": "1" },
      });
      if (response.ok) show(await response.text());
      speak.textContent = "Teruggenomen.";
      if (field) field.focus();
    } catch (error) {
      lost(error);
    }
  });

  if (!form) return;

  // What the server will read in the line; rules/quick_add.py says the same.
  function reading(typed) {
    let text = typed;
    let term = (form.querySelector("[name=horizon]:checked") || {}).value || "";
    let person = null;
    text = text.replace(/(?<!\S)4[udwm](?!\S)/gi, (found) => { term = found.toLowerCase(); return ""; });
    for (const match of text.matchAll(/(?<!\S)@([^\s@]+)/g)) {
      const begin = match[1].toLowerCase().replace(/[.,;:]+$/, "");
      const found = people.filter((one) => one.words.some((word) => word.toLowerCase().startsWith(begin)));
      if (found.length === 1) {
        person = found[0];
        text = text.slice(0, match.index) + text.slice(match.index + match[0].length);
        break;
      }
    }
    return { text: text.split(/\s+/).filter(Boolean).join(" "), term, person };
  }

  const TERMS = { "4u": "4 uur", "4d": "4 dagen", "4w": "4 weken", "4m": "4 maanden" };

  function part(tag, name, text) {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    return element;
  }

  function showPreview() {
    preview.replaceChildren();
    if (waiting.length) {
      preview.append(part("span", "live-waiting", `Nog niet bewaard: ${waiting.map((line) => line.typed).join(" · ")}`));
    }
    if (!field.value.trim()) return;
    const read = reading(field.value);
    preview.append("Wordt: ");
    if (read.term) preview.append(part("span", "live-chip", TERMS[read.term]));
    if (read.person) preview.append(part("span", "live-chip", read.person.name));
    else if (/(^|\s)@\S*$/.test(field.value)) {
      preview.append(part("span", "live-names", `Wie? ${people.map((one) => one.words[0]).join(", ")}`));
    }
    preview.append(` ${read.text}`);
  }

  field.addEventListener("input", () => {
    const term = field.value.match(TERM);
    const radio = term && form.querySelector(`[name=horizon][value="4${term[2].toLowerCase()}"]`);
    if (radio && field.selectionEnd === field.value.length) {
      radio.checked = true;
      field.value = field.value.replace(TERM, "$1");
    }
    showPreview();
  });
  form.addEventListener("change", showPreview);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !field.value) return;
    event.stopPropagation();
    field.value = "";
    clearErrors();
    showPreview();
  });

  function newKey() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function clearErrors() {
    form.querySelectorAll("[data-live-errors]").forEach((element) => element.remove());
    field.removeAttribute("aria-invalid");
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!field.value.trim()) return;
    waiting.push({ typed: field.value, body: new FormData(form) });
    form.elements.key.value = newKey();
    field.value = "";
    clearErrors();
    showPreview();
    field.focus();
    send();
  });

  async function send() {
    if (isSending || !waiting.length) return;
    isSending = true;
    const line = waiting[0];
    try {
      const response = await ask(form.action, { method: "POST", body: line.body, headers: { "X-Live": "1" } });
      const html = await response.text();
      waiting.shift();
      failures = 0;
      connection(true);
      if (response.ok) {
        show(html);
        lines.dataset.last = "";
      } else {
        refused(line, html, response.status);
      }
    } catch (error) {
      lost(error);
      const pause = PAUSES[Math.min(failures, PAUSES.length - 1)];
      failures += 1;
      setTimeout(send, pause);
    }
    isSending = false;
    showPreview();
    if (waiting.length && !failures) send();
  }

  // Nothing typed is lost: it comes back to the field, before what is typed there by now.
  function refused(line, html, status) {
    field.value = [line.typed, field.value].filter(Boolean).join(" ");
    field.setAttribute("aria-invalid", "true");
    clearErrors();
    if (status === 422) form.insertAdjacentHTML("afterbegin", html);
    else form.insertAdjacentHTML("afterbegin", '<div class="live-errors" role="alert" data-live-errors><p>Dit kon niet worden bewaard. Laad de pagina opnieuw.</p></div>');
    field.focus();
  }

  addEventListener("online", send);
  addEventListener("beforeunload", (event) => {
    if (waiting.length || field.value.trim()) event.preventDefault();
  });
  document.addEventListener("wel:ending", (event) => {
    if (waiting.length || field.value.trim()) event.preventDefault();
  });
})();
