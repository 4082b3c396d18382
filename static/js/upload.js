// Choosing a file with more comfort: drop it, see what it is, hear at once that it is too large. Nothing here is needed.
(function () {
  "use strict";

  const form = document.querySelector("[data-upload-form]");
  const input = form && form.querySelector("[data-upload]");
  if (!input) return;

  const most = Number(form.dataset.most);
  const busy = form.querySelector("[data-upload-busy]");
  const zone = document.createElement("div");
  const said = document.createElement("p");
  const hint = document.createElement("p");
  zone.className = "upload-zone";
  said.setAttribute("role", "status");
  hint.className = "text-meta needs-pointer";
  hint.textContent = "Of sleep een bestand hierheen.";
  input.replaceWith(zone);
  zone.append(input, hint, said);

  function megabytes(size) {
    return Math.ceil(size / 1024 / 1024);
  }

  function describe() {
    const old = zone.querySelector("img");
    if (old) old.remove();
    const file = input.files[0];
    if (!file) {
      said.textContent = "";
      return;
    }
    if (file.size > most) {
      said.textContent = `Dit bestand is ${megabytes(file.size)} MB. Maximaal ${megabytes(most)} MB kan.`;
      return;
    }
    said.textContent = `Gekozen: ${file.name}. Deze naam bewaren we niet.`;
    if (/^image\/(jpeg|png)$/.test(file.type)) preview(file);
  }

  function preview(file) {
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      if (input.files[0] !== file) return;
      const picture = document.createElement("img");
      picture.className = "upload-preview";
      picture.alt = "De foto die je koos";
      picture.addEventListener("error", () => picture.remove());
      picture.src = reader.result;
      zone.append(picture);
    });
    reader.readAsDataURL(file);
  }

  input.addEventListener("change", describe);
  ["dragenter", "dragover"].forEach((name) => zone.addEventListener(name, (event) => {
    event.preventDefault();
    zone.classList.add("upload-zone--over");
  }));
  ["dragleave", "drop"].forEach((name) => zone.addEventListener(name, () => zone.classList.remove("upload-zone--over")));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length !== 1) {
      said.textContent = "Sleep één bestand tegelijk.";
      return;
    }
    input.files = event.dataTransfer.files;
    describe();
  });
  form.addEventListener("submit", () => { busy.textContent = "Bezig. We controleren het bestand."; });
  addEventListener("pageshow", () => { busy.textContent = ""; });
})();
