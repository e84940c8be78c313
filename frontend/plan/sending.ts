// Sends a step and shows the order as it is then; where that fails the page is loaded anew.

/** `focus` is the value of the button that keeps the focus, if it is still there. */
export async function send(
  root: HTMLFormElement,
  address: string,
  data: FormData,
  focus: string,
): Promise<void> {
  try {
    const answer = await fetch(address, { method: "POST", body: data, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = page.querySelector("[data-order] > ol");
    if (!answer.ok || !list) throw new Error("no order");
    root.querySelector(":scope > ol")?.replaceWith(list);
    announce(page);
    refocus(root, focus);
  } catch {
    location.reload();
  }
}

function announce(page: Document): void {
  const place = document.querySelector("[data-announce]");
  const said = page.querySelector(".messages");
  if (place) place.textContent = said?.textContent?.trim() ?? "";
}

/** The same button; where the section can go no further in its direction, another of its row. */
function refocus(root: HTMLElement, value: string): void {
  const [section] = value.split(":");
  const same = root.querySelector<HTMLElement>(`button[value="${value}"]`);
  const other = root.querySelector<HTMLElement>(`button[value^="${section}:"]`);
  (same ?? other)?.focus();
}
