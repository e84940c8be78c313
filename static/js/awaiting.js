// While a worker makes something, the page looks how far it is: in place, so that nobody is taken
// away from what he reads. Without this script there is a link to look by hand.
const EVERY = 2_000;
const MOST = 60;

async function look() {
  const answer = await fetch(location.href);
  if (!answer.ok || answer.redirected) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelectorAll("[data-looks]");
  document.querySelectorAll("[data-looks]").forEach((place, at) => {
    // What is the same stays: a screen reader would say it again.
    if (place.innerHTML !== fresh[at].innerHTML) place.replaceChildren(...fresh[at].childNodes);
  });
  return !page.querySelector("[data-awaited]");
}

async function wait(times) {
  const isThere = await look().catch(() => false); // without a connection as well: the next time
  if (!isThere && times) setTimeout(wait, EVERY, times - 1);
}

if (document.querySelector("[data-awaited]")) setTimeout(wait, EVERY, MOST);
