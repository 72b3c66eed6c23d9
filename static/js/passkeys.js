// Passkeys. allauth's own webauthn.js does the work; this file tells it which form and button are meant, and
// tells people in words what did not work. Without JavaScript the form stays hidden and its note stays shown.
(function () {
  "use strict";
  const forms = document.querySelectorAll("form[data-passkey]");
  const possible = window.PublicKeyCredential && window.webauthnJSON && window.allauth;

  function say(form, words) {
    const place = document.getElementById(form.dataset.passkeyNote);
    place.textContent = words;
    place.hidden = false;
  }

  forms.forEach(function (form) {
    if (!possible) {
      say(form, "This browser cannot use passkeys here. They need a recent browser and an encrypted connection.");
      return;
    }
    const ids = { credential: form.querySelector("input[name=credential]").id };
    ids[form.dataset.passkey] = form.querySelector("button").id;
    const data = form.dataset.passkeyOptions ? JSON.parse(form.dataset.passkeyOptions) : undefined;
    const box = form.querySelector("input[name=passwordless]");
    if (box) { ids.passwordless = box.id; }
    window.allauth.webauthn.forms[form.dataset.passkey + "Form"]({ ids: ids, data: data });
    document.getElementById(form.dataset.passkeyNote).hidden = true;
    form.hidden = false;
  });

  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    forms.forEach(function (form) {
      say(form, "No passkey was used: it was cancelled, took too long, or is not one of this portal. Try again, or use another way.");
    });
  });
})();
