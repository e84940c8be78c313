// The bar after the toolbar pattern: one stop for Tab, arrows inside, state in aria-pressed.
import type { Editor } from "@tiptap/core";
import { commands } from "./commands";
import { wireMenu } from "./menus";
import { part } from "./page";

type Openers = Record<string, () => void>;

const DOES_NOTHING = "aria-disabled";

export class Toolbar {
  private readonly bar: HTMLElement;
  private frame = 0;
  private allowed: string | null = null;

  /** `openers`: what a button with `data-open` opens, by name. */
  constructor(
    root: HTMLElement,
    private readonly editor: Editor,
    private readonly openers: Openers,
  ) {
    this.bar = part(root, "[data-toolbar]");
    this.bar.hidden = false;
    part(root, "[data-keys]").hidden = false;
    this.bar.addEventListener("keydown", (event) => this.move(event));
    this.bar.addEventListener("focusin", (event) => this.stopAt(event.target as HTMLElement));
    this.bar.addEventListener("click", (event) => this.press(event.target as Element));
    // The text keeps its selection, and a phone its keyboard, while the bar is touched.
    this.bar.addEventListener("mousedown", (event) => event.preventDefault());
    for (const button of this.bar.querySelectorAll<HTMLElement>("[data-menu]"))
      wireMenu(button, part(document, `#${button.dataset.menu}`));
    editor.on("transaction", () => this.refreshSoon());
    this.refresh();
  }

  /** Once a frame: many may be typing, and nobody sees more. */
  private refreshSoon(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.refresh();
    });
  }

  /** `may`: what the person may do; groups and buttons that need more are not there. */
  allow(may: Set<string>): void {
    // Asked at each key and each acknowledgement; showing it anew lays out the page.
    const allowed = [...may].join();
    if (allowed === this.allowed) return;
    this.allowed = allowed;
    for (const each of this.bar.querySelectorAll<HTMLElement>("[data-needs]"))
      each.hidden = !may.has(each.dataset.needs ?? "");
    this.refresh();
  }

  /** Where one was the last time. */
  focus(): void {
    this.stops()
      .find((stop) => stop.tabIndex === 0)
      ?.focus();
  }

  refresh(): void {
    for (const button of this.bar.querySelectorAll<HTMLElement>("[data-command]"))
      this.showState(button);
    for (const button of this.bar.querySelectorAll<HTMLElement>("[data-shows]"))
      button.setAttribute("aria-pressed", String(this.editor.isActive(button.dataset.shows ?? "")));
    for (const words of this.bar.querySelectorAll<HTMLElement>("[data-menu-shows]"))
      this.showChosen(words);
    const stops = this.stops();
    if (stops.filter((stop) => stop.tabIndex === 0).length !== 1) this.stopAt(stops[0]);
  }

  private showState(button: HTMLElement): void {
    const command = commands[button.dataset.command ?? ""];
    const active = command?.active?.(this.editor, button.dataset.value ?? "") ?? false;
    for (const name of ["aria-pressed", "aria-checked"])
      if (button.hasAttribute(name)) button.setAttribute(name, String(active));
    const can = active || (command?.can?.(this.editor) ?? true);
    can ? button.removeAttribute(DOES_NOTHING) : button.setAttribute(DOES_NOTHING, "true");
  }

  private showChosen(words: HTMLElement): void {
    const menu = part(document, `#${words.closest<HTMLElement>("[data-menu]")?.dataset.menu}`);
    const chosen = menu.querySelector("[role=menuitemradio][aria-checked=true]");
    if (chosen && words.textContent !== chosen.textContent) words.textContent = chosen.textContent;
  }

  private press(target: Element): void {
    const button = target.closest<HTMLElement>("[data-command], [data-open]");
    if (!button || button.hasAttribute(DOES_NOTHING)) return;
    const { command, open, value = "" } = button.dataset;
    if (open) this.openers[open]?.();
    else commands[command ?? ""]?.run(this.editor, value);
  }

  private stops(): HTMLElement[] {
    const all = this.bar.querySelectorAll<HTMLElement>(".tool");
    return [...all].filter((stop) => stop.checkVisibility());
  }

  private stopAt(stop: HTMLElement | undefined): void {
    const stops = this.stops();
    if (!stop || !stops.includes(stop)) return;
    for (const each of stops) each.tabIndex = each === stop ? 0 : -1;
  }

  private move(event: KeyboardEvent): void {
    const stops = this.stops();
    const at = stops.indexOf(event.target as HTMLElement);
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") this.editor.view.focus();
    const step = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    stops.at(step % stops.length)?.focus();
  }
}
