// The button "Exit this page", quicker than its form: the page is emptied at once and leaves no entry in the history.
"use strict";
{
  const form = document.querySelector("form.exit");
  const status = form.querySelector("[role=status]");
  let presses = 0, spoiled = false, forget;

  const leave = () => {
    const told = new FormData(form), to = form.dataset.to, here = form.action;
    document.documentElement.replaceChildren();
    navigator.sendBeacon(here, told); // signs out while the next page loads
    location.replace(to);
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); leave(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") { presses = 0; spoiled = event.shiftKey; } // a capital letter is no press of Shift
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") return;
    if (spoiled) { spoiled = false; return; }
    presses += 1;
    clearTimeout(forget);
    forget = setTimeout(() => { presses = 0; status.textContent = ""; }, 5000);
    if (presses === 3) leave();
    else status.textContent = presses === 1 ? form.dataset.two : form.dataset.one;
  });
}
