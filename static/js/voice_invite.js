// Copying the link or the message. Without this they stand in a field, to be selected by hand.
(function () {
  "use strict";

  const said = document.querySelector("[data-copy-said]");
  if (!said || !navigator.clipboard) return;

  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = document.querySelector(`[data-copy-source="${button.dataset.copy}"]`);
      navigator.clipboard.writeText(field.value).then(
        () => { said.textContent = button.dataset.copied; },
        () => { field.focus(); field.select(); },
      );
    });
  });
})();
