/**
 * The little that Amparo does in the browser. Every page works without it: this only makes some of them quicker.
 * One function per behaviour, each started by a data attribute; nothing is kept in the browser's storage.
 */

/** Leave at once, also by pressing Escape three times, without leaving the page in the history. */
function leaveQuickly() {
  const link = document.querySelector("[data-leave]");
  if (!link) return;
  const go = () => {
    document.body.hidden = true;
    window.location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    presses = [...presses.filter((at) => event.timeStamp - at < 1500), event.timeStamp];
    if (presses.length >= 3) go();
  });
}

/** Close the menu by Escape, or by a press anywhere else. */
function closeMenus() {
  for (const menu of document.querySelectorAll("details[data-menu]")) {
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }
}

/** Bring the eye and the screen reader to what went wrong. */
function focusFirstProblem() {
  document.querySelector("[data-focus]")?.focus();
}

/** Write a demonstration user into the form. */
function fillDemoUser() {
  for (const button of document.querySelectorAll("[data-fill]")) {
    button.addEventListener("click", () => {
      const [name, password] = ["username", "password"].map((field) => document.querySelector(`[name=${field}]`));
      name.value = button.dataset.fill;
      password.focus();
    });
  }
}

/** Answer a pair with the keys that its buttons show; never while somebody is writing. */
function answerByKey() {
  const form = document.querySelector("form[data-keys]");
  if (!form) return;
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea, select, [contenteditable]");
    if (writing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const found = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!found) return;
    event.preventDefault();
    const field = found.dataset.for && document.getElementById(found.dataset.for);
    field ? field.focus() : found.click();
  });
}

/** Show how much of a file has left this machine, which on a slow line is the only comfort there is. */
function showUpload() {
  const form = document.querySelector("form[data-upload]");
  const panel = form?.querySelector("[data-progress]");
  if (!panel) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendForm(form, panel);
  });
}

/** @param {HTMLFormElement} form @param {HTMLElement} panel */
function sendForm(form, panel) {
  const [bar, words, button] = [panel.querySelector("progress"), panel.querySelector("p"), form.querySelector("[type=submit]")];
  const request = new XMLHttpRequest();
  panel.hidden = false;
  button.disabled = true;
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = event.loaded / event.total;
  });
  request.upload.addEventListener("load", () => {
    bar.removeAttribute("value");
    words.textContent = panel.dataset.reading;
  });
  request.addEventListener("load", () => arrive(request, form));
  request.addEventListener("error", () => {
    words.textContent = panel.dataset.failed;
    button.disabled = false;
  });
  request.open("POST", form.action);
  request.send(new FormData(form));
}

/** Go where the answer leads; a form that came back with errors takes the place of this one, without a second upload. */
function arrive(request, form) {
  if (request.status < 400 && request.responseURL !== form.action) {
    window.location.assign(request.responseURL);
    return;
  }
  const answer = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
  if (!answer) {
    form.submit();
    return;
  }
  document.querySelector("main").replaceWith(answer);
  showUpload();
  focusFirstProblem();
}

/** Say that an answer takes a while, and let nobody ask for it twice meanwhile. */
function waitForSlow() {
  for (const form of document.querySelectorAll("form[data-slow]")) {
    form.addEventListener("submit", () => {
      const button = form.querySelector("[data-wait]");
      // The form is on its way by the time that the button goes out.
      setTimeout(() => {
        for (const each of document.querySelectorAll("main button")) each.disabled = true;
        button.textContent = button.dataset.wait;
        button.setAttribute("aria-busy", "true");
      });
    });
  }
}

/** Print with the browser's own dialogue. */
function printPage() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

/** Hide a shown identity after a minute, or when the page goes out of sight. */
function hideIdentity() {
  const box = document.querySelector("[data-identity]");
  if (!box) return;
  const hide = () => {
    box.querySelectorAll("[data-private]").forEach((element) => element.remove());
    box.querySelector("[data-hidden-again]").hidden = false;
  };
  setTimeout(hide, 60_000);
  document.addEventListener("visibilitychange", () => document.hidden && hide());
  box.querySelector("[data-hide]")?.addEventListener("click", hide);
}

/** A page that comes back from the browser's memory may show what its reader may no longer see. */
function forgetOldPages() {
  window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
}

/** Offer to come in with a passkey where the browser knows them. The scripts that talk to it come after this one. */
function enterWithPasskey() {
  const button = document.querySelector("[data-passkey] button");
  if (!button) return;
  document.addEventListener("DOMContentLoaded", () => {
    if (!window.PublicKeyCredential || !window.allauth) return;
    button.form.hidden = false;
    window.allauth.webauthn.forms.loginForm({ ids: { login: button.id, credential: "llave" } });
  });
}

/** Say kindly that a passkey was not used, instead of an error in a console that nobody reads. */
function tellPasskeyProblems() {
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.querySelector("[data-passkey-problem]")?.removeAttribute("hidden");
  });
}

for (const start of [
  enterWithPasskey, tellPasskeyProblems, leaveQuickly, closeMenus, focusFirstProblem, fillDemoUser, answerByKey, showUpload, waitForSlow, printPage, hideIdentity, forgetOldPages,
]) {
  start();
}
document.addEventListener("htmx:afterSettle", hideIdentity);
