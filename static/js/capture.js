// What is typed during a visit is kept on this phone until the portal has it. It goes at sign-out,
// with everything that the browser keeps of the portal; a session that merely ends leaves it.
const AGAIN = 20_000;
const PATIENCE = 20_000;
const form = document.querySelector("form[data-capture]");
const owner = `capture ${form.dataset.capture} `;
const key = owner + form.dataset.place;
const discard = form.querySelector("[data-capture-discard]");
let waiting = false;
let sending = false;
let keeps = true;

function show(name) {
  for (const line of form.querySelectorAll("[data-say]")) line.hidden = line.dataset.say !== name;
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function typed() {
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrfmiddlewaretoken;
  return fields;
}

function keep() {
  const draft = { fields: typed(), waiting, path: location.pathname + location.search };
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    keeps = true;
  } catch {
    keeps = false; // no room, or storage is off
  }
  discard.hidden = false;
}

function forget() {
  waiting = false;
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}

function restore() {
  const draft = read(key);
  if ("checked" in form.dataset) return keep(); // what the server has looked at is in the fields
  if (!draft) return;
  for (const [name, value] of Object.entries(draft.fields)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  discard.hidden = false;
  show("restored");
  if (draft.waiting) send();
}

function post() {
  return fetch(location.href, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE),
  });
}

// The page may be older than the session: whoever is signed in gets a token that is valid now.
async function renewToken() {
  const answer = await fetch(location.href, { signal: AbortSignal.timeout(PATIENCE) });
  if (answer.redirected) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("form[data-capture] [name=csrfmiddlewaretoken]");
  if (fresh) form.elements.csrfmiddlewaretoken.value = fresh.value;
  return true;
}

async function deliver() {
  let answer = await post();
  if (answer.type === "opaqueredirect" || answer.status === 403) {
    if (!(await renewToken())) return "signed-out";
    answer = await post();
  }
  if (answer.status === 201) return done(await answer.json());
  if (answer.ok) return form.submit(); // the server says what is wrong, beside the text
  if (answer.status >= 500 || answer.status === 429) return "waiting";
  return "refused";
}

async function send() {
  if (sending) return;
  const focused = document.activeElement;
  sending = true;
  waiting = true;
  keep();
  show("sending");
  form.inert = true;
  const outcome = await deliver().catch(() => "waiting");
  sending = false;
  form.inert = false;
  if (!outcome) return;
  focused?.focus();
  waiting = outcome !== "refused"; // whoever signs in again finds it sent
  keep();
  waiting = outcome === "waiting";
  show(waiting && !keeps ? "waiting-unkept" : outcome);
}

function done({ page, photos }) {
  forget();
  const told = document.querySelector("[data-captured]");
  told.querySelector("[data-captured-page]").href = page;
  told.querySelector("[data-captured-photos]").href = photos;
  form.hidden = true;
  told.hidden = false;
  told.querySelector("h2").focus();
}

function showOthers() {
  const section = document.querySelector("[data-capture-others]");
  const names = keeps ? Object.keys(localStorage).filter((name) => name.startsWith(owner)) : [];
  for (const name of names.filter((one) => one !== key)) {
    const draft = read(name);
    if (!draft) continue;
    const link = document.createElement("a");
    link.href = draft.path;
    link.textContent = draft.fields.title || draft.fields.notes || draft.path;
    const item = document.createElement("li");
    item.append(link);
    section.querySelector("ul").append(item);
    section.hidden = false;
  }
}

function sendWaiting() {
  if (waiting && !form.hidden && document.visibilityState === "visible") send();
}

form.addEventListener("input", () => {
  waiting = false; // whoever goes on typing is not finished
  keep();
  show(keeps ? "kept" : "unkept");
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
discard.addEventListener("click", () => {
  if (!confirm(form.dataset.discard)) return;
  forget();
  form.reset();
  location.assign(location.href);
});
addEventListener("online", sendWaiting);
document.addEventListener("visibilitychange", sendWaiting);
setInterval(sendWaiting, AGAIN);
restore();
try {
  showOthers();
} catch {
  // storage is off
}
