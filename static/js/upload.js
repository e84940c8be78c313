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

function sentence(form, request) {
  try {
    return JSON.parse(request.responseText).errors.join(" ") || form.dataset.failed;
  } catch {
    return form.dataset.failed;
  }
}

async function sendAll(form, files) {
  const list = form.querySelector(".upload__list");
  const button = form.querySelector("[type=submit]");
  list.replaceChildren();
  list.hidden = false;
  button.disabled = true;
  let refused = 0;
  for (const file of files) {
    const row = line(list, file.name);
    row.say(form.dataset.sending);
    const large = file.size > LARGEST;
    const request = large ? null : await send(form, file, row);
    const kept = request?.status === 201;
    row.say(kept ? form.dataset.kept : large ? form.dataset.large : sentence(form, request));
    row.end(!kept);
    if (!kept) refused += 1;
  }
  button.disabled = false;
  form.querySelector("[type=file]").value = "";
  if (refused) form.querySelector("[data-upload-done]").hidden = false;
  else location.assign(location.pathname);
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    const files = [...form.querySelector("[type=file]").files];
    if (!files.length) return; // the server says what is missing
    event.preventDefault();
    sendAll(form, files);
  });
}
