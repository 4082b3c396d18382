// Sharing a verslag: the question above the form counts who is ticked now. Without this it counts who was ticked at first.
(function () {
  "use strict";

  const title = document.querySelector("h1");
  const boxes = [...document.querySelectorAll("input[name=people]")];
  boxes.forEach((box) =>
    box.addEventListener("change", () => {
      const number = boxes.filter((other) => other.checked).length;
      const people = number === 1 ? "1 mens" : `${number} mensen`;
      title.textContent = number ? `Verslag delen met ${people}?` : "Verslag delen";
    })
  );
})();
