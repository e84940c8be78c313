// Menus of the bar and other things that open under a button: the browser's popover shows them
// above everything, closes them on Escape or a click elsewhere, and gives the focus back.

/** Focus goes to the first item that can be used; arrows, Home, End and letters move it. */
export function wireMenu(button: HTMLElement, menu: HTMLElement): void {
  wirePopup(button, menu);
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    menu.showPopover();
    focusOn(items(menu).at(event.key === "ArrowDown" ? 0 : -1));
  });
  menu.addEventListener("toggle", () => {
    if (isOpen(menu) && !menu.contains(document.activeElement)) focusOn(items(menu)[0]);
  });
  menu.addEventListener("keydown", (event) => moveInMenu(event, button, menu));
  menu.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[role^=menuitem]")) menu.hidePopover();
  });
}

/** The browser opens and closes it; it stands under its button and inside the window. */
export function wirePopup(button: HTMLElement, popup: HTMLElement): void {
  (button as HTMLButtonElement).popoverTargetElement = popup;
  popup.addEventListener("beforetoggle", () => {
    const at = button.getBoundingClientRect();
    popup.style.left = `${at.left}px`;
    popup.style.top = `${at.bottom + 4}px`;
    popup.style.maxHeight = `${Math.max(160, innerHeight - at.bottom - 12)}px`;
  });
  popup.addEventListener("toggle", () => {
    button.setAttribute("aria-expanded", String(isOpen(popup)));
    const beyond = popup.getBoundingClientRect().right + 8 - innerWidth;
    if (beyond > 0) popup.style.left = `${Math.max(8, popup.offsetLeft - beyond)}px`;
  });
}

function isOpen(popup: HTMLElement): boolean {
  return popup.matches(":popover-open");
}

function items(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>("[role^=menuitem]")].filter((item) => !item.hidden);
}

function moveInMenu(event: KeyboardEvent, button: HTMLElement, menu: HTMLElement): void {
  const all = items(menu);
  const at = all.indexOf(document.activeElement as HTMLElement);
  if (event.key === "Tab" || event.key === "Escape") {
    if (event.key === "Escape") event.preventDefault();
    menu.hidePopover();
    button.focus();
    return;
  }
  const target = destination(event, all, at);
  if (!target) return;
  event.preventDefault();
  focusOn(target);
}

function destination(event: KeyboardEvent, all: HTMLElement[], at: number) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) return all.at((at + step) % all.length);
  if (event.key === "Home") return all[0];
  if (event.key === "End") return all.at(-1);
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.key === " ") return undefined;
  const letter = event.key.toLowerCase();
  const next = [...all.slice(at + 1), ...all.slice(0, at + 1)];
  return next.find((item) => item.textContent?.trim().toLowerCase().startsWith(letter));
}

function focusOn(item: HTMLElement | undefined): void {
  item?.focus();
}
