// A row is dragged by its grip: over the lower part of another row it goes behind it, further to
// the right into it. Buttons and the form do the same without a mouse.
import { send } from "./sending";

const INTO = 96; // pixels from the row's left edge

type Target = { row: HTMLElement; key: string; within: boolean };

export function wireDragging(root: HTMLFormElement): void {
  const grips = () => {
    for (const item of root.querySelectorAll<HTMLElement>("[data-place]")) addGrip(root, item);
  };
  grips();
  new MutationObserver(grips).observe(root, { childList: true });
}

function addGrip(root: HTMLFormElement, item: HTMLElement): void {
  const title = item.querySelector(":scope > .plan__row > .plan__title");
  if (!title || title.querySelector(".order__grip")) return;
  const grip = document.createElement("span");
  grip.className = "order__grip";
  grip.title = root.dataset.dragging ?? "";
  grip.setAttribute("aria-hidden", "true");
  grip.addEventListener("pointerdown", (event) => begin(root, item, grip, event));
  title.prepend(grip);
}

function begin(root: HTMLFormElement, item: HTMLElement, grip: HTMLElement, down: PointerEvent) {
  if (down.button !== 0) return;
  down.preventDefault();
  grip.setPointerCapture(down.pointerId);
  item.classList.add("is-dragged");
  let target: Target | null = null;
  const over = (event: PointerEvent) => {
    target = find(root, item, event);
    mark(root, target);
  };
  const end = (event: PointerEvent) => {
    grip.removeEventListener("pointermove", over);
    grip.removeEventListener("pointerup", end);
    grip.removeEventListener("pointercancel", end);
    item.classList.remove("is-dragged");
    mark(root, null);
    if (target && event.type === "pointerup") drop(root, item, target);
  };
  grip.addEventListener("pointermove", over);
  grip.addEventListener("pointerup", end);
  grip.addEventListener("pointercancel", end);
}

function find(root: HTMLElement, item: HTMLElement, event: PointerEvent): Target | null {
  const under = document.elementFromPoint(event.clientX, event.clientY);
  const row = under?.closest<HTMLElement>(".plan__row");
  const place = row?.closest<HTMLElement>("[data-place]");
  if (!row || !place || !root.contains(row) || item.contains(row)) return null;
  const within = event.clientX - row.getBoundingClientRect().left > INTO;
  return { row, key: place.dataset.place ?? "", within };
}

function mark(root: HTMLElement, target: Target | null): void {
  for (const row of root.querySelectorAll(".is-target, .is-target-within"))
    row.classList.remove("is-target", "is-target-within");
  target?.row.classList.add(target.within ? "is-target-within" : "is-target");
}

function drop(root: HTMLFormElement, item: HTMLElement, target: Target): void {
  const data = new FormData(root);
  data.append("after", target.key);
  data.append("how", target.within ? "within" : "beside");
  void send(root, item.dataset.address ?? "", data, `${item.dataset.place}:up`);
}
