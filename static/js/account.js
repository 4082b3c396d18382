// On the way in: show what is typed as a password, and log in with a passkey. The pages work without either.
(function () {
  "use strict";

  // Passwords
  document.querySelectorAll("input[data-show]").forEach((input) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-rustig show-password";
    button.textContent = input.dataset.show;
    button.setAttribute("aria-controls", input.id);
    button.addEventListener("click", () => {
      const hidden = input.type === "password";
      input.type = hidden ? "text" : "password";
      button.textContent = hidden ? input.dataset.hide : input.dataset.show;
    });
    input.after(button);
    // What is sent is always a password field, or the browser would offer it as a suggestion later.
    input.form.addEventListener("submit", () => { input.type = "password"; });
  });
  document.querySelectorAll("[data-scripted]").forEach((element) => { element.hidden = false; });

  // Passkeys: the server speaks base64url, the browser bytes.
  function bytes(text) {
    const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  }

  function text(buffer) {
    const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function withBytes(publicKey) {
    const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
    const keys = (list) => (list || []).map((key) => ({ ...key, id: bytes(key.id) }));
    if (options.user) options.user = { ...options.user, id: bytes(options.user.id) };
    if (options.allowCredentials) options.allowCredentials = keys(options.allowCredentials);
    if (options.excludeCredentials) options.excludeCredentials = keys(options.excludeCredentials);
    return options;
  }

  function asJson(credential) {
    const answer = credential.response;
    const response = { clientDataJSON: text(answer.clientDataJSON) };
    if (answer.attestationObject) {
      response.attestationObject = text(answer.attestationObject);
      response.transports = answer.getTransports ? answer.getTransports() : [];
    } else {
      response.authenticatorData = text(answer.authenticatorData);
      response.signature = text(answer.signature);
      response.userHandle = answer.userHandle ? text(answer.userHandle) : null;
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    });
  }

  async function optionsFor(form) {
    if (form.dataset.passkey !== "login") return JSON.parse(document.getElementById("passkey-options").textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return answer.json();
  }

  async function ask(form) {
    const options = await optionsFor(form);
    if (form.dataset.passkey === "create") {
      return navigator.credentials.create({ publicKey: withBytes(options.creation_options.publicKey) });
    }
    return navigator.credentials.get({ publicKey: withBytes(options.request_options.publicKey) });
  }

  function prepare(form) {
    const error = form.querySelector("[data-passkey-error]");
    const credential = form.elements.credential;
    let answered = false;
    form.addEventListener("submit", async (event) => {
      if (answered) return;
      event.preventDefault();
      error.hidden = true;
      try {
        credential.value = asJson(await ask(form));
        answered = true;
        form.requestSubmit();
      } catch (reason) {
        error.hidden = false;
      }
    });
  }

  if (window.PublicKeyCredential) {
    document.querySelectorAll("form[data-passkey]").forEach(prepare);
    document.querySelectorAll("[data-passkey-part]").forEach((part) => { part.hidden = false; });
    document.querySelectorAll("[data-passkey-absent]").forEach((part) => { part.hidden = true; });
  }
})();
