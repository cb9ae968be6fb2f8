// An answer that comes while it is typed is about what stands in the form now, or it is taken away: nobody may read the
// answer to another name. Where none comes, that is said.
"use strict";
for (const form of window.htmx ? document.querySelectorAll("form[data-waits]") : []) {
  const place = document.querySelector(form.getAttribute("hx-target"));
  let typed = 0, asked = 0;

  const tell = (text, kind) => {
    if (place.textContent === text) return; // said once, not at each letter
    const said = document.createElement("p");
    said.className = kind;
    said.textContent = text;
    place.replaceChildren(said);
  };
  const touched = () => { typed += 1; tell(form.dataset.waits, "src"); };
  const failed = () => { if (asked === typed) tell(form.dataset.fails, "note error"); };

  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("htmx:before:request", () => { asked = typed; });
  form.addEventListener("htmx:error", failed);
  form.addEventListener("htmx:before:swap", (event) => {
    const refused = event.detail.ctx.response.status >= 400; // its page is no answer
    if (refused || asked !== typed) event.preventDefault();
    if (refused) failed();
  });
}
