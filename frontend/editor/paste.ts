// What Word, LibreOffice and other programs put on the clipboard, turned into plain structure.
import { clean } from "./attributes";
import { joinLists } from "./paste-lists";

/**
 * Styles and handlers are renamed before anything parses them: the strict policy of the page
 * forbids them even there, and the few words of a style that mean something are read here.
 */
const FORBIDDEN = /(<[^<>]*?[\s/"'])(style|on\w+)(?=\s*=)/gi;
const SHEETS = /<style\b[\s\S]*?<\/style\s*>/gi;
const OFFICE = /urn:schemas-microsoft-com:office|content="?(Microsoft Word|LibreOffice|OpenOffice)/i;

/** Word's comments stand at the end, with a number in the text; its pages end with a break. */
const UNSEEN = /mso-element\s*:\s*comment|mso-hide\s*:\s*all|display\s*:\s*none/i;
const NO_WORDS = ".MsoCommentReference, .msocomanchor, .msocomoff, br[clear]";

/** `missing`: what stands where a picture was that can't come along. */
export function cleanPasted(html: string, missing: string): string {
  const page = new DOMParser().parseFromString(neutral(html), "text/html");
  for (const each of page.querySelectorAll("style, script, meta, link, title, xml, o\\:p")) each.remove();
  forgetUnseen(page);
  for (const each of page.querySelectorAll("img")) keepPicture(each, missing);
  if (OFFICE.test(html)) forgetLanguages(page);
  makeLists(page);
  joinLists(page);
  for (const each of page.querySelectorAll("thead td")) rename(each, "th");
  for (const each of page.querySelectorAll<HTMLElement>("[data-style]")) express(each);
  for (const each of page.querySelectorAll("font, u, ins")) unwrap(each);
  return page.body.innerHTML;
}

function neutral(html: string): string {
  let before = html.replace(SHEETS, "");
  // One round a forbidden attribute of the same element; nothing has more of them.
  for (let left = 50; left > 0; left -= 1) {
    const after = before.replace(FORBIDDEN, "$1data-$2");
    if (after === before) return after;
    before = after;
  }
  return "";
}

function forgetUnseen(page: Document): void {
  for (const each of page.querySelectorAll(NO_WORDS)) each.remove();
  for (const each of page.querySelectorAll<HTMLElement>("[data-style]"))
    if (UNSEEN.test(each.dataset.style ?? "")) each.remove();
}

/** The portal's own, which a browser gives its full address. Of others their words stay. */
function keepPicture(picture: HTMLImageElement, missing: string): void {
  const source = picture.getAttribute("src") ?? "";
  const path = source.startsWith(`${location.origin}/`) ? source.slice(location.origin.length) : source;
  if (clean(path, { type: "path" })) picture.setAttribute("src", path);
  else picture.replaceWith(isSeen(picture) ? ` ${missing} ${picture.alt} ` : "");
}

/** What only counts readers is missed by nobody. */
function isSeen(picture: HTMLImageElement): boolean {
  return ["width", "height"].every((name) => Number(picture.getAttribute(name) ?? 9) > 2);
}

/** Word names the language of each word, as its spelling sees it: that is no statement. */
function forgetLanguages(page: Document): void {
  for (const each of page.querySelectorAll("[lang]")) each.removeAttribute("lang");
}

/** Bold, italic and struck through are said by elements; everything else of a style is dropped. */
function express(element: HTMLElement): void {
  const style = (element.dataset.style ?? "").toLowerCase();
  element.removeAttribute("data-style");
  const bold = /(^|[;\s])font-weight\s*:\s*(bold|[6-9]00)/.test(style);
  const plain = /(^|[;\s])font-weight\s*:\s*(normal|400)/.test(style);
  if (plain && /^(b|strong)$/i.test(element.localName)) return unwrap(element);
  if (!/^(span|font|p|a|td|li)$/i.test(element.localName)) return;
  if (bold) wrapInside(element, "strong");
  if (/font-style\s*:\s*italic/.test(style)) wrapInside(element, "em");
  if (/text-decoration[^;]*:[^;]*line-through/.test(style)) wrapInside(element, "s");
}

function wrapInside(element: Element, name: string): void {
  const inner = element.ownerDocument.createElement(name);
  inner.append(...element.childNodes);
  element.append(inner);
}

function rename(element: Element, name: string): void {
  const renamed = element.ownerDocument.createElement(name);
  for (const { name: key, value } of element.attributes) renamed.setAttribute(key, value);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
}

function unwrap(element: Element): void {
  element.replaceWith(...element.childNodes);
}

// --- Lists of Word: paragraphs that say their level, with the bullet as text ----------------------

const LEVEL = /mso-list\s*:\s*l\d+\s+level(\d+)/i;
const IGNORED = /mso-list\s*:\s*ignore/i;
const NUMBER = /^\s*\(?(\d+|[a-z]{1,4})[.)]/i;

function makeLists(page: Document): void {
  dropComments(page);
  const done = new Set<Element>();
  for (const first of page.querySelectorAll<HTMLElement>("p[data-style]")) {
    if (done.has(first) || !level(first)) continue;
    const run = followers(first);
    for (const each of run) done.add(each);
    first.before(build(page, run));
    for (const each of run) each.remove();
  }
}

/** Conditional comments hide from Word itself what is meant for others: its bullets. */
function dropComments(page: Document): void {
  const walker = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT);
  const comments: Node[] = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.parentNode?.removeChild(comment);
}

function level(paragraph: Element): number {
  return Number(LEVEL.exec((paragraph as HTMLElement).dataset.style ?? "")?.[1] ?? 0);
}

function followers(first: HTMLElement): HTMLElement[] {
  const run = [first];
  let next = first.nextElementSibling;
  while (next && level(next)) {
    run.push(next as HTMLElement);
    next = next.nextElementSibling;
  }
  return run;
}

function build(page: Document, run: HTMLElement[]): Element {
  const open: { depth: number; list: Element }[] = [];
  let top: Element | null = null;
  for (const paragraph of run) {
    const depth = level(paragraph);
    const numbered = takeBullet(paragraph);
    while (open.length > 1 && (open.at(-1)?.depth ?? 0) > depth) open.pop();
    if (!open.length || (open.at(-1)?.depth ?? 0) < depth) {
      const list = page.createElement(numbered ? "ol" : "ul");
      // A list inside a list belongs to the item before it.
      (open.at(-1)?.list.lastElementChild ?? open.at(-1)?.list)?.append(list);
      open.push({ depth, list });
      top ??= list;
    }
    open.at(-1)?.list.append(item(page, paragraph));
  }
  return top ?? page.createElement("ul");
}

function item(page: Document, paragraph: HTMLElement): Element {
  const made = page.createElement("li");
  const inner = page.createElement("p");
  inner.append(...paragraph.childNodes);
  made.append(inner);
  return made;
}

/** True for a number or letter. */
function takeBullet(paragraph: HTMLElement): boolean {
  const spans = [...paragraph.querySelectorAll<HTMLElement>("[data-style]")];
  const bullet = spans.find((span) => IGNORED.test(span.dataset.style ?? ""));
  const numbered = NUMBER.test(bullet?.textContent ?? "");
  bullet?.remove();
  return numbered;
}
