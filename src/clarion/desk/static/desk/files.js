// A file that the desk would not take is refused before it is sent: beyond the server's own limit the answer is no page.
"use strict";
for (const field of document.querySelectorAll("input[type=file][data-most]")) {
  field.addEventListener("change", () => {
    const large = Array.from(field.files).some((file) => file.size > Number(field.dataset.most));
    field.setCustomValidity(large ? field.dataset.large : "");
    field.reportValidity();
  });
}
