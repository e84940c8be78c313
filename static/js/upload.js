// Files are sent one by one, each with a bar; without this script the form sends them together.
const LARGEST = 15 * 1024 * 1024;

function line(list, name) {
  const item = document.createElement("li");
  const words = document.createElement("span");
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", name);
  item.append(words, bar);
  list.append(item);
  return {
    // A changed bar is not read out, a changed sentence is.
    progress: (part) => (bar.value = Math.round(part * 100)),
    say: (sentence) => (words.textContent = `${name}: ${sentence}`),
    end: (failed) => {
      bar.remove();
      item.classList.toggle("is-refused", failed);
    },
  };
}

function send(form, file, row) {
  return new Promise((done) => {
    const body = new FormData(form);
    body.delete("chosen");
    body.append("chosen", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", location.pathname);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => event.lengthComputable && row.progress(event.loaded / event.total);
    request.upload.onload = () => row.say(form.dataset.checking);
    request.onload = () => done(request);
    request.onerror = () => done(request);
    request.send(body);
  });
}

function answer(form, request) {
  if (request.responseURL && new URL(request.responseURL).pathname !== location.pathname)
    return form.dataset.signedOut; // answered by the page to sign in
  try {
    return JSON.parse(request.responseText).errors.join(" ") || form.dataset.failed;
  } catch {
    return form.dataset.failed;
  }
}

// What the portal has refused isn't sent again; what hasn't reached it stays chosen.
async function sendOne(form, list, file, left) {
  const row = line(list, file.name);
  row.say(form.dataset.sending);
  const large = file.size > LARGEST;
  const request = large ? null : await send(form, file, row);
  const kept = request?.status === 201;
  row.say(kept ? form.dataset.kept : large ? form.dataset.large : answer(form, request));
  row.end(!kept);
  if (request && !kept && request.status !== 400) left.items.add(file);
  return kept;
}

async function sendAll(form, files) {
  const list = form.querySelector(".upload__list");
  const done = form.querySelector("[data-upload-done]");
  const left = new DataTransfer();
  list.replaceChildren();
  list.hidden = false;
  done.hidden = true;
  let refused = 0;
  for (const file of files) if (!(await sendOne(form, list, file, left))) refused += 1;
  if (!refused) return location.assign(location.pathname);
  form.querySelector("[type=file]").files = left.files;
  done.hidden = false;
  done.querySelector("a").focus();
  list.scrollIntoView({ block: "nearest" }); // what became of each, and the link below
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  const button = form.querySelector("[type=submit]");
  form.addEventListener("submit", async (event) => {
    const busy = button.getAttribute("aria-disabled") === "true";
    const files = [...form.querySelector("[type=file]").files];
    if (!busy && !files.length) return; // the server says what is missing
    event.preventDefault();
    if (busy) return;
    button.setAttribute("aria-disabled", "true"); // disabled, it would lose the focus
    await sendAll(form, files);
    button.removeAttribute("aria-disabled");
  });
}
