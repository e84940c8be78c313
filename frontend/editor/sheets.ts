// On a narrow window what stands beside the text are sheets, opened by buttons of the bar.
import { part } from "./page";

export function wireSheets(root: HTMLElement): void {
  const buttons = [...root.querySelectorAll<HTMLElement>("[data-sheet-button]")];
  const show = (name: string) => {
    for (const button of buttons) {
      const own = button.dataset.sheetButton === name;
      button.setAttribute("aria-expanded", String(own));
      sheet(root, button).classList.toggle("is-open", own);
    }
  };
  for (const button of buttons)
    button.addEventListener("click", () => {
      const open = sheet(root, button).classList.contains("is-open");
      show(open ? "" : (button.dataset.sheetButton ?? ""));
      if (!open) focusInto(sheet(root, button));
    });
  root.addEventListener("sheet", (event) => show((event as CustomEvent<string>).detail));
  root.addEventListener("keydown", (event) => {
    const open = buttons.find((button) => sheet(root, button).classList.contains("is-open"));
    if (event.key !== "Escape" || !open?.checkVisibility()) return;
    show("");
    open.focus();
  });
}

function sheet(root: HTMLElement, button: HTMLElement): HTMLElement {
  return part(root, `[data-sheet=${button.dataset.sheetButton}]`);
}

function focusInto(place: HTMLElement): void {
  place.tabIndex = -1;
  place.focus();
}
