// Lists as LibreOffice writes those of a document: in pieces, each level a list of its own.

const LISTS = new Set(["ul", "ol"]);

export function joinLists(page: Document): void {
  for (const outer of page.querySelectorAll("ul, ol")) putUnderItem(outer);
  for (const list of page.querySelectorAll<HTMLOListElement>("ol[start]")) continueList(list);
}

function isList(element: Element | null): element is Element {
  return element !== null && LISTS.has(element.localName);
}

/** A list of lists alone belongs to the item before it. */
function putUnderItem(outer: Element): void {
  const inner = [...outer.children];
  if (!inner.length || !inner.every(isList)) return;
  const before = outer.previousElementSibling;
  const item = isList(before) ? before.lastElementChild : null;
  if (item) item.append(...inner);
  else outer.before(...inner);
  outer.remove();
}

/** One that counts on where the one before it has ended is the same one. */
function continueList(list: HTMLOListElement): void {
  const before = list.previousElementSibling;
  if (!(before instanceof HTMLOListElement)) return;
  if (list.start !== before.start + before.children.length) return;
  before.append(...list.children);
  list.remove();
}
